import fc from 'fast-check';
import { decide } from '../../config';
import type { Catalog, Decision, EnvironmentInput } from '../../config';
import { asOf, chat, environmentWith, weightsOf } from './offers';
import { tables } from '../tables';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

const names = ['aa', 'bb', 'cc', 'dd'] as const;

/** A catalogue small enough for many decisions. */
const small: Catalog = {
  ...tables,
  hostedModels: tables.hostedModels.filter(({ name }) =>
    ['gpt-5-mini', 'gpt-5-nano', 'gpt-5.1'].includes(name),
  ),
  openModels: tables.openModels.filter(({ id }) =>
    ['qwen3-1.7b', 'qwen3-4b', 'phi-4-mini-instruct', 'phi-4'].includes(id),
  ),
  machines: tables.machines.filter(({ sku }) =>
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

function decided(input: readonly WorkloadInput[], from: Catalog = small): Promise<Decision> {
  return decide(environmentWith(input, { weights }), from, { asOf });
}

/** Of what can be placed as it is: before something is arranged, it serves nobody. */
const cost = async (input: readonly WorkloadInput[], from: Catalog = small): Promise<number> => {
  const known = decide(environmentWith(input, { weights }), from, { asOf, grantArrangements: false });
  return known.then(
    ({ monthlyUsd }) => monthlyUsd,
    () => Infinity,
  );
};

/** Units are rounded to a cent one by one. */
const rounding = 0.05;

describe('a decision', () => {
  it('does not depend on the order of the workloads', async () => {
    const ordered = workloads.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    await fc.assert(
      fc.asyncProperty(ordered, async ([list, shuffled]) => {
        expect(JSON.stringify(await decided(shuffled))).toBe(JSON.stringify(await decided(list)));
      }),
      { numRuns: 15, seed: 1 },
    );
  });

  it('never costs more with one more candidate', async () => {
    const dropped = fc.constantFrom(
      ...small.hostedModels.map(({ name }) => name),
      ...small.openModels.map(({ id }) => id),
      ...small.machines.map(({ sku }) => sku),
    );
    await fc.assert(
      fc.asyncProperty(workloads, dropped, async (list, name) => {
        const fewer = {
          ...small,
          hostedModels: small.hostedModels.filter(model => model.name !== name),
          openModels: small.openModels.filter(model => model.id !== name || model.id === 'qwen3-1.7b'),
          machines: small.machines.filter(({ sku }) => sku !== name),
        };
        expect(await cost(list)).toBeLessThanOrEqual((await cost(list, fewer)) + rounding);
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it('never costs more with a rule relaxed', async () => {
    const relaxed = [
      { residency: 'any' as const },
      { quality: 'any' as const },
      { latency: undefined },
      { weights: undefined },
    ];
    const strict = fc.record({
      index: fc.integer({ min: 0, max: names.length - 1 }),
      relaxing: fc.constantFrom(...relaxed),
      seconds: fc.constantFrom(0.5, 2, 8),
    });
    await fc.assert(
      fc.asyncProperty(workloads, strict, async (list, { index, relaxing, seconds }) => {
        const before = list.map((each, i) =>
          i === index
            ? {
                ...each,
                residency: 'own-network' as const,
                latency: { firstTokenSeconds: seconds },
                quality: { index: -0.95 },
              }
            : each,
        );
        const after = before.map((each, i) => (i === index ? { ...each, ...relaxing } : each));
        const dear = await cost(before);
        expect(await cost(after)).toBeLessThanOrEqual(dear + rounding);
      }),
      { numRuns: 20, seed: 4 },
    );
  });

  it('never costs more than each workload alone', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, async list => {
        const alone = await Promise.all(list.map(each => cost([each])));
        expect(await cost(list)).toBeLessThanOrEqual(alone.reduce((a, b) => a + b, 0) + rounding);
      }),
      { numRuns: 10, seed: 3 },
    );
  });
});
