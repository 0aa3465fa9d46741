import type { Hardware } from './hardware';
import { failure, latencyOf, machineSeconds, promptsOf, round, sum } from './latency';
import type { Latency } from './latency';
import { keyOf, loadedModels } from './loaded-models';
import type { LoadedModel } from './loaded-models';
import { cacheRamMib, engineOf, memoryNeededGib } from './memory';
import { figuresOf, recordedThroughput } from './pool-figures';
import type { PoolDemand, PoolFailure, PoolFigures, PoolLimits, PoolModel, PoolSize } from './pool-types';
import { maxUtilisation } from './queue';
import { llamaCppGain, predictThroughput } from './throughput';
import type { Basis } from './speed';

/** Share of a capacity that counts as rounding: keeps a load of exactly 0.7 machines on one machine. */
const rounding = 1e-6;

/** Most by which rounding to four digits raises a speed, as a share. */
const fourthDigit = 1e-3;

/** Sequences that are tried, fewest first: a sequence more costs memory. */
export const parallelSteps = [1, 2, 4, 8, 16, 32, 64] as const;

/** Machines of a pool at most, where nothing else is said. */
const defaultMaxCount = 100;

/**
 * Sizes a pool of like machines that all serve the same models: the fewest machines that carry the busiest hour at no
 * more than 70 % of their time, with the fewest parallel sequences that do. Speeds are the planned ones, so that nine
 * devices in ten do better.
 * @param recorded figures that count instead of predictions. @default - none
 */
export function sizePool(
  hardware: Hardware,
  demands: readonly PoolDemand[],
  limits: PoolLimits = {},
  recorded?: PoolFigures,
): PoolSize | PoolFailure {
  const { maxCount = defaultMaxCount, minParallel = 1, maxParallel = 64 } = limits;
  if (recorded) return sizeAt(hardware, demands, recorded.parallel, maxCount, recorded);
  const failures: PoolFailure[] = [];
  let best: PoolSize | undefined;
  for (const parallel of usefulSteps(hardware, demands)) {
    if (parallel < minParallel || parallel > maxParallel) continue;
    const size = sizeAt(hardware, demands, parallel, maxCount);
    if (!size.fits) failures.push(size);
    else if (!best || size.count < best.count) best = size;
    // Nothing is better than one machine; more sequences only take more memory, and measure no prompt.
    if (best?.count === 1 || (!size.fits && isFinal(size))) break;
  }
  return best ?? nearestMiss(failures);
}

/** Without a GPU llama.cpp gains nothing from sequences side by side, except that fewer requests wait for one. */
function usefulSteps(hardware: Hardware, demands: readonly PoolDemand[]): readonly number[] {
  const plain = demands.every(
    ({ quantisation, firstTokenSeconds }) =>
      engineOf(quantisation) === 'llama.cpp' && firstTokenSeconds === undefined,
  );
  return hardware.kind === 'cpu' && plain ? parallelSteps.slice(0, 1) : parallelSteps;
}

/** Whether no number of sequences mends a failure. */
function isFinal({ rule, unverified }: PoolFailure): boolean {
  return rule === 'memory-fit' || unverified;
}

/**
 * Machines that one workload needs at the least, reckoned with one prediction: no number of parallel sequences makes
 * them fewer. Infinity when its model does not fit into one.
 */
export function leastMachines(hardware: Hardware, demand: PoolDemand): number {
  const { model, quantisation, contextTokens } = demand;
  const memoryGib = memoryNeededGib(model, quantisation, contextTokens, 1, hardware.kind);
  if (memoryGib > hardware.usableMemoryGib * (1 + rounding)) return Number.POSITIVE_INFINITY;
  const gguf = engineOf(quantisation) === 'llama.cpp';
  const parallel = gguf ? 1 : Math.max(...parallelSteps);
  const throughput = predictThroughput(hardware, model, quantisation, parallel, tokensHeld(demand));
  const gain = gguf && hardware.kind === 'gpu' ? llamaCppGain : 1;
  const decode = (throughput.plannedTotalDecodeTokensPerSecond ?? Number.NaN) * gain * (1 + fourthDigit);
  const prefill = throughput.plannedPrefillTokensPerSecond ?? Number.NaN;
  const load = demand.peakRequestsPerSecond * (demand.inputTokens / prefill + demand.outputTokens / decode);
  return Number.isNaN(load) ? 1 : Math.max(1, Math.ceil(load / maxUtilisation - rounding));
}

