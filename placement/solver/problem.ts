/**
 * The abstract problem of placing workloads together: which offer serves each workload, and how many machines,
 * throughput units or devices stand behind the offers. It knows no model, price list or cloud.
 */

export interface Problem {
  /** Ids of the workloads, unique. Each needs exactly one offer. */
  readonly workloads: readonly string[];
  readonly offers: readonly Offer[];
  /** More offers, in columns: a thousand workloads have more than a million. @default none */
  readonly tables?: readonly OfferTable[];
  readonly units: readonly SharedUnit[];
  readonly quotas: readonly Quota[];
  /** Most that everything together may cost, USD a month, at least 0. @default no limit */
  readonly budgetUsd?: number;
}

/** One way to serve one workload. */
export interface Offer {
  /** Unique in the problem. */
  readonly id: string;
  readonly workload: string;
  /** What this offer costs by itself, such as its tokens, USD a month, at least 0. */
  readonly usd: number;
  /** Id of the shared unit that it stands on. @default none: it is billed by itself */
  readonly unit?: string;
  /** Model that the unit keeps in memory once, however many workloads use it. @default none */
  readonly part?: Part;
  /** Memory that this workload alone takes on every machine of the unit, such as its KV cache, GiB. @default 0 */
  readonly memoryGib?: number;
  /** Machines or throughput units that this workload alone keeps busy; may be a fraction. @default 0 */
  readonly load?: number;
  /** Fewest machines of a pool that it stands in, however little its load, such as for a short wait. @default 1 */
  readonly minCount?: number;
  /** What it takes from quotas. @default nothing */
  readonly uses?: readonly QuotaUse[];
  /** Quality for this workload's task, comparable among its offers; more is better. @default -Infinity: unknown */
  readonly quality?: number;
  /** Day of retirement, YYYY-MM-DD; later is better. @default never retires */
  readonly retirement?: string;
  /** Last thing that decides between equals. @default the id */
  readonly name?: string;
}

/**
 * All offers of one unit, one row for each, where they cost nothing by themselves, draw on no quota, and take no memory
 * but that of their part. The id of an offer is `offerIdOf` its workload and part.
 */
export interface OfferTable {
  readonly unit: string;
  readonly parts: readonly TablePart[];
  /** Index of the workload in `Problem.workloads`, in each row. */
  readonly workload: ArrayLike<number>;
  /** Index in `parts`. */
  readonly part: ArrayLike<number>;
  /** GiB of the part as the workload needs it. */
  readonly partGib: ArrayLike<number>;
  /** As `Offer.load`. */
  readonly load: ArrayLike<number>;
  /** As `Offer.minCount`, with what `countOf` says of the offer alone. @default 1 in every row */
  readonly minCount?: ArrayLike<number>;
  /** 1 where `countOf` must be asked of the pools that the offer stands in. @default 1 in every row, if there is a `countOf` */
  readonly waits?: ArrayLike<number>;
}

/** What offers with the same part have in common. */
export interface TablePart {
  /** As `Part.id`, unique in the table. */
  readonly id: string;
  /** As `Offer.quality`, by the index of the workload. */
  readonly quality: ArrayLike<number>;
  /** As of an offer. */
  readonly retirement?: string;
  readonly name: string;
}

/** Id of an offer of a table. */
export function offerIdOf(workload: string, unit: string, part: string): string {
  return `${workload}@${unit}/${part}`;
}

export interface Part {
  /** Offers of one pool with the same part id share the part, as large as the largest of them needs it. */
  readonly id: string;
  /** GiB on every machine of the pool. */
  readonly memoryGib: number;
}

export interface QuotaUse {
  readonly quota: string;
  /** At least 0, in the quota's own measure. */
  readonly amount: number;
}

/** A limit on what offers and units take together, such as thousands of tokens a minute of a model in a region. */
export interface Quota {
  readonly id: string;
  readonly limit: number;
}

/**
 * Something that several offers can stand on: a kind of machine pool, provisioned throughput, an owned device. A pool
 * of n machines keeps every part on every machine, so memory binds on one machine and load on all of them together.
 */
