import type { Workload } from '../../config/environment';
import { machineSeconds, memoryNeededGib, predictThroughput, sizePool, tokensHeld } from '../../sizing';
import type { PoolDemand, Throughput } from '../../sizing';
import type { PoolOffer } from './pool-offer';

/** What a workload asks of the weights. */
export interface Demand {
  readonly workload: Workload;
  /** Index of the workload. */
  readonly index: number;
  readonly demand: PoolDemand;
}

/** What a workload asks of some weights of one machine. */
export interface MachineDemand extends Demand {
  readonly offer: PoolOffer;
  /** Index of the weights among those of the machine. */
  readonly part: number;
}

/** What all who may stand on a machine are there at one number of sequences, in columns. */
export interface CandidateColumns {
  readonly count: number;
  /** Share of a machine's time; NaN where it does not fit. */
  readonly load: Float64Array;
  readonly partGib: Float64Array;
  readonly minCount: Float64Array;
  /** Whether anybody waits for a first token. */
  readonly hurried: boolean;
}

/** @param leastShares least share of a machine's memory that each of the weights is counted for */
export function columnsAt(
  demands: readonly MachineDemand[],
  parallel: number,
  leastShares: readonly number[],
): CandidateColumns {
  const load = new Float64Array(demands.length).fill(Number.NaN);
  const partGib = new Float64Array(demands.length);
  const minCount = new Float64Array(demands.length).fill(1);
  const predict = rememberedPredictions(parallel);
  let count = 0;
  let hurried = false;
  demands.forEach((each, i) => {
    const sized = sizedAt(each, parallel, predict);
    if (!sized) return;
    count++;
    hurried ||= isInAHurry(each);
    load[i] = sized.load;
    partGib[i] = Math.max(
      sized.memoryGib,
      (leastShares[each.part] ?? 0) * each.offer.hardware.usableMemoryGib,
    );
    minCount[i] = sized.minCount;
  });
  return { count, load, partGib, minCount, hurried };
}

/** Speeds of one machine's models, which are the same for all workloads whose sequences are as long. */
function rememberedPredictions(parallel: number): (each: MachineDemand) => Throughput {
  const known = new Map<number, Map<number, Throughput>>();
  return ({ part, demand, offer: { hardware } }) => {
    const own = known.get(part) ?? new Map<number, Throughput>();
    known.set(part, own);
    const tokens = tokensHeld(demand);
    const throughput =
      own.get(tokens) ?? predictThroughput(hardware, demand.model, demand.quantisation, parallel, tokens);
    own.set(tokens, throughput);
    return throughput;
  };
}

function sizedAt(
  each: MachineDemand,
  parallel: number,
  predict: (each: MachineDemand) => Throughput,
): { readonly load: number; readonly memoryGib: number; readonly minCount: number } | undefined {
  const { workload, offer, demand } = each;
  const { hardware } = offer;
  const { model, quantisation, contextTokens } = demand;
  const memoryGib = memoryNeededGib(model, quantisation, contextTokens, parallel, hardware.kind);
  if (memoryGib > hardware.usableMemoryGib) return undefined;
  const load = demand.peakRequestsPerSecond * machineSeconds(demand, predict(each));
  if (Number.isNaN(load)) return undefined;
  const minCount = workload.latency ? countAt(offer, [demand], parallel) : 1;
  return minCount < Infinity ? { load, memoryGib, minCount } : undefined;
}

/** Whether these sequences do all that more do: with as little load on everything, in less memory. */
export function carriesAsMuch(fewer: CandidateColumns, more: CandidateColumns): boolean {
  return (
    !more.hurried &&
    more.load.every((load, i) => Number.isNaN(load) || (fewer.load[i] ?? Number.NaN) <= load * (1 + 1e-9))
  );
}

export function countAt(offer: PoolOffer, demands: readonly PoolDemand[], parallel: number): number {
  const limits = { minParallel: parallel, maxParallel: parallel, maxCount: offer.terms.most };
  const size = sizePool(offer.hardware, demands, limits);
  return size.fits ? size.count : Infinity;
}

/** Whether the workload waits for its first token. */
export function isInAHurry({ demand }: Pick<MachineDemand, 'demand'>): boolean {
  return demand.firstTokenSeconds !== undefined;
}
