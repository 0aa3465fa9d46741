import { groupBy } from '../collections';
import { sum } from './instance';
import type { Candidate, Instance } from './instance';
import type { Plan } from './plan';

/** Least and most counts of some types together. */
export interface Total {
  readonly types: ReadonlySet<number>;
  readonly least: number;
  readonly most: number;
}

/** Totals of types whose machines cost as much, and anything at all, and are counted one by one; the dearest first. */
export function totalsOf({ types }: Instance, candidates: readonly Candidate[]): Total[] {
  const used = [...new Set(candidates.map(({ type }) => type))].filter(index => {
    const type = types[index];
    return type !== undefined && type.usd > 0 && type.min === 1 && type.step === 1 && type.max > 1;
  });
  return [...groupBy(used, index => types[index]?.usd ?? 0)]
    .sort(([a], [b]) => b - a)
    .map(([, own]) => ({ types: new Set(own), least: 0, most: Infinity }));
}

/** Splits the first total that a relaxed optimum does not count in whole numbers; nothing where it counts all so. */
export function splitBy(totals: readonly Total[], counts: readonly number[]): (readonly Total[])[] {
  // What linear solvers call a whole number.
  const broken = counts.findIndex(count => Math.abs(count - Math.round(count)) > 1e-5);
  const total = totals[broken];
  if (!total) return [];
  const below = Math.floor(counts[broken] ?? 0);
  return [
    totals.with(broken, { ...total, most: below }),
    totals.with(broken, { ...total, least: below + 1 }),
  ];
}

export function keepsTotals({ pools }: Plan, totals: readonly Total[]): boolean {
  return totals.every(({ types, least, most }) => {
    const count = sum(pools, pool => (types.has(pool.typeIndex) ? pool.count : 0));
    return least <= count && count <= most;
  });
}
