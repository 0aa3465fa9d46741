import fc from 'fast-check';
import type { Workload } from '../../config';
import { tasks } from '../../config/environment';
import { withPrices } from '../../catalog';
import type { Candidate } from '../../placement/candidate';
import { candidateOf, compareCandidates, compareMisses, evaluate } from '../../placement/evaluate';
import { Market } from '../../placement/market';
import { groupBy } from '../../placement/collections';
import { groupKeyOf } from '../../placement/offer';
import type { Offer, OfferClass } from '../../placement/offer';
import { allOffers } from '../../placement/venues';
import { allRules } from '../../placement/rules';
import type { CapacityRule, RequirementRule, Setting } from '../../placement/setting';
import { asOf, chat, environmentWith, weightsOf } from './offers';
import { catalogWith } from './small-catalog';

/** Some of everything, so that every venue has offers and every machine has rivals. */
const small = withPrices(
  catalogWith(
    ['gpt-5-mini', 'gpt-image-1', 'text-embedding-3-small'],
    ['qwen3-1.7b', 'phi-4', 'phi-4-mini-instruct', 'qwen3-embedding-0.6b'],
    [
      'Standard_NC4as_T4_v3',
      'Standard_NC8as_T4_v3',
      'Standard_NC24ads_A100_v4',
      'Standard_NC40ads_H100_v5',
      'Standard_D4as_v6',
      'Standard_D8as_v6',
      'Standard_E8as_v6',
      'g4dn.xlarge',
      'g4dn.2xlarge',
      'Standard_ND96isr_MI300X_v5',
    ],
  ),
  { tables: [] },
);

/** Every value in an offer class, by its path; a model's lists count as one. */
function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? new Map(Object.entries(at)).get(key) : undefined),
      value,
    );
}

/** Any answer that depends on a value and on nothing else. */
function drawn(value: unknown, salt: number): number {
  return [...`${salt} ${JSON.stringify(value)}`].reduce(
    (sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0,
    7,
  );
}

const answers = ['pass', 'fail', 'unverified', undefined] as const;

/** A rule that reads one part of a class, whichever that is, and what the workload is. */
function ruleOn(path: string, salt: number): RequirementRule {
  return {
    id: `random-${path}`,
    why: 'a test',
    judge: (offer: OfferClass, { task }: Workload) => {
      const verdict = answers[drawn([valueAt(offer, path), task], salt) % answers.length];
      return verdict && { verdict, message: `${path} ${salt}` };
    },
  };
}

/** A limit of an amount that depends on any part of an offer, its machine included. */
function limitOn(path: string, salt: number): CapacityRule {
  return {
    id: `limit-${path}`,
    why: 'a test',
    each: offer => {
      const amount = drawn(valueAt(offer, path), salt) % 11;
      return amount === 0 ? null : amount;
    },
    most: ({ task }) => (drawn(task, salt) % 3 === 0 ? undefined : (drawn(task, salt) % 17) + 1),
    say: (amount, most) => `${amount} of ${most}`,
  };
}

const machinePaths = ['sku', 'location', 'model', 'terms.usdPerMachine', 'hardware.usableMemoryGib', 'venue'];

const environments = fc
  .record({
    task: fc.constantFrom(...tasks),
    residency: fc.constantFrom('any' as const, 'data-zone' as const),
    requestsPerDay: fc.constantFrom(100, 20_000, 1_000_000),
    site: fc.constantFrom(undefined, 'office', 'shop'),
    interruptible: fc.boolean(),
    latency: fc.constantFrom(undefined, { firstTokenSeconds: 1 }, { tokensPerSecond: 30 }),
    pin: fc.constantFrom(undefined, undefined, { sku: 'Standard_NC24ads_A100_v4' }, { model: 'phi-4' }),
    phi: fc.boolean(),
  })
  .map(({ task, requestsPerDay, latency, phi, ...rest }) => {
    const hasText = task !== 'embedding' && task !== 'image-generation';
    const traffic = {
      requestsPerDay,
      inputTokens: 300,
      outputTokens: hasText ? 40 : 0,
      ...(task === 'image-generation' ? { images: 1 } : {}),
    };
    const workload = chat({ task, traffic, ...(hasText && latency ? { latency } : {}), ...rest });
    return environmentWith([workload], {
      weights: phi ? { phi: weightsOf('phi-4-mini-instruct') } : {},
    });
  });

const paths = [
  ...new Set(
    allOffers({ environment: environmentWith([chat()]), catalog: small, asOf }).flatMap(offer =>
      leaves(offer.class, ''),
    ),
  ),
];

const settings = fc
  .record({
    environment: environments,
    path: fc.array(fc.constantFrom(...paths), { maxLength: 2 }),
    limit: fc.array(fc.constantFrom(...machinePaths), { maxLength: 1 }),
    salt: fc.nat(1000),
    own: fc.boolean(),
  })
  .map(({ environment, path, limit, salt, own }): Setting => ({
    environment,
    catalog: small,
    asOf,
    rules: {
      requirements: [...(own ? allRules.requirements : []), ...path.map(each => ruleOn(each, salt))],
      capacities: [...allRules.capacities, ...limit.map(each => limitOn(each, salt))],
    },
  }));

/** Every offer judged and sized by itself: the best of each group, by the order that an explanation ranks in. */
function bruteForce(offers: readonly Offer[], workload: Workload, setting: Setting): Map<string, Candidate> {
  const all = offers.map(offer => candidateOf(offer, workload, setting));
  const best = [...groupBy(all, ({ offer }) => groupKeyOf(offer))].map(([key, members]) => {
    const [first] = members.toSorted(
      (a, b) => compareMisses(a, b) || compareCandidates(a, b, workload, setting),
    );
    return [key, first as Candidate] as const;
  });
  return new Map(best);
}

function shown({ offer, feasible, size, verdicts }: Candidate): unknown {
  const { sku, location, identity } = offer;
  const broken = verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ rule }) => rule);
  return { ...identity, sku, location, feasible, count: size.count, monthlyUsd: size.monthlyUsd, broken };
}

describe('the market', () => {
  it('answers as every offer by itself does, over every task and venue, whatever rules read', () => {
    const venues = new Set<string>();
    fc.assert(
      fc.property(settings, setting => {
        const [workload] = setting.environment.workloads as [Workload];
        const offers = allOffers(setting);
        const groups = evaluate(new Market(offers, setting), workload);
        const best = bruteForce(offers, workload, setting);
        expect(groups.map(({ key }) => key)).toEqual([...best.keys()].sort());
        for (const { key, nearest, feasible } of groups) {
          const expected = best.get(key) as Candidate;
          expect(feasible.length > 0).toBe(expected.feasible);
          if (expected.feasible) venues.add(nearest.offer.venue);
          // Of those that nothing can serve, sizing stops at the fewest broken rules.
          if (expected.feasible) expect(shown(nearest)).toEqual(shown(expected));
        }
      }),
      { seed: 20261129, numRuns: Number(process.env.RUNS ?? 150) },
    );
    expect([...venues].sort()).toEqual(['catalog', 'edge', 'hosted', 'vm']);
  });
});
