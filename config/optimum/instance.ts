import type { Offer, Problem, SharedUnit } from './problem';

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

/** The problem with everything sorted by id, so that the order of the input is forgotten. */
export interface Instance {
  readonly workloads: readonly string[];
  readonly choices: readonly Choice[];
  readonly kinds: readonly Kind[];
  readonly parts: readonly string[];
  /** Limits by quota. */
  readonly quotas: readonly number[];
  readonly quotaIds: readonly string[];
}

/** Sorts the problem and turns ids into indices and tie values into ranks. */
export function instanceOf(problem: Problem): Instance {
  const workloads = [...problem.workloads].sort(compare);
  const units = [...problem.units].sort((a, b) => compare(a.id, b.id));
  const quotas = [...problem.quotas].sort((a, b) => compare(a.id, b.id));
  const offers = [...problem.offers].sort((a, b) => compare(a.id, b.id));
  const parts = [...new Set(offers.flatMap(offer => (offer.part ? [offer.part.id] : [])))].sort(compare);
  const indices: Indices = {
    workload: indexOf(workloads),
    unit: indexOf(units.map(unit => unit.id)),
    part: indexOf(parts),
    quota: indexOf(quotas.map(quota => quota.id)),
  };
  return {
    workloads,
    choices: choicesOf(offers, indices),
    kinds: units.map(unit => kindOf(unit, indices)),
    parts,
    quotas: quotas.map(quota => quota.limit),
    quotaIds: quotas.map(quota => quota.id),
  };
}

interface Indices {
  readonly workload: ReadonlyMap<string, number>;
  readonly unit: ReadonlyMap<string, number>;
  readonly part: ReadonlyMap<string, number>;
  readonly quota: ReadonlyMap<string, number>;
}

function choicesOf(offers: readonly Offer[], indices: Indices): Choice[] {
  const byWorkload = groupBy(offers, offer => offer.workload);
  const choices = [...byWorkload.values()].flatMap(own => {
    const quality = ranks(own, (a, b) => (b.quality ?? -Infinity) - (a.quality ?? -Infinity) || 0);
    const retirement = ranks(own, (a, b) => compare(b.retirement ?? '9999', a.retirement ?? '9999'));
    const name = ranks(own, (a, b) => compare(a.name ?? a.id, b.name ?? b.id));
    return own.map((offer, i) => ({
      id: offer.id,
      workload: find(indices.workload, offer.workload),
      usd: offer.usd,
      unit: offer.unit === undefined ? -1 : find(indices.unit, offer.unit),
      part: offer.part ? find(indices.part, offer.part.id) : -1,
      partGib: offer.part?.memoryGib ?? 0,
      memoryGib: offer.memoryGib ?? 0,
      load: offer.load ?? 0,
      minCount: offer.minCount ?? 1,
      uses: usesOf(offer.uses, indices),
      qualityRank: quality[i] as number,
      retirementRank: retirement[i] as number,
      nameRank: name[i] as number,
    }));
  });
  return choices.sort((a, b) => a.workload - b.workload || compare(a.id, b.id));
}

function kindOf(unit: SharedUnit, indices: Indices): Kind {
  const { minCount: min = 1, increment: step = 1 } = unit;
  return {
    id: unit.id,
    usd: unit.usdPerCount,
    memoryGib: unit.memoryGib ?? Infinity,
    load: unit.loadPerCount,
    min,
    step,
    max: min + Math.floor((unit.maxCount - min) / step) * step,
    copies: unit.copies ?? 1,
    machines: unit.machinesPerCount ?? 1,
    uses: usesOf(unit.usesPerCount, indices),
    countOf: unit.countOf,
  };
}

function usesOf(uses: Offer['uses'], indices: Indices): Use[] {
  return (uses ?? [])
    .filter(use => use.amount > 0)
    .map(use => ({ quota: find(indices.quota, use.quota), amount: use.amount }));
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

/** Dense ranks: equals share one. */
function ranks<T>(values: readonly T[], order: (a: T, b: T) => number): number[] {
  const sorted = values.map((_, i) => i).sort((a, b) => order(values[a] as T, values[b] as T));
  const ranked = new Array<number>(values.length).fill(0);
  let rank = 0;
  sorted.forEach((index, i) => {
    const before = sorted[i - 1];
    if (before !== undefined && order(values[before] as T, values[index] as T) !== 0) rank++;
    ranked[index] = rank;
  });
  return ranked;
}

function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}

function find(indices: ReadonlyMap<string, number>, id: string): number {
  const index = indices.get(id);
  if (index === undefined)
    throw new RangeError(`an offer or unit names ${id}, which the problem does not contain`);
  return index;
}
