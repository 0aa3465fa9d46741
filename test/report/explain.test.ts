import fc from 'fast-check';
import { decide, explain } from '../../config';
import type { Environment, ExplainedPlacement, Workload } from '../../config';
import { toleranceUsd } from '../../report/break-even';
import { scaled } from '../../report/contender';
import { evaluate } from '../../placement/evaluate';
import { Market } from '../../placement/market';
import { allOffers } from '../../placement/venues';
import { asOf, chat, weightsOf } from '../placement/offers';
import { explained, shop, small, weights } from './small';

async function only(environment: Environment): Promise<ExplainedPlacement & { readonly offer: string }> {
  const {
    placements: [placement],
    units: [unit],
  } = await explained(environment);
  if (!placement || !unit) throw new Error('nothing was placed');
  return { ...placement, offer: unit.offer };
}

const traffic = { requestsPerDay: 20_000, inputTokens: 500, outputTokens: 100 };

/** What every place costs for one workload alone at a multiple of its traffic, tried one by one. */
function placesAt(
  environment: Environment,
  factor: number,
): { readonly unit: string; readonly usd: number }[] {
  const workload = scaled(environment.workloads[0] as Workload, factor);
  const setting = { environment, catalog: small, asOf };
  return evaluate(new Market(allOffers(setting), setting), workload).flatMap(({ feasible }) =>
    feasible.map(({ offer, size }) => ({
      unit: `${offer.identity.unitKey} ${offer.model}`,
      usd: size.monthlyUsd ?? Infinity,
    })),
  );
}

function cheapestAt(environment: Environment, factor: number): number {
  return Math.min(...placesAt(environment, factor).map(({ usd }) => usd));
}

describe('the outlook of a hosted workload', () => {
  const environment = shop([chat({ traffic, scope: 'focused', quality: { index: -1.5 } })]);

  it('names the runner-up with its price difference', async () => {
    const { outlook, monthlyUsd } = await only(environment);
    expect(outlook.addedUsd).toBe(monthlyUsd);
    expect(outlook.runnerUp?.gapUsd).toBeGreaterThan(0);
    expect(outlook.runnerUp?.monthlyUsd).toBeCloseTo(monthlyUsd + (outlook.runnerUp?.gapUsd ?? 0), 2);
  });

  it('answers a tenth, the whole and ten times the traffic as a decision for it would', async () => {
    const { outlook } = await only(environment);
    expect(outlook.traffic.map(({ factor, requestsPerDay }) => [factor, requestsPerDay])).toEqual([
      [0.1, 2000],
      [1, 20_000],
      [10, 200_000],
    ]);
    for (const { factor, answer } of outlook.traffic)
      expect(answer?.monthlyUsd).toBeCloseTo(cheapestAt(environment, factor), 2);
  });
});

describe('a break-even', () => {
  const single = fc
    .record({
      requestsPerDay: fc.integer({ min: 500, max: 400_000 }),
      inputTokens: fc.integer({ min: 50, max: 2000 }),
      outputTokens: fc.integer({ min: 1, max: 300 }),
      residency: fc.constantFrom('any' as const, 'data-zone' as const, 'own-network' as const),
    })
    .map(({ residency, ...rest }) =>
      shop([chat({ scope: 'focused', quality: { index: -1.5 }, residency, traffic: rest })]),
    );

  it('has equal costs on both sides, or a step or a limit, and nothing is cheaper before it', async () => {
    const causes = new Set<string>();
    const part = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    await fc.assert(
      fc.asyncProperty(single, part, async (environment, share) => {
        const { offer, model, outlook } = await only(environment);
        const changes = [outlook.breakEven.up, outlook.breakEven.down].filter(change => change !== null);
        for (const { cause, factor, stayUsd, to, because } of changes) {
          causes.add(cause);
          const [before, after] = stayUsd;
          if (cause === 'cost')
            expect(Math.abs((after ?? 0) - (to?.monthlyUsd ?? 0))).toBeLessThan(
              2 * toleranceUsd(before) + 0.02,
            );
          if (cause === 'limit') expect([after, because.length > 0]).toEqual([null, true]);
          expect(to?.monthlyUsd ?? Infinity).toBeCloseTo(cheapestAt(environment, factor), 2);
          const between = placesAt(environment, factor ** share);
          const stay = between.filter(place => place.unit === `${offer} ${model}`).map(({ usd }) => usd);
          const least = Math.min(...between.map(({ usd }) => usd));
          expect(Math.min(...stay) - least).toBeLessThanOrEqual(toleranceUsd(least) + 0.01);
        }
      }),
      { numRuns: 15, seed: 2 },
    );
    expect([...causes].sort()).toEqual(['cost', 'limit', 'step']);
  });

  it('is where a decision for that traffic changes', async () => {
    const many = { requestsPerDay: 100_000, inputTokens: 300, outputTokens: 5 };
    const environment = shop([chat({ traffic: many, scope: 'focused', quality: { index: -1.5 } })]);
    const { offer, outlook } = await only(environment);
    const { up } = outlook.breakEven;
    if (!up) throw new Error('a break-even was expected');
    const offerAt = async (factor: number): Promise<string | undefined> => {
      const workload = scaled(environment.workloads[0] as Workload, factor);
      return (await decide(shop([workload]), small, { asOf })).units[0]?.offer;
    };
    expect(await offerAt(up.factor * 0.998)).toBe(offer);
    expect(await offerAt(up.factor * 1.002)).not.toBe(offer);
  });

  it('is none for a workload without traffic', async () => {
    const idle = chat({ traffic: { requestsPerDay: 0, inputTokens: 500, outputTokens: 100 } });
    const { outlook } = await only(shop([idle]));
    expect(outlook.breakEven).toEqual({ up: null, down: null });
  });
});

