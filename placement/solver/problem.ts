/**
 * The abstract problem of placing workloads together: which candidate serves each workload, and how many machines,
 * throughput units or devices stand behind them. It knows no model, price list or cloud.
 */

export interface AssignmentProblem {
  /** Ids of the workloads, unique. Each needs exactly one candidate. */
  readonly workloads: readonly string[];
  readonly candidates: readonly CandidateInput[];
  /** More candidates, in columns: a thousand workloads have more than a million. @default none */
  readonly tables?: readonly CandidateTableInput[];
  readonly machineTypes: readonly MachineTypeInput[];
  readonly quotas: readonly QuotaInput[];
  /** Most that everything together may cost, USD a month, at least 0. @default no limit */
  readonly budgetUsd?: number;
}

/** One way to serve one workload. */
export interface CandidateInput {
  /** Unique in the problem. */
  readonly id: string;
  readonly workload: string;
  /** What it costs by itself, such as its tokens, USD a month, at least 0. */
  readonly usd: number;
  /** Id of the machine type that it stands on. @default none: it is billed by itself */
  readonly machineType?: string;
  /** What the machines keep in memory once, however many workloads use it, such as a model. @default none */
  readonly part?: PartInput;
  /** Machines or throughput units that this workload alone keeps busy; may be a fraction. @default 0 */
  readonly load?: number;
  /** Fewest machines of a pool that it stands in, however little its load, such as for a short wait. @default 1 */
  readonly minCount?: number;
  /** What it takes from quotas. @default nothing */
  readonly uses?: readonly QuotaUse[];
  /** Quality for this workload's task, comparable among its candidates; more is better. @default -Infinity: unknown */
  readonly quality?: number;
  /** Day of retirement, YYYY-MM-DD; later is better. @default never retires */
  readonly retirement?: string;
  /** Last thing that decides between equals. @default the id */
  readonly name?: string;
}

/**
 * All candidates on one machine type, one row for each, where they draw on no quota. The id of each is `candidateIdOf` its
 * workload and part.
 */
export interface CandidateTableInput {
  readonly machineType: string;
  readonly parts: readonly TablePartInput[];
  /** Index of the workload in `AssignmentProblem.workloads`, in each row. */
  readonly workload: ArrayLike<number>;
  /** Index in `parts`. */
  readonly part: ArrayLike<number>;
  /** As `CandidateInput.usd`. @default 0 in every row */
  readonly usd?: ArrayLike<number>;
  /** GiB of the part as the workload needs it. */
  readonly partGib: ArrayLike<number>;
  /** As `CandidateInput.load`. */
  readonly load: ArrayLike<number>;
  /** As `CandidateInput.minCount`, with what `countOf` says of the candidate alone. @default 1 in every row */
  readonly minCount?: ArrayLike<number>;
  /** 1 where `countOf` must be asked of its pools. @default 1 in every row, if there is a `countOf` */
  readonly waits?: ArrayLike<number>;
}

/** What candidates with the same part have in common. */
export interface TablePartInput {
  /** As `PartInput.id`, unique in the table. */
  readonly id: string;
  /** As `CandidateInput.quality`, by the index of the workload. */
  readonly quality: ArrayLike<number>;
  /** As of a candidate. */
  readonly retirement?: string;
  readonly name: string;
}

/** Id of a candidate of a table. */
export function candidateIdOf(workload: string, machineType: string, part: string): string {
  return `${workload}@${machineType}/${part}`;
}

interface PartInput {
  /** Candidates of one pool with the same part id share the part, as large as the largest of them needs it. */
  readonly id: string;
  /** GiB on every machine of the pool. */
  readonly memoryGib: number;
}

interface QuotaUse {
  readonly quota: string;
  /** At least 0, in the quota's own measure. */
  readonly amount: number;
}

/** A limit on what candidates and machines take together, such as thousands of tokens a minute of a model in a region. */
export interface QuotaInput {
  readonly id: string;
  readonly limit: number;
}

