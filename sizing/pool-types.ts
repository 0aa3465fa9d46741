import type { OpenModel, Quantisation } from '../catalog';
import type { Basis, Throughput } from './speed';

/** What one workload asks of a pool. */
export interface PoolDemand {
  readonly workload: string;
  readonly model: OpenModel;
  readonly quantisation: Quantisation;
  /** Requests a second in the busiest hour. */
  readonly peakRequestsPerSecond: number;
  /** Of one request. */
  readonly inputTokens: number;
  /** Of one request, with what the model thinks before. */
  readonly outputTokens: number;
  /** Part of the output that nobody reads, and that the first token of an answer waits for. @default 0 */
  readonly hiddenTokens?: number;
  /** Longest context that one request may need. */
  readonly contextTokens: number;
  readonly firstTokenSeconds?: number;
  readonly tokensPerSecond?: number;
}

export interface PoolLimits {
  /** Machines that may run at most; 1 for a device. @default 100 */
  readonly maxCount?: number;
  /** Most sequences that one machine serves of one model. @default 64 */
  readonly maxParallel?: number;
  /** Fewest sequences that are tried. @default 1 */
  readonly minParallel?: number;
}

/** One model as each machine of the pool serves it. */
export interface PoolModel {
  readonly model: OpenModel;
  readonly quantisation: Quantisation;
  readonly contextTokens: number;
  readonly parallel: number;
  readonly memoryGib: number;
  /** Of the workload whose sequences hold the most tokens. */
  readonly throughput: Throughput;
}

/**
 * The figures that a pool was sized by. A lock records them, so that better predictions refuse no lock. With four digits, as
 * they are predicted.
 */
export interface PoolFigures {
  /** Sequences that a machine serves at a time, of each model. */
  readonly parallel: number;
  /** Memory that all models of one machine take together. */
  readonly memoryGib: number;
  /** Memory of one machine that models may take. */
  readonly usableMemoryGib: number;
  /**
   * Host memory in which llama.cpp may keep prompts that come again, MiB, for each model that answers; undefined for other engines, and for
   * machines from before it was sized.
   */
  readonly cacheRamMib?: number | undefined;
  /** Speeds of one machine, by workload. */
  readonly workloads: Readonly<Record<string, WorkloadFigures>>;
}

/** How fast one machine serves a workload, as planned: nine machines in ten are faster. */
export interface WorkloadFigures {
  readonly promptTokensPerSecond: number;
  /** Output of all sequences together. */
  readonly decodeTokensPerSecond: number;
  /** Tokens of one request that the model thinks, which nobody reads. @default 0 */
  readonly hiddenTokens?: number;
}

/** The size of a pool whose figures nobody recorded: it is taken as it is. */
export interface PoolAsItIs {
  readonly count: number;
  readonly parallel: number;
}

/** A pool that carries the load. */
export interface PoolSize {
  readonly fits: true;
  /** Machines. */
  readonly count: number;
  readonly models: readonly PoolModel[];
  /** Share of the machines' time that the peak takes, 0 to 0.7. */
  readonly utilisation: number;
  /** Of one machine, all models together. */
  readonly memoryGib: number;
  readonly usableMemoryGib: number;
  /** The weakest basis among the models. */
  readonly basis: Basis;
  /** By workload: seconds to the first token, waiting included; null where prompts were never measured. */
  readonly firstTokenSeconds: Readonly<Record<string, number | null>>;
  /** What it was sized by; undefined where it was taken as it is. */
  readonly figures?: PoolFigures;
}

/** Why a pool does not carry the load. */
export interface PoolFailure {
  readonly fits: false;
  readonly rule: 'memory-fit' | 'throughput' | 'first-token' | 'tokens-per-second';
  /** Unverified: nobody measured what the rule asks for. */
  readonly unverified: boolean;
  /** Lower-case start, with the figures. */
  readonly message: string;
  /** Machines that would carry the load, where that is more than may run. */
  readonly machines?: number;
}
