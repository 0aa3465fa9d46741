import fc from 'fast-check';
import { catalog, decide } from '../../../config';
import type { Catalog, Decision, EnvironmentInput } from '../../../config';
import { asOf, chat, environmentWith, weightsOf } from './offers';

const names = ['aa', 'bb', 'cc', 'dd'] as const;

/** A catalogue small enough for many decisions. */
const small: Catalog = {
  ...catalog,
  hostedModels: catalog.hostedModels.filter(({ name }) =>
    ['gpt-5-mini', 'gpt-5-nano', 'gpt-5.1'].includes(name),
  ),
  openModels: catalog.openModels.filter(({ id }) =>
    ['qwen3-1.7b', 'qwen3-4b', 'phi-4-mini-instruct', 'phi-4'].includes(id),
  ),
  machines: catalog.machines.filter(({ sku }) =>
    ['Standard_NC4as_T4_v3', 'Standard_NC24ads_A100_v4', 'g4dn.xlarge', 'Standard_D4as_v6'].includes(sku),
  ),
};

function workload(name: string) {
  return fc
    .record({
      requestsPerDay: fc.integer({ min: 1, max: 40_000 }),
      residency: fc.constantFrom('any' as const, 'data-zone' as const, 'own-network' as const),
      own: fc.boolean(),
    })
    .map(({ requestsPerDay, residency, own }) =>
      chat({
        name,
        residency,
        traffic: { requestsPerDay, inputTokens: 400, outputTokens: 60 },
        ...(own ? { weights: 'mine' } : {}),
      }),
    );
}

const workloads = fc.tuple(...names.map(workload));

const weights = { mine: weightsOf('qwen3-1.7b', { fineTuned: true }), phi: weightsOf('phi-4-mini-instruct') };

type WorkloadInput = EnvironmentInput['workloads'][number];

function decided(input: readonly WorkloadInput[], from: Catalog = small): Decision {
  return decide(environmentWith(input, { weights }), from, { asOf });
}

describe('a decision', () => {
  it('does not depend on the order of the workloads', () => {
    const ordered = workloads.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    fc.assert(
      fc.property(ordered, ([list, shuffled]) => {
        expect(JSON.stringify(decided(shuffled))).toBe(JSON.stringify(decided(list)));
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('of one workload never costs more with one more candidate', () => {
    const dropped = fc.constantFrom(...small.hostedModels.map(({ name }) => name));
    fc.assert(
      fc.property(workload('aa'), dropped, (workload, name) => {
        const fewer = { ...small, hostedModels: small.hostedModels.filter(model => model.name !== name) };
        expect(decided([workload]).monthlyUsd).toBeLessThanOrEqual(decided([workload], fewer).monthlyUsd);
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it('never costs more than each workload alone', () => {
    fc.assert(
      fc.property(workloads, list => {
        const alone = list.reduce((sum, workload) => sum + decided([workload]).monthlyUsd, 0);
        expect(decided(list).monthlyUsd).toBeLessThanOrEqual(alone + 0.01);
      }),
      { numRuns: 15, seed: 3 },
    );
  });
});