/**
 * What pools are made of: machines of one size, provisioned throughput, an owned device. A pool of n machines keeps every
 * part on every machine, so memory binds on one machine and load on all of them together.
 */
export interface MachineTypeInput {
  readonly id: string;
  /** USD a month for each machine, throughput unit or device; at least 0. */
  readonly usdPerCount: number;
  /** Usable memory of one machine, GiB. @default memory does not bind */
  readonly memoryGib?: number;
  /** Load that one machine may carry, such as 0.7; above 0. */
  readonly loadPerCount: number;
  /** Fewest machines of a pool, at least 1. @default 1 */
  readonly minCount?: number;
  /** Step above `minCount`, at least 1. @default 1 */
  readonly increment?: number;
  /** Most machines of one pool, at least `minCount`. */
  readonly maxCount: number;
  /** Most separate pools of this type, at least 1. @default 1 */
  readonly copies?: number;
  /** Machines that one count means, for the tie on fewer machines; 0 for throughput units. @default 1 */
  readonly machinesPerCount?: number;
  /** What each count takes from quotas. @default nothing */
  readonly usesPerCount?: readonly QuotaUse[];
  /**
   * Fewest machines of a pool that serves these candidates, where load, memory and `minCount` do not tell all of it, such as
   * how long requests wait for each other; Infinity when they cannot share a pool. One candidate more must never need fewer.
   * @default load, memory and `minCount` tell all
   */
  readonly countOf?: (candidates: readonly string[]) => number;
}

export interface Limits {
  /** Most nodes of the solver's search trees together, at least 1. @default 20000 */
  readonly nodes?: number;
  /** Stop when cost and proven bound differ by no more than this share of the cost. @default 0: prove it */
  readonly gap?: number;
  /** Wall-clock limit in seconds; makes the result irreproducible when it strikes. @default none */
  readonly seconds?: number;
}

/** Machines of one type that serve some workloads together. */
export interface SolvedPool {
  /** The machine type's id, with `#2`, `#3` … behind it for further pools of the same type. */
  readonly id: string;
  readonly machineType: string;
  readonly count: number;
  readonly usd: number;
  /** Parts that every machine keeps, sorted. */
  readonly parts: readonly string[];
  /** Served workloads, sorted. */
  readonly workloads: readonly string[];
}

export interface Solution {
  /**
   * `optimal`: nothing is proven to cost a cent less. `within-gap`: proven to be within the asked gap. The others: a limit
   * struck first.
   */
  readonly status: 'optimal' | 'within-gap' | 'node-limit' | 'time-limit';
  /** USD a month. */
  readonly usd: number;
  /** No solution costs less than this, USD a month. */
  readonly bound: number;
  /** (usd − bound) ÷ usd. */
  readonly gap: number;
  /** Candidate of each workload, in order of the workloads' ids. */
  readonly chosen: Readonly<Record<string, string>>;
  /** What has to be deployed and is shared, in order of id. */
  readonly pools: readonly SolvedPool[];
  /** Whether ties were broken over all workloads together, or by exchanging the candidate of one workload at a time. */
  readonly ties: 'exact' | 'local';
  /** False when the wall clock had a say: another run may answer otherwise. */
  readonly reproducible: boolean;
  /** Nodes that the solver searched. */
  readonly nodes: number;
}

/** Why nothing satisfies everything. */
export type Infeasible =
  /** These workloads have no candidate that fits its machine type and its quotas, even alone. */
  | { readonly status: 'infeasible'; readonly cause: 'no-candidate'; readonly workloads: readonly string[] }
  /** Each of these can be served alone, and together they exceed quotas or numbers of machines. */
  | {
      readonly status: 'infeasible';
      readonly cause: 'limits';
      readonly workloads: readonly string[];
      /** False when a limit of the search struck before it was proven that there is no way. */
      readonly proven: boolean;
    }
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
