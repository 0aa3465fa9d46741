import fc from 'fast-check';
import { decide } from '../../config';
import type { Environment, EnvironmentInput } from '../../config';
import { allOffers } from '../../placement/venues';
import { candidateOf } from '../../placement/evaluate';
import { isFeasible } from '../../placement/candidate';
import type { Assignment } from '../../placement/candidate';
import type { Setting } from '../../placement/setting';
import { sizeUnit } from '../../placement/units';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

const small = catalogWith(
  ['gpt-5.1'],
  ['qwen3-1.7b', 'qwen3-4b'],
  ['Standard_NC4as_T4_v3', 'Standard_D4as_v6'],
);
const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };

/** Least cost over every choice of offers and every way to share pools, sized by the real sizing; Infinity if none. */
function bruteForce(environment: Environment): number {
  const setting: Setting = { environment, catalog: small, asOf };
  const known = new Map<string, number>();
  const options = environment.workloads.map(workload =>
    allOffers(setting)
      .filter(offer => candidateOf(offer, workload, setting).feasible)
      .map((offer): Assignment => ({ workload, offer })),
  );
  const nameOf = ({ workload, offer }: Assignment): string =>
    `${workload.name} ${offer.identity.unitKey} ${offer.model} ${offer.class.weights?.quantisation.name ?? ''}`;
  const costOf = (pool: readonly Assignment[]): number => {
    const key = pool.map(nameOf).join('|');
    const cost = known.get(key) ?? priced(pool, setting);
    known.set(key, cost);
    return cost;
  };
  let least = Infinity;
  const visit = (index: number, pools: readonly (readonly Assignment[])[]): void => {
    const here = options[index];
    if (!here) {
      const keys = pools.map(([assignment]) => (assignment ? assignment.offer.identity.unitKey : ''));
      const once = pools.every(
        ([assignment], i) => assignment?.offer.venue === 'vm' || keys.indexOf(keys[i] ?? '') === i,
      );
      if (once)
        least = Math.min(
          least,
          pools.reduce((sum, pool) => sum + costOf(pool), 0),
        );
      return;
    }
    for (const assignment of here) {
      visit(index + 1, [...pools, [assignment]]);
      pools.forEach((pool, i) => {
        const [first] = pool;
        if (first && first.offer.identity.unitKey === assignment.offer.identity.unitKey)
          visit(index + 1, pools.with(i, [...pool, assignment]));
      });
    }
  };
  visit(0, []);
  return least;
}

function priced(pool: readonly Assignment[], setting: Setting): number {
  const size = sizeUnit(pool, setting);
  return isFeasible(size) ? (size.monthlyUsd ?? Infinity) : Infinity;
}

function workload(name: string) {
  return fc
    .record({
      requestsPerDay: fc.constantFrom(500, 8000, 30_000),
      inputTokens: fc.constantFrom(100, 1500),
      residency: fc.constantFrom('any' as const, 'own-network' as const),
      contextTokens: fc.constantFrom(undefined, 40_000),
      firstTokenSeconds: fc.constantFrom(undefined, undefined, 0.8, 3),
      index: fc.constantFrom(-1, -0.5),
      site: fc.constantFrom(undefined, 'office'),
    })
    .map(({ requestsPerDay, inputTokens, firstTokenSeconds, index, ...rest }) =>
      chat({
        name,
        quality: { index },
        traffic: { requestsPerDay, inputTokens, outputTokens: 30 },
        ...(firstTokenSeconds === undefined ? {} : { latency: { firstTokenSeconds } }),
        ...rest,
      }),
    );
}

const environments = fc
  .record({
    workloads: fc.tuple(workload('aa'), workload('bb'), workload('cc')),
    tokensPerMinute: fc.constantFrom(10_000, 1_000_000),
  })
  .map(({ workloads, tokensPerMinute }): Partial<EnvironmentInput> & Pick<EnvironmentInput, 'workloads'> => ({
    workloads,
    aws: undefined,
    azure: { ...azure, quotas: [{ model: 'gpt-5.1', sku: 'GlobalStandard', tokensPerMinute }] },
  }));

describe('a decision against a brute force over the real offers and the real sizing', () => {
  it('costs the least that any sharing costs', async () => {
    await fc.assert(
      fc.asyncProperty(environments, async input => {
        const environment = environmentWith(input.workloads, input);
        const least = bruteForce(environment);
        const cost = await decide(environment, small, { asOf, grantArrangements: false }).then(
          ({ monthlyUsd }) => monthlyUsd,
          () => Infinity,
        );
        if (least === Infinity) expect(cost).toBe(Infinity);
        else expect(Math.abs(cost - least)).toBeLessThan(0.05);
      }),
      { numRuns: Number(process.env.RUNS ?? 40), seed: 20261124 },
    );
  }, 120_000);
});
