import type { Commitment } from '../catalog';
import type { PoolFigures } from '../sizing';
import type { Venue } from './venues/names';

/** Who runs the venue. */
export type Provider = 'azure' | 'aws' | 'own';

/** A model's weights as a machine downloads and verifies them. */
export interface WeightsArtifact {
  /** Key in the environment's `weights`; null when the environment has none for this model yet. */
  readonly id: string | null;
  /** Format of the file. */
  readonly format: 'gguf' | 'safetensors';
  /** GGUF quantisation, such as `Q4_K_M`. */
  readonly quantisation: string;
  /** Where the file is; null until somebody names it. */
  readonly url: string | null;
  /** Commit or release that the file belongs to. */
  readonly revision: string | null;
  /** Lower-case hex; null until somebody verified it. Synthesis refuses a machine without it. */
  readonly sha256: string | null;
}

/** A build of llama.cpp, as the environment names it and a machine installs it. */
export interface EngineBuild {
  /** Release, such as `b9000`. */
  readonly version: string;
  /** Archive of the build. */
  readonly url: string;
  /** Of the archive, lower-case hex. */
  readonly sha256: string;
  /** Processor that it is for. */
  readonly arch: 'amd64' | 'arm64';
  /** What it computes on. */
  readonly accelerator: 'cpu' | 'cuda';
}

/** One model as one machine serves it. */
export interface ServedModel {
  /** Name callers put in the `model` field. */
  readonly model: string;
  /** Revision of the weights, or how they are quantised. */
  readonly version: string;
  /** What callers ask of it. */
  readonly api: 'chat' | 'embeddings';
  /** File that is loaded. */
  readonly weights: WeightsArtifact;
  /** Context of one sequence, in tokens. */
  readonly contextTokens: number;
  /** Sequences served at the same time by one machine. */
  readonly parallel: number;
  /** How an embedding model makes one vector of those of its tokens. @default - as its file says */
  readonly pooling?: 'cls' | 'mean' | 'last';
  /** Host memory in which the engine may keep prompts that come again, MiB. @default - the engine's own, on machines from before it was sized */
  readonly cacheRamMib?: number;
}

/** What one request of a workload pays on a hosted deployment, in the parts that the workload uses. */
export interface RequestPrice {
  /** Day the price was read, YYYY-MM-DD. */
  readonly asOf: string;
  /** USD for a million tokens of input. */
  readonly usdPerMillionInput?: number;
  /** Of input that repeats a cached prefix. */
  readonly usdPerMillionCachedInput?: number;
  /** USD for a million tokens of output. */
  readonly usdPerMillionOutput?: number;
  /** Tokens of one request that the model thinks, paid as output. @default 0 */
  readonly hiddenTokens?: number;
  /** USD for one image. */
  readonly usdPerImage?: number;
}

/**
 * The prices that a unit's cost was computed from, as they were read then: what a lock is checked by, so that newer ones
 * refuse no lock.
 */
export type UnitPrices =
  | {
      readonly per: 'hour';
      /** Of provisioned throughput: tokens of one request that the model thinks, by workload. @default - none */
      readonly hiddenTokens?: Readonly<Record<string, number>>;
      /** Of one machine, instance or provisioned throughput unit. */
      readonly usd: number;
      /** The commitment that it is the price under. @default - on demand, or spot where the unit says so */
      readonly commitment?: Commitment;
      /** Day the price was read, YYYY-MM-DD. */
      readonly asOf: string;
    }
  | {
      readonly per: 'request';
      readonly workloads: Readonly<Record<string, RequestPrice>>;
    };

/** The price of one machine, instance or provisioned throughput unit. */
export type HourPrice = Extract<UnitPrices, { per: 'hour' }>;

/** What is deployed and paid, in any venue. */
export interface UnitBase {
  readonly venue: Venue;
  readonly provider: Provider;
  /** Given once, and unique in the environment; lower-case letters, digits and hyphens. */
  readonly id: string;
  /** Which of the offers it is: equal for all that may be one unit, such as `hosted/gpt-5-mini/2025-08-07/Standard/eastus`. */
  readonly offer: string;
  /** Served models, joined by ` + ` where a machine serves several. */
  readonly model: string;
  readonly version: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  /** Deployments, instances, machines or devices. */
  readonly count: number;
  /** Azure or AWS region, or the device's site. */
  readonly location: string;
  readonly monthlyUsd: number;
  /** Day the price was read, YYYY-MM-DD; null where nothing is priced. */
  readonly priceDate: string | null;
  /** What `monthlyUsd` comes from; null for a device, whose cost the environment itself states. */
  readonly prices: UnitPrices | null;
  /**
   * What the size of machines comes from, so that better predictions refuse no lock. Undefined for hosted models, and in locks
   * from before it was recorded, whose sizes count as they are.
   */
  readonly sizing?: PoolFigures;
}

/** When machines are started and stopped, each week. */
export interface MachineSchedule {
  /** IANA name, such as `Europe/Stockholm`. */
  readonly timeZone: string;
  /** When machines are started. */
  readonly start: WeeklyTime;
  /** When machines are stopped. */
  readonly stop: WeeklyTime;
}

/** A time on some days of each week. */
export interface WeeklyTime {
  /** HH:MM */
  readonly time: string;
  /** In the order of the week. */
  readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
}
