/**
 * What was decided: the framework-free value between the placement engine and the stacks.
 *
 * A decision is plain JSON: it is written to the lock, printed by `berth explain --json`, and built by the stacks.
 * Cost belongs to units, because hosts, provisioned units and devices are shared; a placement carries its share.
 */

/** Where a workload can live. */
export type Venue = 'hosted' | 'catalog' | 'vm' | 'cluster' | 'edge';
/** Who runs the venue. */
export type Provider = 'azure' | 'aws' | 'own';

/** A model's weights as a machine downloads and verifies them. */
export interface WeightsArtifact {
  /** Key in the environment's `weights`; null when the environment has none for this model yet. */
  readonly id: string | null;
  readonly format: 'gguf' | 'safetensors';
  /** GGUF quantisation, such as `Q4_K_M`. */
  readonly quantisation: string;
  readonly url: string | null;
  readonly revision: string | null;
  /** Lower-case hex; null until somebody verified it. Synthesis refuses a machine without it. */
  readonly sha256: string | null;
}

/** One model as one machine serves it. */
export interface ServedModel {
  /** Name callers put in the `model` field. */
  readonly model: string;
  readonly version: string;
  readonly api: 'chat' | 'embeddings';
  readonly weights: WeightsArtifact;
  /** Context of one sequence, in tokens. */
  readonly contextTokens: number;
  /** Sequences served at the same time by one machine. */
  readonly parallel: number;
}

/** What one request of a workload pays on a hosted deployment, in the parts that the workload uses. */
export interface RequestPrice {
  /** Day the price was read, YYYY-MM-DD. */
  readonly asOf: string;
  readonly usdPerMillionInput?: number;
  /** Of input that repeats a cached prefix. */
  readonly usdPerMillionCachedInput?: number;
  readonly usdPerMillionOutput?: number;
  readonly usdPerImage?: number;
}

/**
 * The prices that a unit's cost was computed from, as they were read then: what a lock is checked by, so that newer ones
 * refuse no lock.
 */
export type UnitPrices =
  | {
      readonly per: 'hour';
      /** Of one machine, instance or provisioned throughput unit. */
      readonly usd: number;
      /** Day the price was read, YYYY-MM-DD. */
      readonly asOf: string;
    }
  | {
      readonly per: 'request';
      readonly workloads: Readonly<Record<string, RequestPrice>>;
    };

interface UnitBase {
  /** Stable and unique in the environment; lower-case letters, digits and hyphens. */
  readonly id: string;
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
}

/** A deployment on an Azure AI Foundry account. */
export interface HostedUnit extends UnitBase {
  readonly venue: 'hosted';
  readonly provider: 'azure';
  /** Model format as the account names it, such as `OpenAI` or `Mistral AI`. */
  readonly format: string;
  /** `batch`: jobs that may take a day, on a `*Batch` SKU. */
  readonly api: 'chat' | 'embeddings' | 'images' | 'batch';
  /**
   * Thousands of tokens a minute; provisioned throughput units for a `*ProvisionedManaged` SKU; thousands of tokens that
   * may wait at once for a `*Batch` SKU.
   */
  readonly capacity: number;
}

/** A managed online endpoint of Azure Machine Learning. */
export interface CatalogUnit extends UnitBase {
  readonly venue: 'catalog';
  readonly provider: 'azure';
  readonly api: 'chat' | 'embeddings';
  /** `azureml://registries/…/models/…/versions/…` */
  readonly assetId: string;
}

/** A pool of like machines that all serve the same models. */
export interface MachineUnit extends UnitBase {
  readonly venue: 'vm';
  readonly provider: 'azure' | 'aws';
  readonly arch: 'amd64' | 'arm64';
  readonly accelerator: 'cpu' | 'cuda';
  /** @default - on demand, always on */
  readonly billing?: 'scheduled' | 'spot';
  /** When the machines are started and stopped; only with `scheduled`. */
  readonly schedule?: MachineSchedule;
  readonly serves: readonly ServedModel[];
}

/** When machines are started and stopped, each week. */
export interface MachineSchedule {
  /** IANA name, such as `Europe/Stockholm`. */
  readonly timeZone: string;
  readonly start: WeeklyTime;
  readonly stop: WeeklyTime;
}

export interface WeeklyTime {
  /** HH:MM */
  readonly time: string;
  /** In the order of the week. */
  readonly days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
}

/** An owned device. */
export interface EdgeUnit extends UnitBase {
  readonly venue: 'edge';
  readonly provider: 'own';
  /** Key in the environment's `devices`. */
  readonly device: string;
  readonly arch: 'amd64' | 'arm64';
  /** What the model runs on; `cuda` for every device with a GPU. */
  readonly accelerator: 'cpu' | 'cuda';
  readonly serves: readonly ServedModel[];
}

export type Unit = HostedUnit | CatalogUnit | MachineUnit | EdgeUnit;

/** Why: the rule and its sentence, with numbers. */
export interface Reason {
  readonly rule: string;
  readonly message: string;
}

/** One venue, provider and model not taken: its cheapest feasible offer, or its nearest miss. */
export interface Alternative {
  readonly venue: Venue;
  readonly provider: Provider;
  readonly model: string;
  readonly sku: string;
  readonly monthlyUsd: number | null;
  readonly verdict: 'dearer' | 'infeasible' | 'unverified';
  readonly because: readonly Reason[];
}

export interface Placement {
  readonly workload: string;
  /** Id of the unit that serves it. */
  readonly unit: string;
  readonly venue: Venue;
  readonly model: string;
  /** This workload's share of the unit's cost. */
  readonly monthlyUsd: number;
  readonly reasons: readonly Reason[];
  readonly alternatives: readonly Alternative[];
}

export interface Decision {
  readonly environment: string;
  /** Day the decision was made for, YYYY-MM-DD. */
  readonly asOf: string;
  readonly monthlyUsd: number;
  readonly units: readonly Unit[];
  readonly placements: readonly Placement[];
  /** How far it is proven that nothing costs less. @default - a lock that an older Berth wrote */
  readonly optimality?: Optimality;
  /** What is allowed, and still better known. @default - none */
  readonly warnings?: readonly Warning[];
}

/** How far it is proven that nothing costs less. */
export interface Optimality {
  /**
   * `optimal`: proven to the cent, or for large environments to 0.01 % of the cost, which is where MIP solvers call a
   * solution optimal too; `gap` tells. `within-gap`: proven to be within the gap asked for. The others: a limit struck first.
   */
  readonly status: 'optimal' | 'within-gap' | 'node-limit' | 'time-limit';
  /** Proven that no placement costs less, USD a month. */
  readonly boundUsd: number;
  /** Share of the cost between it and the bound. */
  readonly gap: number;
  /** False when the wall clock had a say, so that another run may answer otherwise. */
  readonly reproducible: boolean;
}

/** Something that is allowed, and still better known. */
export interface Warning extends Reason {
  /** Id of the unit that it is about. */
  readonly subject: string;
}