describe('workloads on one machine', () => {
  const machine = (name: string, own: string, requestsPerDay: number) =>
    chat({ name, weights: own, traffic: { requestsPerDay, inputTokens: 500, outputTokens: 100 } });

  it('add only what the machine costs more with them', async () => {
    const workloads = [machine('aa', 'mine', 1000), machine('bb', 'other', 3000)];
    const { placements, units } = await explained(shop(workloads, { weights }));
    expect(units).toHaveLength(1);
    for (const { outlook, monthlyUsd } of placements) {
      expect(monthlyUsd).toBeGreaterThan(0);
      expect(outlook.addedUsd).toBe(0);
      expect(outlook.traffic[0]?.answer?.sharesWith).toHaveLength(1);
    }
  });
});

describe('what was not taken', () => {
  it('says what would verify it, where nobody did', async () => {
    const environment = shop([chat({ languages: ['sv'], quality: { atLeast: 'gpt-5-mini' } })], {
      evidence: { languages: 'verified' },
      verified: [{ model: 'gpt-5-mini', by: 'us', languages: ['sv'] }],
    });
    const { alternatives } = await only(environment);
    expect(alternatives.find(({ model }) => model === 'gpt-5.1')?.because).toEqual([
      {
        rule: 'languages',
        message:
          'sv 1.51: estimated from gpt-5-mini, its kin: its rank in EuroEval, where 2.4 is enough and 1 is best, and evidence is verified; verified[].languages would say it',
        verify: 'the languages that you found good enough, in verified[] of gpt-5.1',
      },
    ]);
  });

  it('has a verifier of its own for every rule that leaves something unverified', async () => {
    const asked = { languages: ['en'], latency: { firstTokenSeconds: 5, tokensPerSecond: 1 } };
    const { placements } = await explained(
      shop([chat({ name: 'aa', ...asked, weights: 'mine' }), chat({ name: 'bb', tenancy: 'dedicated' })], {
        weights: { ...weights, plain: weightsOf('qwen3-4b') },
        verified: [{ model: 'qwen3-1.7b', by: 'us', languages: ['en'] }],
      }),
    );
    const others = placements.flatMap(({ alternatives, variants }) => [...alternatives, ...variants]);
    const open = others.filter(({ verdict }) => verdict === 'unverified').flatMap(({ because }) => because);
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter(({ verify = '' }) => verify === '' || verify.startsWith('a figure for'))).toEqual([]);
  });

  it('has other sizes of the chosen model, the cheapest first, with the gap', async () => {
    const { variants, monthlyUsd, moreVariants } = await only(shop([chat({ weights: 'mine' })], { weights }));
    expect(variants.map(({ sku, verdict }) => [sku, verdict])).toEqual([
      ['Standard_NC4as_T4_v3', 'dearer'],
      ['Standard_NC24ads_A100_v4', 'dearer'],
    ]);
    expect(variants[0]?.gapUsd).toBeCloseTo((variants[0]?.monthlyUsd ?? 0) - monthlyUsd, 2);
    expect(moreVariants).toBe(0);
  });
});

it('explains the same to the byte for equal input', async () => {
  const environment = shop([chat({ name: 'aa' }), chat({ name: 'bb', weights: 'mine' })], { weights });
  const [first, second] = [
    await explained(environment, { curves: true }),
    await explained(environment, { curves: true }),
  ];
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});

it('never lets a curve fall as traffic grows, nor run above the chosen place', async () => {
  const { placements } = await explained(shop([chat({ traffic })]), { curves: true });
  for (const { outlook, venue } of placements) {
    for (const { points, ...curve } of outlook.curves ?? []) {
      const costs = points.map(({ monthlyUsd }) => monthlyUsd ?? Infinity);
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      const today = points.find(({ factor }) => factor === 1)?.monthlyUsd ?? Infinity;
      if (curve.venue === venue) expect(today).toBe(outlook.addedUsd);
      else expect(today).toBeGreaterThanOrEqual(outlook.addedUsd);
    }
  }
});

it('tells machines on spot from those that are always on', async () => {
  const own = chat({
    weights: 'mine',
    interruptible: true,
    traffic: { requestsPerDay: 20, inputTokens: 100 },
  });
  const environment = shop([own], { weights });
  const machinePrices = small.machinePrices.map(table => ({
    ...table,
    spotUsdPerHour: { Standard_D4as_v6: 0.01 },
  }));
  const cheap = { ...small, machinePrices };
  const decision = await decide(environment, cheap, { asOf });
  const [placement] = explain(decision, environment, cheap).placements;
  expect(placement?.outlook.traffic.map(({ answer }) => answer?.billing)).toEqual(['spot', 'spot', 'spot']);
});
