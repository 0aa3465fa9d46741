import { performance } from 'node:perf_hooks';
import { catalog } from '../catalog';
import type { Decision } from '../placement/decision';
import type { Environment, EnvironmentInput } from '../config/environment';
import type { Limits } from '../placement/solver/problem';
import { parseEnvironment } from '../config/parse/parse-environment';
import { decide } from '../placement/decide';
import type { DecisionStep } from '../placement/decide';
import { evaluate } from '../placement/evaluate';
import { Market } from '../placement/market';
import { allOffers } from '../placement/venues';
import { execute } from '../rehearsal/process/execute';
import { seededRandom } from '../tools/seeded-random';
import { everyEngine, everyFile } from './verified-files';

/** Day that the workloads are decided for. */
const asOf = '2026-11-24';

const network =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-bench';

/** Workloads above which a decision stops at `gapBeyond`, where nothing else is asked for. */
const mostProven = 100;
const gapBeyond = 0.005;

interface PlacementBench {
  readonly workloads: readonly number[];
  readonly seeds: readonly number[];
  /** Stop at this share of the cost. @default 0 (prove it) up to 100 workloads, 0.005 for more */
  readonly gap?: number;
  /** Seconds for one decision. @default none */
  readonly seconds?: number;
}

/** One decision of random workloads over the whole catalogue. */
interface MeasuredDecision {
  readonly workloads: number;
  readonly seed: number;
  /** What a person would pay who gives each workload its own cheapest place, USD a month. */
  readonly aloneUsd: number;
  readonly monthlyUsd: number;
  readonly status: string;
  /** Share of the cost. */
  readonly gap: number;
  readonly seconds: number;
  /** Part of the seconds that each step took. */
  readonly steps: Readonly<Record<DecisionStep, number>>;
  /** Most memory that the process ever held, MiB. */
  readonly peak: number;
  readonly units: number;
}

/** Measures decisions, one line for each number and seed, and how time and memory grow from one number to the next. */
export async function benchPlacement(
  { workloads, seeds, gap, seconds }: PlacementBench,
  print: (line: string) => void,
): Promise<void> {
  print(row(headings));
  const measured: MeasuredDecision[] = [];
  for (const count of workloads)
    for (const seed of seeds) {
      const limits = { gap: gap ?? (count > mostProven ? gapBeyond : 0), seconds };
      const decision = await decideApart(count, seed, limits);
      measured.push(decision);
      print(shown(decision));
    }
  workloads.slice(1).forEach((count, i) => print(growthText(measured, workloads[i] ?? count, count)));
}

/** Decides once, in this process. */
export async function decideOnce(count: number, seed: number, limits: Limits): Promise<MeasuredDecision> {
  const environment = randomEnvironment(count, seed);
  const begin = performance.now();
  const steps: Record<DecisionStep, number> = { candidates: 0, search: 0, explanations: 0 };
  let before = begin;
  const onStep = (done: DecisionStep): void => {
    const now = performance.now();
    steps[done] = (now - before) / 1000;
    before = now;
  };
  const decision = await decide(environment, catalog, { asOf, limits, onStep });
  const seconds = (performance.now() - begin) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  const { monthlyUsd, units } = decision;
  return {
    workloads: count,
    seed,
    aloneUsd: costAlone(environment),
    monthlyUsd,
    ...provenOf(decision),
    seconds,
    steps,
    peak,
    units: units.length,
  };
}

function provenOf({ optimality }: Decision): Pick<MeasuredDecision, 'status' | 'gap'> {
  return { status: optimality?.status ?? '', gap: optimality?.gap ?? 0 };
}

/** The same in a process of its own, because a process knows only the peak of its whole life. */
async function decideApart(count: number, seed: number, { gap, seconds }: Limits): Promise<MeasuredDecision> {
  const options = [
    ...(gap === undefined ? [] : ['--gap', String(gap)]),
    ...(seconds === undefined ? [] : ['--seconds', String(seconds)]),
  ];
  const args = [
    ...process.execArgv,
    process.argv[1] as string,
    'decision',
    String(count),
    String(seed),
    ...options,
  ];
  const { status, stdout, stderr } = await execute(process.execPath, args, { environment: process.env });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as MeasuredDecision;
}

function costAlone(environment: Environment): number {
  const setting = { environment, catalog, asOf };
  const market = new Market(allOffers(setting), setting);
  return environment.workloads.reduce((sum, workload) => {
    const cheapest = evaluate(market, workload).flatMap(({ feasible: [best] }) =>
      best ? (best.size.monthlyUsd ?? Infinity) : [],
    );
    return sum + Math.min(...cheapest);
  }, 0);
}

const headings = [
  'workloads',
  'seed',
  'each alone',
  'together',
  'saved',
  'status',
  'gap',
  'seconds',
  'candidates',
  'search',
  'explained',
  'peak MiB',
  'units',
];

function shown(decision: MeasuredDecision): string {
  const { workloads, seed, aloneUsd, monthlyUsd, status, gap, seconds, steps, peak, units } = decision;
  const saved = aloneUsd > 0 ? (aloneUsd - monthlyUsd) / aloneUsd : 0;
  return row([
    workloads,
    seed,
    aloneUsd.toFixed(2),
    monthlyUsd.toFixed(2),
    percent(saved),
    status,
    percent(gap),
    ...[seconds, steps.candidates, steps.search, steps.explanations].map(each => each.toFixed(1)),
    Math.round(peak),
    units,
  ]);
}

/** How the means of all seeds grow, as a factor and as an exponent of the number of workloads. */
function growthText(measured: readonly MeasuredDecision[], from: number, to: number): string {
  const grown = (of: (decision: MeasuredDecision) => number): string => {
    const mean = (count: number): number => {
      const own = measured.filter(({ workloads }) => workloads === count).map(of);
      return own.reduce((sum, each) => sum + each, 0) / own.length;
    };
    const factor = mean(to) / mean(from);
    return `× ${factor.toFixed(1)} (exponent ${(Math.log(factor) / Math.log(to / from)).toFixed(2)})`;
  };
  return `from ${from} to ${to} workloads: time ${grown(({ seconds }) => seconds)}, peak memory ${grown(({ peak }) => peak)}`;
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
      // A thousand workloads take more machines than the subnet that Berth would make has addresses.
      existing: {
        virtualNetworkId: network,
        endpointSubnetId: `${network}/subnets/endpoints`,
        hostSubnetId: `${network}/subnets/hosts`,
      },
    },
    weights: everyFile(),
    engines: everyEngine,
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
