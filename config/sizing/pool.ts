import type { Hardware } from './hardware';
import { failure, latencyOf, machineSeconds, promptsOf, round, sum } from './latency';
import type { Latency } from './latency';
import { memoryNeededGib } from './memory';
import type { PoolDemand, PoolFailure, PoolLimits, PoolModel, PoolSize } from './pool-types';
import { maxUtilisation } from './queue';
import { predictThroughput } from './throughput';
import type { Basis } from './throughput';

/** Keeps a load of exactly 0.7 machines on one machine. */
const rounding = 1e-9;

/** Sequences that are tried, fewest first: a sequence more costs memory. */
const parallelSteps = [1, 2, 4, 8, 16, 32, 64] as const;

/**
 * Sizes a pool of like machines that all serve the same models: the fewest machines that carry the busiest hour at no
 * more than 70 % of their time, with the fewest parallel sequences that do. Speeds are the planned ones, so that nine
 * devices in ten do better.
 */
export function sizePool(
  hardware: Hardware,
  demands: readonly PoolDemand[],
  limits: PoolLimits = {},
): PoolSize | PoolFailure {
  const { maxCount = 100, maxParallel = 64 } = limits;
  const tried = parallelSteps
    .filter(parallel => parallel <= maxParallel)
    .map(parallel => sizeAt(hardware, demands, parallel, maxCount));
  const fitting = tried.filter(result => result.fits);
  const best = fitting.toSorted((a, b) => a.count - b.count)[0];
  return best ?? nearestMiss(tried.filter(result => !result.fits));
}

/** The rule that the best attempt broke: a later rule means that the attempt came further. */
function nearestMiss(failures: readonly PoolFailure[]): PoolFailure {
  const order: readonly PoolFailure['rule'][] = [
    'memory-fit',
    'throughput',
    'tokens-per-second',
    'first-token',
  ];
  const ranked = failures.toSorted((a, b) => order.indexOf(b.rule) - order.indexOf(a.rule));
  return (
    ranked[0] ?? {
      fits: false,
      rule: 'throughput',
      unverified: true,
      message: 'no parallel sequences are allowed',
    }
  );
}

function sizeAt(
  hardware: Hardware,
  demands: readonly PoolDemand[],
  parallel: number,
  maxCount: number,
): PoolSize | PoolFailure {
  const loaded = loadedModels(hardware, demands, parallel);
  const memoryGib = sum(loaded.map(model => model.memoryGib));
  if (memoryGib > hardware.usableMemoryGib) return memoryFailure(hardware, loaded, memoryGib);
  // Most models fit on few machines, so speed is predicted only where memory is enough.
  const models = loaded.map(model => served(hardware, model));
  const busy = demands.map(
    demand => demand.peakRequestsPerSecond * machineSeconds(demand, modelOf(models, demand)),
  );
  const load = sum(busy);
  if (Number.isNaN(load)) {
    return failure('throughput', true, `the speed of ${namesOf(models)} on ${hardware.name} is unknown`);
  }
  const least = Math.max(1, Math.ceil(load / maxUtilisation - rounding));
  if (least > maxCount) {
    const message = `the busiest hour takes ${round(load)} machines' whole time, and at most ${maxCount} may run at ${100 * maxUtilisation} %`;
    return failure('throughput', false, message);
  }
  const answer = soonEnough(demands, models, load, least, maxCount);
  if ('rule' in answer) return answer;
  return {
    fits: true,
    count: answer.count,
    models,
    utilisation: load / answer.count,
    memoryGib,
    usableMemoryGib: hardware.usableMemoryGib,
    basis: weakest(models.map(model => model.throughput.basis)),
    firstTokenSeconds: Object.fromEntries(
      answer.latencies.map(({ workload, firstToken }) => [workload, firstToken]),
    ),
  };
}

/** Machines from `least` upwards until every answer starts soon enough; more machines only shorten the waiting. */
function soonEnough(
  demands: readonly PoolDemand[],
  models: readonly PoolModel[],
  load: number,
  least: number,
  maxCount: number,
): { readonly count: number; readonly latencies: readonly Latency[] } | PoolFailure {
  const prompts = promptsOf(demands, demand => modelOf(models, demand));
  for (let count = least; ; count++) {
    const latencies = demands.map(demand => latencyOf(demand, modelOf(models, demand), count, load, prompts));
    const missed = latencies.find(latency => latency.failure);
    if (!missed?.failure) return { count, latencies };
    const moreHelps = missed.waiting && missed.failure.rule === 'first-token';
    if (!moreHelps || count >= maxCount) return missed.failure;
  }
}

/** A model in a machine's memory. */
interface LoadedModel extends Omit<PoolModel, 'throughput'> {
  /** Tokens that a sequence holds on average while it is decoded. */
  readonly held: number;
}

/** Each distinct model once, at the longest context that any of its workloads needs. */
function loadedModels(hardware: Hardware, demands: readonly PoolDemand[], parallel: number): LoadedModel[] {
  const keyOf = (demand: PoolDemand): string => `${demand.model.id} ${demand.quantisation.name}`;
  const first = demands.filter(
    (demand, i) => demands.findIndex(other => keyOf(other) === keyOf(demand)) === i,
  );
  return first.map(({ model, quantisation, ...demand }) => {
    const own = demands.filter(other => keyOf(other) === keyOf({ model, quantisation, ...demand }));
    const contextTokens = Math.max(...own.map(other => other.contextTokens));
    return {
      model,
      quantisation,
      contextTokens,
      parallel,
      held: Math.max(...own.map(other => other.inputTokens + other.outputTokens / 2)),
      memoryGib: memoryNeededGib(model, quantisation, contextTokens, parallel, hardware.kind),
    };
  });
}

function served(hardware: Hardware, { held, ...loaded }: LoadedModel): PoolModel {
  const { model, quantisation, parallel } = loaded;
  return { ...loaded, throughput: predictThroughput(hardware, model, quantisation, parallel, held) };
}

function memoryFailure(hardware: Hardware, models: readonly LoadedModel[], memoryGib: number): PoolFailure {
  const message = `${namesOf(models)} needs ${round(memoryGib)} GiB, and ${hardware.name} leaves ${round(hardware.usableMemoryGib)} of its ${round(hardware.memoryGib)} GiB`;
  return failure('memory-fit', false, message);
}

function modelOf(models: readonly PoolModel[], { model, quantisation }: PoolDemand): PoolModel {
  const found = models.find(
    other => other.model.id === model.id && other.quantisation.name === quantisation.name,
  );
  if (!found) throw new Error(`${model.id} is asked for and not served, which is a fault in the sizing`);
  return found;
}

function namesOf(models: readonly Pick<PoolModel, 'model' | 'quantisation'>[]): string {
  return models.map(({ model, quantisation }) => `${model.id} ${quantisation.name}`).join(' + ');
}

function weakest(bases: readonly Basis[]): Basis {
  return bases.includes('unknown') ? 'unknown' : bases.includes('extrapolated') ? 'extrapolated' : 'fitted';
}
