import type { Hardware } from './hardware';
import { failure, sum } from './latency';
import { loadedModels } from './loaded-models';
import type {
  PoolAsItIs,
  PoolDemand,
  PoolFailure,
  PoolFigures,
  PoolModel,
  PoolSize,
  WorkloadFigures,
} from './pool-types';
import { fourDigits, unknownThroughput } from './speed';
import type { Throughput } from './speed';

/** The figures that a pool was sized by, from which alone the same size follows again. */
export function figuresOf(
  served: readonly { readonly demand: PoolDemand; readonly model: PoolModel }[],
  { parallel, memoryGib, usableMemoryGib, cacheRamMib }: Omit<PoolFigures, 'workloads'>,
): PoolFigures {
  const workloads = served.map(({ demand: { workload, hiddenTokens = 0 }, model: { throughput } }) => {
    const figures: WorkloadFigures = {
      promptTokensPerSecond: throughput.plannedPrefillTokensPerSecond ?? 0,
      decodeTokensPerSecond: throughput.plannedTotalDecodeTokensPerSecond ?? 0,
      ...(hiddenTokens > 0 ? { hiddenTokens } : {}),
    };
    return [workload, figures] as const;
  });
  return {
    parallel,
    memoryGib: fourDigits(memoryGib),
    usableMemoryGib: fourDigits(usableMemoryGib),
    ...(cacheRamMib === undefined ? {} : { cacheRamMib }),
    workloads: Object.fromEntries(workloads),
  };
}

/** Speed as it was recorded; how far the prediction behind it may be off is not known any more. */
export function recordedThroughput(
  { promptTokensPerSecond, decodeTokensPerSecond }: WorkloadFigures,
  parallel: number,
): Throughput {
  return {
    basis: 'fitted',
    decodeTokensPerSecond: null,
    totalDecodeTokensPerSecond: null,
    errorP90: null,
    plannedDecodeTokensPerSecond: decodeTokensPerSecond / parallel,
    plannedTotalDecodeTokensPerSecond: decodeTokensPerSecond,
    prefillBasis: 'fitted',
    prefillTokensPerSecond: null,
    prefillErrorP90: null,
    plannedPrefillTokensPerSecond: promptTokensPerSecond,
  };
}

/**
 * A pool whose figures nobody recorded, as a lock from before they were: whether its size is one that sizing gives is all
 * that can be told.
 * @param steps numbers of sequences that sizing tries @param most machines of a pool at most
 */
export function poolAsItIs(
  hardware: Hardware,
  demands: readonly PoolDemand[],
  { count, parallel }: PoolAsItIs,
  steps: readonly number[],
  most: number,
): PoolSize | PoolFailure {
  if (!steps.includes(parallel)) {
    const message = `a model serves ${steps.join(', ')} sequences at a time, and these are ${parallel}`;
    return failure('throughput', false, message);
  }
  if (!Number.isInteger(count) || count < 1 || count > most)
    return failure('throughput', false, `a pool has 1 to ${most} machines, and these are ${count}`);
  const models = loadedModels(hardware, demands, parallel).map(model => ({
    ...model,
    throughput: unknownThroughput,
  }));
  return {
    fits: true,
    count,
    models,
    utilisation: 0,
    memoryGib: sum(models.map(({ memoryGib }) => memoryGib)),
    usableMemoryGib: hardware.usableMemoryGib,
    basis: 'unknown',
    firstTokenSeconds: {},
  };
}
