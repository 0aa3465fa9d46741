import { cents } from './figures';
import type { Solution } from './solver/problem';

/** How far it is proven that nothing costs less. */
export interface Optimality {
  /**
   * `optimal`: proven to the cent; older locks call large environments so at 0.01 % of the cost, and `gap` tells.
   * `within-gap`: proven to be within the gap asked for. `stays`: what is deployed stays, because moving saves too little.
   * The others: a limit of the search struck first.
   */
  readonly status: 'optimal' | 'within-gap' | 'stays' | 'node-limit' | 'time-limit';
  /** Proven that no placement costs less, USD a month. */
  readonly boundUsd: number;
  /** Share of the cost between it and the bound. */
  readonly gap: number;
  /** False when the wall clock had a say, so that another run may answer otherwise. */
  readonly reproducible: boolean;
}

/** Share of the cost that a bound may be below it in an older lock that says `optimal`, with its rounding. */
const shareProven = 1.001e-4;

/**
 * What is proven to the cent has no gap.
 * @param solution the cheapest one
 * @param monthlyUsd of what was decided
 * @param stays whether that is another, in which what is deployed stays
 */
export function optimalityOf(
  { status: proven, usd: cost, bound, reproducible }: Solution,
  monthlyUsd: number,
  stays: boolean,
): Optimality {
  const costsMore = stays && monthlyUsd - cost >= 0.01;
  const status = costsMore && proven !== 'time-limit' ? 'stays' : proven;
  const isExact = !costsMore && status === 'optimal' && cost - bound < 0.01;
  const boundUsd = isExact ? monthlyUsd : Math.min(cents(bound), monthlyUsd);
  return { status, boundUsd, gap: gapOf(monthlyUsd, boundUsd), reproducible };
}

/** Share of the cost between it and the bound, to three digits. */
export function gapOf(monthlyUsd: number, boundUsd: number): number {
  return monthlyUsd > 0 ? Number(((monthlyUsd - boundUsd) / monthlyUsd).toPrecision(3)) : 0;
}

/** Whether a lock may call a cost of so many units, each rounded to a cent, optimal. */
export function mayBeOptimal(monthlyUsd: number, boundUsd: number, units: number): boolean {
  return monthlyUsd - boundUsd <= Math.max(0.01, shareProven * monthlyUsd) + 0.01 * units;
}
