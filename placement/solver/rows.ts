/**
 * Offers in columns, one row for each: of one unit, or all that are billed by themselves. Numbers alone, so that a million
 * of them cost little. Every row fits its unit and its quotas when it is alone.
 */
export interface Rows {
  /** Index of the workload, in each row. */
  readonly workload: ArrayLike<number>;
  /** Index of the part; -1 for none. */
  readonly part: ArrayLike<number>;
  readonly partGib: ArrayLike<number>;
  /** What it costs by itself, USD a month. */
  readonly usd: ArrayLike<number>;
  /** Counts of the unit that it keeps busy, a fraction; 0 where it is billed by itself. */
  readonly busy: ArrayLike<number>;
  /** Counts of the unit when it is alone there, at least; 0 where it is billed by itself. */
  readonly alone: ArrayLike<number>;
  /** 1 where it draws on no quota that could run out. */
  readonly free: ArrayLike<number>;
  /** 1 where load alone says how many counts it needs beside others like it. */
  readonly plain: ArrayLike<number>;
}