export interface SharedUnit {
  readonly id: string;
  /** USD a month for each machine, throughput unit or device; at least 0. */
  readonly usdPerCount: number;
  /** Usable memory of one machine, GiB. @default memory does not bind */
  readonly memoryGib?: number;
  /** Load that one machine may carry, such as 0.7; above 0. */
  readonly loadPerCount: number;
  /** Fewest machines of a unit that is used at all, at least 1. @default 1 */
  readonly minCount?: number;
  /** Step above `minCount`, at least 1. @default 1 */
  readonly increment?: number;
  /** Most machines of one pool, at least `minCount`. */
  readonly maxCount: number;
  /** Most separate pools of this kind, at least 1. @default 1 */
  readonly copies?: number;
  /** Machines that one count means, for the tie on fewer machines; 0 for throughput units. @default 1 */
  readonly machinesPerCount?: number;
  /** What each count takes from quotas. @default nothing */
  readonly usesPerCount?: readonly QuotaUse[];
  /**
   * Fewest machines of a pool that serves these offers, where load, memory and `minCount` do not tell all of it, such as
   * how long requests wait for each other; Infinity when they cannot share a pool. One offer more must never need fewer.
   * @default load, memory and `minCount` tell all
   */
  readonly countOf?: (offers: readonly string[]) => number;
}

export interface Limits {
  /** Most nodes of the solver's search trees together, at least 1. @default 20000 */
  readonly nodes?: number;
  /** Stop when cost and proven bound differ by no more than this share of the cost. @default 0: prove it */
  readonly gap?: number;
  /** Wall-clock limit in seconds; makes the result irreproducible when it strikes. @default none */
  readonly seconds?: number;
}

export interface Pool {
  /** The unit's id, with `#2`, `#3` … behind it for further pools of the same unit. */
  readonly id: string;
  readonly unit: string;
  readonly count: number;
  readonly usd: number;
  /** Parts that every machine keeps, sorted. */
  readonly parts: readonly string[];
  /** Served workloads, sorted. */
  readonly workloads: readonly string[];
}

export interface Solution {
  /**
   * `optimal`: proven to the cent, or, where the program is large, to 0.01 % of the cost, at which MIP solvers stop too;
   * `gap` says which. `within-gap`: proven to be within the asked gap. The others: a limit struck first.
   */
  readonly status: 'optimal' | 'within-gap' | 'node-limit' | 'time-limit';
  /** USD a month. */
  readonly usd: number;
  /** No solution costs less than this, USD a month. */
  readonly bound: number;
  /** (usd − bound) ÷ usd. */
  readonly gap: number;
  /** Offer of each workload, in order of the workloads' ids. */
  readonly chosen: Readonly<Record<string, string>>;
  /** What has to be deployed and is shared, in order of id. */
  readonly pools: readonly Pool[];
  /** Whether ties were broken over all workloads together, or by exchanging the offer of one workload at a time. */
  readonly ties: 'exact' | 'local';
  /** False when the wall clock had a say: another run may answer otherwise. */
  readonly reproducible: boolean;
  /** Nodes that the solver searched. */
  readonly nodes: number;
}

/** Why nothing satisfies everything. */
export type Infeasible =
  | { readonly status: 'infeasible'; readonly cause: 'no-offer'; readonly workloads: readonly string[] }
  | { readonly status: 'infeasible'; readonly cause: 'limits'; readonly workloads: readonly string[] }
  | {
      readonly status: 'infeasible';
      readonly cause: 'budget';
      readonly budgetUsd: number;
      /** The cheapest solution without the budget. */
      readonly cheapest: Solution;
      /** By how much its cost exceeds the budget, USD a month. */
      readonly excessUsd: number;
      /** False when a limit struck before it was proven that nothing cheaper keeps the budget. */
      readonly proven: boolean;
      /** Each workload with its share of the cost, dearest first. */
      readonly dearest: readonly { readonly workload: string; readonly usd: number }[];
    };
