import { decide, explain, renderJson, renderMarkdown, renderTable } from '../../../config';
import type { EnvironmentInput } from '../../../config';
import { asOf, chat, environmentWith } from '../offers';
import { catalogWith } from '../small-catalog';

// An explanation is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

/** Shorter than any program takes: whatever is not known without the search is not found out. */
const seconds = 1e-6;

const small = catalogWith(
  ['gpt-5-mini', 'gpt-5-nano', 'gpt-5.1'],
  ['qwen3-1.7b', 'qwen3-4b', 'qwen3-8b', 'phi-4'],
  ['Standard_D4as_v6', 'Standard_NC4as_T4_v3', 'Standard_NC8as_T4_v3', 'Standard_NC24ads_A100_v4'],
);

/** The i-th of the values, over and over. */
function turn<T>(values: readonly [T, ...T[]], i: number): T {
  return values[i % values.length] ?? values[0];
}

/** Desks that share machines in so many ways that the proof takes seconds. */
const desks: EnvironmentInput['workloads'] = Array.from({ length: 20 }, (_, i) =>
  chat({
    name: `desk-${i}`,
    task: turn(['extraction', 'classification'] as const, i),
    quality: { index: turn([-1.5, -1, -0.5], i) },
    residency: turn(['any', 'own-network', 'own-network', 'own-network'] as const, i),
    traffic: {
      requestsPerDay: Math.round(1000 * 1.25 ** i),
      inputTokens: turn([200, 500, 1000, 2000, 300], i),
      outputTokens: turn([10, 50, 150], i),
    },
  }),
);
const environment = environmentWith(desks, {
  azure: { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] },
  aws: undefined,
  devices: {},
});

test('a decision that the clock stops is whole, says how far it is proven, and that it may come out otherwise', async () => {
  const decision = await decide(environment, small, { asOf, limits: { seconds } });

  expect(decision.optimality).toMatchObject({ status: 'time-limit', reproducible: false });
  const { boundUsd = 0, gap = 0 } = decision.optimality ?? {};
  expect(gap).toBeGreaterThan(0);
  // It has three digits.
  expect(gap).toBeCloseTo((decision.monthlyUsd - boundUsd) / decision.monthlyUsd, 3);
  expect(decision.placements.map(({ workload }) => workload).sort()).toEqual(
    desks.map(({ name }) => name).sort(),
  );

  const explanation = explain(decision, environment, small);
  const says =
    /Proven that no placement costs less than \$[\d,]+, which is [\d.]+ % below \$[\d,]+\. The clock stopped the search, so that another run may answer otherwise\./;
  expect(renderTable(explanation).replaceAll(/\s+/g, ' ')).toMatch(says);
  expect(renderMarkdown(explanation)).toMatch(says);
  expect(JSON.parse(renderJson(explanation))).toMatchObject({
    optimality: { status: 'time-limit', reproducible: false },
  });
});
