import type { Choice } from './instance';
import type { Mip, Term } from './mip';
import type { Score } from './plan';

/**
 * The program of an instance. Every kind has some explicit pools and, where it may have more, a remainder that stands
 * for all further pools at once. The remainder is a relaxation: it knows how many pools there are and that their
 * memory and counts suffice in sum, but not which workload stands in which. A solution whose remainder can be packed
 * is therefore exact, and one that cannot asks for more explicit pools.
 */
export interface Formulation {
  readonly mip: Mip;
  /** Columns of all assignments. */
  readonly assignments: readonly Assignment[];
  /** What the plan's score is made of, as terms over columns. */
  readonly terms: Readonly<Record<keyof Score, readonly Term[]>>;
  readonly slots: readonly Slot[];
  /** Row by which each workload gets one choice. */
  readonly servedRows: ReadonlyMap<number, number>;
  /** Row of each quota that is drawn on. */
  readonly quotaRows: ReadonlyMap<number, number>;
  /** Row that limits the pools of each kind with more settled pools than it may open. */
  readonly poolRows: ReadonlyMap<number, number>;
  /** Row of each total, in their order. */
  readonly totalRows: readonly number[];
  /** Columns that only say what others sum up to. */
  readonly sums: readonly { readonly column: number; readonly terms: readonly Term[] }[];
}

export interface Assignment {
  readonly column: number;
  readonly choice: Choice;
  /** Number of the explicit pool; -1 in the remainder or without a unit. */
  readonly pool: number;
}

/** Columns and rows of one explicit pool, or of a kind's remainder. */
export interface Slot {
  readonly kindIndex: number;
  /** Number of the explicit pool; -1 for the remainder. */
  readonly pool: number;
  /** The only ones that may stand in it. @default all of the kind */
  readonly holds?: ReadonlySet<Choice>;
  /** Pools that it stands for at most. */
  readonly most: number;
  readonly opened: number;
  /** -1 where the count cannot grow. */
  readonly steps: number;
  /** What its count is made of. */
  readonly count: readonly Term[];
  /** By part: columns that say how many pools keep it as large as this or larger, by rising size. */
  readonly loaded: ReadonlyMap<number, readonly Level[]>;
  /** Row by which what stands beside a part fits the pools that keep it. */
  readonly besideRows: ReadonlyMap<number, number>;
  readonly loadRow: number;
  /** -1 where memory does not bind. */
  readonly memoryRow: number;
}

/** A part as large as some of its users need it. */
export interface Level {
  readonly partGib: number;
  readonly column: number;
}

/** Choices that need this many counts when they share a pool; Infinity when they cannot. */
export interface Cut {
  readonly choices: ReadonlySet<Choice>;
  readonly count: number;
}

export interface FormulationOptions {
  /** Pools of each kind that are modelled one by one. @default one where a kind has no more, else none */
  readonly explicit?: ReadonlyMap<number, number>;
  /** What explicit pools of each kind must keep besides. @default nothing */
  readonly cuts?: ReadonlyMap<number, readonly Cut[]>;
  /** Who may stand in each pool of a kind, where memory is settled beforehand. @default the program decides it */
  readonly settled?: ReadonlyMap<number, readonly Settled[]>;
  /** Limits on what kinds have together. @default none */
  readonly totals?: readonly Total[];
  /** Leave out the rows whose price a choice that is not in the program would escape. @default false */
  readonly relaxed?: boolean;
}

/** Pools whose memory is settled beforehand. */
export interface Settled {
  /** Pools that these are at most. */
  readonly most: number;
  /** Who may stand in them. */
  readonly choices: readonly Choice[];
}

/** Least and most counts of some kinds together. */
export interface Total {
  readonly kinds: ReadonlySet<number>;
  readonly least: number;
  readonly most: number;
  /** USD for each count beyond a limit. @default Infinity: none may be */
  readonly usdBeyond?: number;
}
