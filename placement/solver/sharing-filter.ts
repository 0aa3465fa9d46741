import { byMachineType, capacityTolerance, countAlone, typeAt, usdTolerance } from './instance';
import type { Candidate, Instance, MachineType, Rows } from './instance';

/** Another way to serve any workloads that stand in one pool, each by itself or in pools that are opened for them. */
interface Replacement {
  /** USD a month for opening those pools, at most. */
  readonly opening: number;
  /** What each workload adds to that, USD a month at most; Infinity where it has no such way. */
  readonly served: Float64Array;
}

/** Candidates of one machine type, in columns. */
interface TypeRows {
  readonly type: MachineType;
  readonly rows: Rows;
  readonly candidateOf: (row: number) => Candidate;
}

/**
 * Replacements that a type is compared with, the cheapest for its own workloads: three leave 0.1 to 0.5 % more candidates of
 * a hundred or a thousand workloads than six, and more than six no fewer.
 */
const replacementsTried = 6;
/**
 * Shares of a pool's cost that are laid on load; the rest is laid on opening it. Each gives a valid bound. Half as many leave
 * a tenth more candidates of a thousand workloads.
 */
const sharesLaid = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
/** Pools that a replacement opens at most: doubling covers all that parts could need, since more save little more. */
const binsTried = [1, 2, 4, 8];

/**
 * Candidates that may be part of a cheapest plan, by what their pools could be given up for: each workload alone, or pools
 * of another type, one for each bin of parts, in which each workload pays for the time it takes. What costs more than that,
 * whatever else stands in the pool, is in no cheapest plan, ties included.
 */
export function worthSharing(instance: Instance): Candidate[] {
  const { billed, byType } = byMachineType(instance.candidates);
  const types = [
    ...[...byType].map(([index, own]): TypeRows => {
      const type = typeAt(instance, index);
      return { type, rows: rowsOf(own, type), candidateOf: row => own[row] as Candidate };
    }),
    ...instance.tables.map((table): TypeRows => ({ ...table, type: typeAt(instance, table.type) })),
  ];
  const workloads = instance.workloads.length;
  const own = rowsOf(billed);
  const served = new Float64Array(workloads).fill(Infinity);
  lowerAlone(served, own, 0);
  const unlimited = types.filter(({ type }) => type.uses.length === 0 && type.copies >= workloads);
  unlimited.forEach(({ type, rows }) => lowerAlone(served, rows, type.usd));
  const alone: Replacement = { opening: 0, served };
  const others = unlimited.flatMap(each => poolsInstead(each, served));
  return [
    ...billed.filter((_, row) => at(own.usd, row) <= at(served, at(own.workload, row)) + usdTolerance),
    ...types.flatMap(({ type, rows, candidateOf }) => {
      let kept: readonly number[] = withoutWholeMachines(type, rows, served);
      for (const replacement of cheapestFor(rows, kept, alone, others))
        kept = notWorthReplacing(replacement, type, rows, kept);
      return kept.map(candidateOf);
    }),
  ];
}

function rowsOf(candidates: readonly Candidate[], type?: MachineType): Rows {
  const column = (of: (candidate: Candidate) => number): Float64Array => Float64Array.from(candidates, of);
  const isPlain = ({ minCount, waits }: Candidate): boolean => minCount <= 1 && !waits;
  return {
    workload: column(({ workload }) => workload),
    part: column(({ part }) => part),
    partGib: column(({ partGib }) => partGib),
    usd: column(({ usd }) => usd),
    busy: column(({ load }) => (type ? load / type.load : 0)),
    alone: column(candidate => countAlone(type, candidate)),
    free: column(({ uses }) => (uses.length === 0 ? 1 : 0)),
    plain: column(candidate => (isPlain(candidate) ? 1 : 0)),
  };
}

/** What pools of these rows could be given up for: being alone, and the cheapest of the others. */
function cheapestFor(
  rows: Rows,
  kept: readonly number[],
  alone: Replacement,
  others: readonly Replacement[],
): readonly Replacement[] {
  const own = [...new Set(kept.map(row => at(rows.workload, row)))];
  const ranked = others.map(replacement => ({
    replacement,
    usd: own.reduce((usd, workload) => usd + at(replacement.served, workload), replacement.opening),
  }));
  const best = ranked.sort((a, b) => a.usd - b.usd).slice(0, replacementsTried);
  return [alone, ...best.map(({ replacement }) => replacement)];
}

