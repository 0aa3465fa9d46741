import { compare, groupBy } from '../collections';
import type { MachineTypeInput } from './problem';

/** USD a month below which two costs count as equal. */
export const usdTolerance = 0.005;
/** Share of a capacity, of memory, load or quota, that counts as rounding; above the solver's own 1e-7. */
export const capacityTolerance = 1e-6;

/** A candidate with indices for ids and ranks for ties: lower is better, 0 is the best of its workload. */
export interface Candidate {
  readonly id: string;
  readonly workload: number;
  readonly usd: number;
  /** Index of the machine type; -1 when billed by itself. */
  readonly type: number;
  /** Index of the part; -1 for none. */
  readonly part: number;
  readonly partGib: number;
  readonly load: number;
  readonly minCount: number;
  /** Whether the type's `countOf` must be asked of the pools that it stands in. */
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

export interface MachineType {
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
  readonly countOf?: MachineTypeInput['countOf'];
}

/**
 * Candidates in columns, one row for each: of one machine type, or all that are billed by themselves. Numbers alone, so that
 * a million of them cost little. Every row fits its type and its quotas when it is alone.
 */
export interface Rows {
  /** Index of the workload, in each row. */
  readonly workload: ArrayLike<number>;
  /** Index of the part; -1 for none. */
  readonly part: ArrayLike<number>;
  readonly partGib: ArrayLike<number>;
  /** What it costs by itself, USD a month. */
  readonly usd: ArrayLike<number>;
  /** Counts of the type that it keeps busy, a fraction; 0 where it is billed by itself. */
  readonly busy: ArrayLike<number>;
  /** Counts of the type when it is alone there, at least; 0 where it is billed by itself. */
  readonly alone: ArrayLike<number>;
  /** 1 where it draws on no quota that could run out. */
  readonly free: ArrayLike<number>;
  /** 1 where load alone says how many counts it needs beside others like it. */
  readonly plain: ArrayLike<number>;
}

/** All candidates of one machine type that fit it alone, in columns. */
export interface CandidateTable {
  readonly type: number;
  readonly rows: Rows;
  readonly candidateOf: (row: number) => Candidate;
}

/** The problem with everything sorted by id, so that the order of the input is forgotten. */
export interface Instance {
  readonly workloads: readonly string[];
  readonly candidates: readonly Candidate[];
  /** More candidates, which are made only where they may pay off. */
  readonly tables: readonly CandidateTable[];
  readonly types: readonly MachineType[];
  readonly parts: readonly string[];
  /** Limits by quota. */
  readonly quotas: readonly number[];
}

/** Smallest count of a type, `least` or more, that carries a load; Infinity when none does. */
export function countFor(type: MachineType, load: number, least = 1): number {
  const steps = Math.ceil((Math.max(load / type.load, least) - type.min) / type.step - capacityTolerance);
  const count = type.min + Math.max(0, steps) * type.step;
  return count <= type.max ? count : Infinity;
}

/** Smallest count of a type that the load does not tell. */
export function waitingCount(type: MachineType, candidates: readonly Candidate[]): number {
  if (!type.countOf) return 0;
  return countFor(type, 0, type.countOf(candidates.map(({ id }) => id)));
}

/** Count of a candidate that shares with nobody; 0 when it is billed by itself, Infinity when it does not fit. */
export function countAlone(type: MachineType | undefined, candidate: Candidate): number {
  if (!type) return 0;
  return Math.max(countFor(type, candidate.load, candidate.minCount), waitingCount(type, [candidate]));
}

export function typeAt({ types }: Instance, index: number): MachineType {
  const type = types[index];
  if (!type) throw new RangeError(`machine type ${index} is not in the instance`);
  return type;
}

/** Those that are billed by themselves, and the others by the index of their machine type. */
export function byMachineType(candidates: readonly Candidate[]): {
  readonly billed: readonly Candidate[];
  readonly byType: ReadonlyMap<number, readonly Candidate[]>;
} {
  const byType = groupBy(candidates, ({ type }) => type);
  const billed = byType.get(-1) ?? [];
  byType.delete(-1);
  return { billed, byType };
}

export function byWorkloadAndId(a: Candidate, b: Candidate): number {
  return a.workload - b.workload || compare(a.id, b.id);
}

export function sum<T>(values: Iterable<T>, of: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}
