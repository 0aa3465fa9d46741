import { capacityTolerance, usdTolerance } from './instance';
import type { Kind } from './instance';
import type { Rows } from './rows';

/** Another way to serve any workloads that stand in one pool, each by itself or in pools that are opened for them. */
export interface Alternative {
  /** USD a month for opening those pools, at most. */
  readonly opening: number;
  /** What each workload adds to that, USD a month at most; Infinity where it has no such way. */
  readonly served: Float64Array;
}

/** Offers of one kind. */
export interface KindRows {
  readonly kind: Kind;
  readonly rows: Rows;
}

/** Alternatives that a kind is compared with, the cheapest for its own workloads. */
const alternativesTried = 6;
/** Shares of a pool's cost that are laid on load; the rest is laid on opening it. Each gives a valid bound. */
const sharesLaid = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
/** Pools that an alternative opens at most. */
const binsTried = [1, 2, 4, 8];

/**
 * Offers that may be part of a cheapest plan, by what their pools could be given up for: each workload alone, or pools of
 * another kind, one for each bin of parts, in which each workload pays for the time it takes. What costs more than that
 * whatever else stands in the pool is in no cheapest plan, ties included.
 */
export class Sieve {
  private readonly alone: Alternative;
  private readonly others: readonly Alternative[];

  /**
   * @param workloads how many there are
   * @param billed offers that are billed by themselves
   */
  constructor(
    private readonly workloads: number,
    kinds: readonly KindRows[],
    billed: Rows,
  ) {
    const served = new Float64Array(workloads).fill(Infinity);
    lowerAlone(served, billed, 0);
    const unlimited = kinds.filter(({ kind }) => kind.uses.length === 0 && kind.copies >= workloads);
    unlimited.forEach(({ kind, rows }) => lowerAlone(served, rows, kind.usd));
    this.alone = { opening: 0, served };
    this.others = unlimited.flatMap(each => poolsInstead(each, served));
  }

  /** Rows that some pool of the kind might serve for no more than all in it cost otherwise. */
  worthSharing({ kind, rows }: KindRows): readonly number[] {
    let kept: readonly number[] = this.withoutWholeMachines(kind, rows);
    for (const alternative of this.insteadOf(rows, kept))
      kept = worthMoreThan(alternative, kind, rows, kept, this.workloads);
    return kept;
  }

  /** Rows billed by themselves that cost no more than the workload does alone. */
  worthTheirPrice(rows: Rows): readonly number[] {
    return indicesOf(rows).filter(i => at(rows.usd, i) <= this.aloneUsd(rows, i));
  }

  /** What pools of a kind with these rows could be given up for: being alone, and the best of the others. */
  insteadOf(rows: Rows, kept: readonly number[]): readonly Alternative[] {
    const own = [...new Set(kept.map(i => at(rows.workload, i)))];
    const ranked = this.others.map(alternative => ({
      alternative,
      usd: own.reduce((sum, workload) => sum + at(alternative.served, workload), alternative.opening),
    }));
    const best = ranked.sort((a, b) => a.usd - b.usd).slice(0, alternativesTried);
    return [this.alone, ...best.map(({ alternative }) => alternative)];
  }

  /** Who leaves a pool frees the whole machines that it kept busy, where nothing but load counts. */
  private withoutWholeMachines(kind: Kind, rows: Rows): number[] {
    const all = indicesOf(rows);
    const isLoadOnly = kind.min === 1 && kind.step === 1 && all.every(i => at(rows.plain, i) === 1);
    if (!isLoadOnly) return all;
    return all.filter(i => {
      const freed = Math.floor(at(rows.busy, i) - capacityTolerance);
      return at(rows.usd, i) + kind.usd * freed <= this.aloneUsd(rows, i);
    });
  }

  private aloneUsd(rows: Rows, i: number): number {
    return at(this.alone.served, at(rows.workload, i)) + usdTolerance;
  }
}

function lowerAlone(served: Float64Array, rows: Rows, usdPerCount: number): void {
  for (let i = 0; i < rows.workload.length; i++) {
    if (at(rows.free, i) === 0) continue;
    const workload = at(rows.workload, i);
    const usd = at(rows.usd, i) + usdPerCount * at(rows.alone, i);
    if (usd < at(served, workload)) served[workload] = usd;
  }
}

