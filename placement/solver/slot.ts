import type { Mip, Term } from './highs';
import { sum } from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import { Pool } from './plan';
import type { Plan } from './plan';

/** A pool that a plan may open: of one type, in one pattern. */
export interface Slot {
  readonly typeIndex: number;
  readonly type: MachineType;
  /** All of them fit one machine together. */
  readonly candidates: readonly Candidate[];
}

/** Candidates that need this many counts when they share a pool; Infinity when they cannot. */
export interface Cut {
  readonly typeIndex: number;
  readonly candidates: ReadonlySet<Candidate>;
  readonly count: number;
}

/** Counts in a solution's values. */
export function countIn(count: readonly Term[], values: ArrayLike<number>): number {
  return sum(count, ([column, counts]) => counts * (values[column] ?? 0));
}

/** The pools of a plan as slots, so that a program can start from it. */
export function slotsOfPools({ pools }: Plan): Slot[] {
  return pools.map(({ typeIndex, type, candidates }) => ({ typeIndex, type, candidates: [...candidates] }));
}

export function quotaScale({ quotas }: Instance, quota: number): number {
  return quotas[quota] || 1;
}

/**
 * Limits what columns take of each quota, in shares of its limit, so that large and small ones are as exact.
 * @param used terms by quota
 * @returns the row of each quota that anything takes of
 */
export function limitQuotas(
  mip: Mip,
  instance: Instance,
  used: readonly (readonly Term[])[],
): Map<number, number> {
  const rows = new Map<number, number>();
  used.forEach((terms, quota) => {
    const scale = quotaScale(instance, quota);
    const scaled = terms.map(([column, amount]): Term => [column, amount / scale]);
    const limit = (instance.quotas[quota] ?? 0) / scale;
    if (terms.length > 0) rows.set(quota, mip.row(-Infinity, scaled, limit));
  });
  return rows;
}

/** The fewest candidates of a pool, dropped one by one, that still need more than was reckoned. */
export function cutOf({ typeIndex, type, candidates }: Pool, reckoned: number): Cut {
  const needs = (some: readonly Candidate[]): number => new Pool(typeIndex, type, some).count;
  let needing = [...candidates];
  for (const candidate of candidates) {
    const fewer = needing.filter(other => other !== candidate);
    if (needs(fewer) > reckoned) needing = fewer;
  }
  return { typeIndex, candidates: new Set(needing), count: needs(needing) };
}

export function negated(terms: readonly Term[]): Term[] {
  return terms.map(([column, value]) => [column, -value]);
}