/** The rule that the best attempt broke: a later rule means that the attempt came further. */
function nearestMiss(failures: readonly PoolFailure[]): PoolFailure {
  const order: readonly PoolFailure['rule'][] = [
    'memory-fit',
    'throughput',
    'tokens-per-second',
    'first-token',
  ];
  const machines = (each: PoolFailure): number => each.machines ?? Number.MAX_VALUE;
  const ranked = failures.toSorted(
    (a, b) => order.indexOf(b.rule) - order.indexOf(a.rule) || machines(a) - machines(b),
  );
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
  recorded?: PoolFigures,
): PoolSize | PoolFailure {
  const loaded = loadedModels(hardware, demands, parallel);
  const memoryGib = recorded?.memoryGib ?? sum(loaded.map(model => model.memoryGib));
  const usableMemoryGib = recorded?.usableMemoryGib ?? hardware.usableMemoryGib;
  if (memoryGib > usableMemoryGib * (1 + rounding))
    return memoryFailure({ ...hardware, usableMemoryGib }, loaded, memoryGib);
  // Most models fit on few machines, so speed is predicted only where memory is enough.
  const served = demands.map(demand => servedFor(hardware, demand, loaded, recorded));
  const load = sum(
    served.map(
      ({ demand, model }) => demand.peakRequestsPerSecond * machineSeconds(demand, model.throughput),
    ),
  );
  if (Number.isNaN(load)) {
    return failure('throughput', true, `the speed of ${namesOf(loaded)} on ${hardware.name} is unknown`);
  }
  const least = Math.max(1, Math.ceil(load / maxUtilisation - rounding));
  if (least > maxCount) {
    const message = `the busiest hour takes ${round(load)} machines' whole time, and at most ${maxCount} may run at ${100 * maxUtilisation} %`;
    // No second one of a device can be had.
    const fewest = maxCount > 1 ? { machines: least } : {};
    return { ...failure('throughput', false, message), ...fewest };
  }
  const answer = soonEnough(served, load, least, maxCount);
  if ('rule' in answer) return answer;
  const models = loaded.map(each => slowest(served, each));
  return {
    fits: true,
    count: answer.count,
    models,
    utilisation: load / answer.count,
    memoryGib,
    usableMemoryGib,
    basis: weakest(models.map(model => model.throughput.basis)),
    firstTokenSeconds: Object.fromEntries(
      answer.latencies.map(({ workload, firstToken }) => [workload, firstToken]),
    ),
    figures: figuresOf(served, {
      parallel,
      memoryGib,
      usableMemoryGib,
      cacheRamMib: recorded ? recorded.cacheRamMib : cacheRamOf(loaded, usableMemoryGib - memoryGib),
    }),
  };
}

/** Undefined of other engines. @param leftGib of a machine, when all its models are loaded */
function cacheRamOf(loaded: readonly LoadedModel[], leftGib: number): number | undefined {
  if (loaded.some(({ quantisation }) => engineOf(quantisation) !== 'llama.cpp')) return undefined;
  const answering = loaded.filter(({ model }) => model.kind !== 'embedding').length;
  return cacheRamMib(leftGib, answering);
}

/** Machines from `least` upwards until every answer starts soon enough; more machines only shorten the waiting. */
function soonEnough(
  served: readonly Served[],
  load: number,
  least: number,
  maxCount: number,
): { readonly count: number; readonly latencies: readonly Latency[] } | PoolFailure {
  const modelOf = new Map(served.map(({ demand, model }) => [demand, model]));
  const prompts = promptsOf([...modelOf.keys()], demand => modelOf.get(demand) as PoolModel);
  for (let count = least; ; count++) {
    const latencies = served.map(({ demand, model }) => latencyOf(demand, model, count, load, prompts));
    const missed = latencies.find(latency => latency.failure);
    if (!missed?.failure) return { count, latencies };
    const moreHelps = missed.waiting && missed.failure.rule === 'first-token';
    if (!moreHelps || count >= maxCount) return missed.failure;
  }
}

/** A workload and its model, as fast as the model is with the workload's own sequences. */
interface Served {
  readonly demand: PoolDemand;
  readonly model: PoolModel;
}

/** Tokens that a sequence holds on average while it is decoded. */
export function tokensHeld({
  inputTokens,
  outputTokens,
}: Pick<PoolDemand, 'inputTokens' | 'outputTokens'>): number {
  return inputTokens + outputTokens / 2;
}

function servedFor(
  hardware: Hardware,
  demand: PoolDemand,
  loaded: readonly LoadedModel[],
  recorded: PoolFigures | undefined,
): Served {
  const model = loaded.find(each => keyOf(each) === keyOf(demand));
  if (!model)
    throw new Error(`${demand.model.id} is asked for and not served, which is a fault in the sizing`);
  const { quantisation, parallel } = model;
  const own = recorded?.workloads[demand.workload];
  const throughput = own
    ? recordedThroughput(own, parallel)
    : predictThroughput(hardware, demand.model, quantisation, parallel, tokensHeld(demand));
  return { demand, model: { ...model, throughput } };
}

/** The model as the workload meets it whose sequences hold the most tokens. */
function slowest(served: readonly Served[], loaded: LoadedModel): PoolModel {
  const own = served.filter(({ model }) => keyOf(model) === keyOf(loaded));
  return own.reduce((a, b) => (tokensHeld(b.demand) > tokensHeld(a.demand) ? b : a)).model;
}

function memoryFailure(hardware: Hardware, models: readonly LoadedModel[], memoryGib: number): PoolFailure {
  const message = `${namesOf(models)} needs ${round(memoryGib)} GiB, and ${hardware.name} leaves ${round(hardware.usableMemoryGib)} of its ${round(hardware.memoryGib)} GiB`;
  return failure('memory-fit', false, message);
}

function namesOf(models: readonly Pick<PoolModel, 'model' | 'quantisation'>[]): string {
  return models.map(({ model, quantisation }) => `${model.id} ${quantisation.name}`).join(' + ');
}

function weakest(bases: readonly Basis[]): Basis {
  const order: readonly Basis[] = ['unknown', 'extrapolated', 'fitted'];
  return order.find(basis => bases.includes(basis)) ?? 'measured';
}
