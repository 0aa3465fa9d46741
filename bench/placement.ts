import { performance } from 'node:perf_hooks';
import type { Catalog } from '../config/catalog';
import { catalog } from '../config/catalog';
import type { Decision } from '../config/decision';
import type { Environment, EnvironmentInput } from '../config/environment';
import { parseEnvironment } from '../config/parse/parse-environment';
import { decide } from '../config/placement/decide';
import { seededRandom } from './seeded-random';

/** Day that the workloads are decided for. */
const asOf = '2026-11-24';

export interface PlacementBench {
  readonly workloads: readonly number[];
  readonly seeds: readonly number[];
  /** Stop at this share of the cost. @default 0: prove it */
  readonly gap?: number;
  /** Seconds for one decision. @default none */
  readonly seconds?: number;
}

/** Measures decisions of random workloads over the whole catalogue, one line for each number and seed. */
export async function benchPlacement(
  { workloads, seeds, gap, seconds }: PlacementBench,
  print: (line: string) => void,
): Promise<void> {
  print(
    row(['workloads', 'seed', 'each alone', 'together', 'saved', 'status', 'gap', 'seconds', 'MiB', 'units']),
  );
  for (const count of workloads)
    for (const seed of seeds) {
      const environment = randomEnvironment(count, seed);
      const alone = await costAlone(environment, catalog);
      const begin = performance.now();
      const decision = await decide(environment, catalog, { asOf, limits: { gap, seconds } });
      const taken = (performance.now() - begin) / 1000;
      print(row([count, seed, alone.toFixed(2), ...shown(decision, alone), ...figures(taken, decision)]));
    }
}

function shown({ monthlyUsd, optimality }: Decision, alone: number): string[] {
  const saved = alone > 0 ? (alone - monthlyUsd) / alone : 0;
  return [monthlyUsd.toFixed(2), percent(saved), optimality?.status ?? '', percent(optimality?.gap ?? 0)];
}

function figures(seconds: number, { units }: Decision): (string | number)[] {
  return [seconds.toFixed(1), Math.round(process.memoryUsage().rss / 2 ** 20), units.length];
}

/** What a person would pay who gives each workload its own cheapest place. */
async function costAlone(environment: Environment, prices: Catalog): Promise<number> {
  let sum = 0;
  for (const workload of environment.workloads)
    sum += (await decide({ ...environment, workloads: [workload] }, prices, { asOf })).monthlyUsd;
  return sum;
}

/** Workloads of a company with data in Azure: traffic over three orders of magnitude, and every residency of a cloud. */
function randomEnvironment(count: number, seed: number): Environment {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const input: EnvironmentInput = {
    name: 'bench',
    azure: {
      subscriptionId: '00000000-0000-4000-8000-000000000000',
      locations: ['swedencentral', 'westeurope'],
    },
    workloads: Array.from({ length: count }, (_, i) => ({
      name: `workload-${String(i).padStart(4, '0')}`,
      task: pick(['chat', 'classification', 'extraction'] as const),
      scope: 'general',
      quality: { index: pick([-1.5, -1, -0.5, 0, 0.5]) },
      residency: pick(['any', 'data-zone', 'region', 'own-network'] as const),
      traffic: {
        requestsPerDay: Math.round(100 * 10 ** (3 * random())),
        inputTokens: pick([200, 500, 1000, 2000, 4000]),
        outputTokens: pick([10, 50, 150, 400]),
      },
    })),
  };
  return parseEnvironment(input, 'bench');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function row(cells: readonly (string | number)[]): string {
  return cells.map(cell => String(cell).padStart(11)).join(' ');
}