/**
 * Pools of one kind for whoever is worth it there, with one pool for each bin of parts, for several numbers of bins. The
 * count of a pool is less than its load and one. A load above the largest count is shared by more pools, of which any two
 * carry more than that count.
 */
function poolsInstead({ kind, rows }: KindRows, alone: Float64Array): Alternative[] {
  if (kind.min !== 1 || kind.step !== 1) return [];
  const usdPerBusy = kind.usd * (1 + 2 / kind.max);
  const usable = indicesOf(rows).filter(i => at(rows.free, i) === 1 && at(rows.plain, i) === 1);
  const usdOf = (i: number): number => at(rows.usd, i) + usdPerBusy * at(rows.busy, i);
  const parts = partsBySaving(rows, usable, i => at(alone, at(rows.workload, i)) - usdOf(i));
  const alternatives: Alternative[] = [];
  let before = 0;
  for (const most of binsTried) {
    const { bins, held } = binned(parts, kind.memoryGib, most);
    if (held.size === before) break;
    before = held.size;
    const served = Float64Array.from(alone);
    for (const i of usable)
      if (held.has(at(rows.part, i)))
        served[at(rows.workload, i)] = Math.min(at(served, at(rows.workload, i)), usdOf(i));
    alternatives.push({ opening: kind.usd * bins, served });
  }
  return alternatives;
}

interface NeededPart {
  readonly part: number;
  gib: number;
  saving: number;
}

/** Parts that save anything to anybody, those first that save most in all; each as large as any row needs it. */
function partsBySaving(
  rows: Rows,
  usable: readonly number[],
  savingOf: (row: number) => number,
): NeededPart[] {
  const parts = new Map<number, NeededPart>();
  for (const i of usable) {
    const saving = savingOf(i);
    if (saving <= 0) continue;
    const part = at(rows.part, i);
    const known = parts.get(part) ?? { part, gib: 0, saving: 0 };
    known.gib = Math.max(known.gib, at(rows.partGib, i));
    known.saving += saving;
    parts.set(part, known);
  }
  return [...parts.values()].sort((a, b) => b.saving - a.saving || a.part - b.part);
}

/** Puts parts into so many bins at most, and leaves out those that do not fit. */
function binned(
  parts: readonly NeededPart[],
  memoryGib: number,
  most: number,
): { readonly bins: number; readonly held: ReadonlySet<number> } {
  const used: number[] = [];
  const held = new Set<number>();
  for (const { part, gib } of parts) {
    const bin = used.findIndex(filled => filled + gib <= memoryGib);
    if (bin < 0 && (used.length >= most || gib > memoryGib)) continue;
    if (bin < 0) used.push(gib);
    else used[bin] = at(used, bin) + gib;
    held.add(part);
  }
  return { bins: used.length, held };
}

/**
 * Rows that some pool might serve for no more than the alternative costs. A pool costs at least any mixture of its least
 * count and its load, and what else is in it can at best make up for what each of the others gains there.
 */
function worthMoreThan(
  { opening, served }: Alternative,
  kind: Kind,
  rows: Rows,
  kept: readonly number[],
  workloads: number,
): readonly number[] {
  // Who has no other way may have to pay whatever a pool costs, and others may share it then.
  if (kept.some(i => at(served, at(rows.workload, i)) === Infinity)) return kept;
  const excess = new Float64Array(kept.length).fill(-Infinity);
  const gains = new Float64Array(workloads);
  const least = kind.usd * (kind.min - kind.step * capacityTolerance);
  for (const share of sharesLaid) {
    const own = (i: number): number =>
      at(rows.usd, i) + share * kind.usd * at(rows.busy, i) - at(served, at(rows.workload, i));
    gains.fill(0);
    let gained = 0;
    for (const i of kept) {
      const more = own(i) - at(gains, at(rows.workload, i));
      if (more >= 0) continue;
      gained += more;
      gains[at(rows.workload, i)] = own(i);
    }
    const others = (1 - share) * least - share * kind.usd * kind.step * capacityTolerance + gained - opening;
    kept.forEach((i, k) => {
      excess[k] = Math.max(at(excess, k), others - at(gains, at(rows.workload, i)) + own(i));
    });
  }
  return kept.filter((_, k) => at(excess, k) <= usdTolerance);
}

function indicesOf(rows: Rows): number[] {
  return Array.from({ length: rows.workload.length }, (_, i) => i);
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