/** Who leaves a pool frees the whole machines that it kept busy, where nothing but load counts. */
function withoutWholeMachines(type: MachineType, rows: Rows, alone: Float64Array): number[] {
  const all = indicesOf(rows);
  if (type.min !== 1 || type.step !== 1 || all.some(row => at(rows.plain, row) === 0)) return all;
  return all.filter(row => {
    const freed = Math.floor(at(rows.busy, row) - capacityTolerance);
    return at(rows.usd, row) + type.usd * freed <= at(alone, at(rows.workload, row)) + usdTolerance;
  });
}

function lowerAlone(served: Float64Array, rows: Rows, usdPerCount: number): void {
  for (let row = 0; row < rows.workload.length; row++) {
    if (at(rows.free, row) === 0) continue;
    const workload = at(rows.workload, row);
    served[workload] = Math.min(at(served, workload), at(rows.usd, row) + usdPerCount * at(rows.alone, row));
  }
}

/**
 * Pools of one type for whoever is worth it there, with one pool for each bin of parts, for several numbers of bins. The
 * count of a pool is less than its load and one. A load above the largest count is shared by more pools, of which any two
 * carry more than that count.
 */
function poolsInstead({ type, rows }: TypeRows, alone: Float64Array): Replacement[] {
  if (type.min !== 1 || type.step !== 1) return [];
  const usdPerBusy = type.usd * (1 + 2 / type.max);
  const usable = indicesOf(rows).filter(row => at(rows.free, row) === 1 && at(rows.plain, row) === 1);
  const usdOf = (row: number): number => at(rows.usd, row) + usdPerBusy * at(rows.busy, row);
  const parts = partsBySaving(rows, usable, row => at(alone, at(rows.workload, row)) - usdOf(row));
  const replacements: Replacement[] = [];
  let before = 0;
  for (const most of binsTried) {
    const { bins, held } = binned(parts, type.memoryGib, most);
    if (held.size === before) break;
    before = held.size;
    const served = Float64Array.from(alone);
    for (const row of usable)
      if (held.has(at(rows.part, row))) {
        const workload = at(rows.workload, row);
        served[workload] = Math.min(at(served, workload), usdOf(row));
      }
    replacements.push({ opening: type.usd * bins, served });
  }
  return replacements;
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
  for (const row of usable) {
    const saving = savingOf(row);
    if (saving <= 0) continue;
    const part = at(rows.part, row);
    const known = parts.get(part) ?? { part, gib: 0, saving: 0 };
    known.gib = Math.max(known.gib, at(rows.partGib, row));
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
 * Rows that some pool might serve for no more than the replacement costs. A pool costs at least any mixture of its least
 * count and its load, and what else is in it can at best make up for what each of the others gains there.
 */
function notWorthReplacing(
  { opening, served }: Replacement,
  type: MachineType,
  rows: Rows,
  kept: readonly number[],
): readonly number[] {
  // Who has no other way may have to pay whatever a pool costs, and others may share it then.
  if (kept.some(row => at(served, at(rows.workload, row)) === Infinity)) return kept;
  const excess = new Float64Array(kept.length).fill(-Infinity);
  const gains = new Float64Array(served.length);
  const least = type.usd * (type.min - type.step * capacityTolerance);
  for (const share of sharesLaid) {
    const own = (row: number): number =>
      at(rows.usd, row) + share * type.usd * at(rows.busy, row) - at(served, at(rows.workload, row));
    gains.fill(0);
    let gained = 0;
    for (const row of kept) {
      const more = own(row) - at(gains, at(rows.workload, row));
      if (more >= 0) continue;
      gained += more;
      gains[at(rows.workload, row)] = own(row);
    }
    const others = (1 - share) * least - share * type.usd * type.step * capacityTolerance + gained - opening;
    kept.forEach((row, k) => {
      excess[k] = Math.max(at(excess, k), others - at(gains, at(rows.workload, row)) + own(row));
    });
  }
  return kept.filter((_, k) => at(excess, k) <= usdTolerance);
}

function indicesOf(rows: Rows): number[] {
  return Array.from({ length: rows.workload.length }, (_, row) => row);
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
