import type { SharedUnit } from './problem';
import type { Rows } from './rows';

/** USD a month below which two costs count as equal. */
export const usdTolerance = 0.005;
/** Share of a capacity, of memory, load or quota, that counts as rounding; above the solver's own 1e-7. */
export const capacityTolerance = 1e-6;

/** An offer with indices for ids and ranks for ties: lower is better, 0 is the best of its workload. */
export interface Choice {
  readonly id: string;
  readonly workload: number;
  readonly usd: number;
  /** Index of the unit; -1 when billed by itself. */
  readonly unit: number;
  /** Index of the part within the instance; -1 for none. */
  readonly part: number;
  readonly partGib: number;
  readonly memoryGib: number;
  readonly load: number;
  readonly minCount: number;
  /** Whether the kind's `countOf` must be asked of the pools that it stands in. */
  readonly waits: boolean;
  readonly uses: readonly Use[];
  readonly qualityRank: number;
  readonly retirementRank: number;
  readonly nameRank: number;
}

export interface Use {
  readonly quota: number;
  readonly amount: number;
}

export interface Kind {
  readonly id: string;
  readonly usd: number;
  /** Infinity where memory does not bind. */
  readonly memoryGib: number;
  readonly load: number;
  readonly min: number;
  readonly step: number;
  /** Largest count that `min` and `step` reach. */
  readonly max: number;
  readonly copies: number;
  readonly machines: number;
  readonly uses: readonly Use[];
  /** What the load does not tell; undefined where it tells all. */
  readonly countOf?: SharedUnit['countOf'];
}

/** All choices of one kind that fit it alone, in columns. */
export interface ChoiceTable {
  readonly kindIndex: number;
  readonly rows: Rows;
  readonly choiceOf: (row: number) => Choice;
}

/** The problem with everything sorted by id, so that the order of the input is forgotten. */
export interface Instance {
  readonly workloads: readonly string[];
  readonly choices: readonly Choice[];
  /** More choices, which are made only where they may pay off. */
  readonly tables: readonly ChoiceTable[];
  readonly kinds: readonly Kind[];
  readonly parts: readonly string[];
  /** Limits by quota. */
  readonly quotas: readonly number[];
  readonly quotaIds: readonly string[];
}

/** Smallest count of a kind, `least` or more, that carries a load; Infinity when none does. */
export function countFor(kind: Kind, load: number, least = 1): number {
  const steps = Math.ceil((Math.max(load / kind.load, least) - kind.min) / kind.step - capacityTolerance);
  const count = kind.min + Math.max(0, steps) * kind.step;
  return count <= kind.max ? count : Infinity;
}

/** Compares by code units, which no locale changes. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
