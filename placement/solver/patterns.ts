import { dominates, withoutDominated } from '../dominance';
import type { Dimension } from '../dominance';
import { groupBy } from '../collections';
import { byMachineType, capacityTolerance, countFor, sum, typeAt } from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import type { Slot } from './slot';

/** Which parts a machine keeps, and how large: GiB by part. All that it allows fits together. */
export type Pattern = ReadonlyMap<number, number>;

/** Steps of the enumeration for one type, above which it has too many patterns: about a second. */
const mostTried = 1_000_000;

type Dimensions = readonly Dimension<Candidate>[];

/** What tells candidates of one workload apart, in one slot or in slots of machines that cost as much: memory is settled. */
function dimensionsOf({ types }: Instance, withTies: boolean): Dimensions {
  const needs: Dimensions = [
    { id: 'usd', better: 'less', of: ({ usd }) => usd },
    { id: 'load', better: 'less', of: ({ load, type }) => load / (types[type]?.load ?? 1) },
    { id: 'least count', better: 'less', of: ({ minCount }) => minCount },
  ];
  return withTies ? [...needs, ...ties] : needs;
}

const ties: Dimensions = [
  { id: 'quality', better: 'less', of: ({ qualityRank }) => qualityRank },
  { id: 'retirement', better: 'less', of: ({ retirementRank }) => retirementRank },
  { id: 'name', better: 'less', of: ({ nameRank }) => nameRank },
];

/** What tells machines apart of which one may stand in for the other. */
const machine: readonly Dimension<MachineType>[] = [
  { id: 'usd', better: 'less', of: ({ usd }) => usd },
  { id: 'machines', better: 'less', of: ({ machines }) => machines },
  { id: 'least count', better: 'same', of: ({ min }) => min },
  { id: 'step', better: 'same', of: ({ step }) => step },
  { id: 'largest count', better: 'more', of: ({ max }) => max },
];

/** Slots that a program may be made of. */
interface Slots {
  readonly slots: readonly Slot[];
  /** Those that stand in none. */
  readonly billed: readonly Candidate[];
  /**
   * Of types that have too many patterns: what keeps every part, whatever it takes. With these, nothing that could be part of a
   * plan is missing, and some of it fits no machine. Without them, every pool of a best plan fills one of the slots.
   */
  readonly unlisted: readonly Slot[];
}

/** The pattern that these fill. */
export function patternOf(candidates: Iterable<Candidate>): Pattern {
  const pattern = new Map<number, number>();
  for (const { part, partGib } of candidates) pattern.set(part, Math.max(pattern.get(part) ?? 0, partGib));
  return pattern;
}

/** Whether a machine in this pattern keeps all that the candidate needs. */
export function keeps(pattern: Pattern, { part, partGib }: Candidate): boolean {
  return partGib <= (pattern.get(part) ?? -1);
}

/**
 * Slots of each type's largest patterns, each as often as a plan has a use for; null where a program over them would have
 * more columns than are asked for.
 * @param withTies keeps what is as good by cost and better by a tie
 */
export function slotsOf(
  instance: Instance,
  candidates: readonly Candidate[],
  { withTies, mostColumns }: { readonly withTies: boolean; readonly mostColumns: number },
): Slots | null {
  const dimensions = dimensionsOf(instance, withTies);
  const { billed, byType } = byMachineType(candidates);
  const roomy: Slot[] = [];
  const slots = [...byType].flatMap(([typeIndex, own]) => {
    const type = typeAt(instance, typeIndex);
    const best = bestPattern(type, own, dimensions);
    const patterns = best ? [best] : largestPatterns(type, own);
    if (!patterns) roomy.push(slotOf(typeIndex, type, patternOf(own), own, dimensions));
    return (patterns ?? []).map(pattern => slotOf(typeIndex, type, pattern, own, dimensions));
  });
  const left = withoutContained(slots, instance.workloads.length, dimensions, mostColumns);
  if (!left) return null;
  const opened = left.flatMap(opening);
  const unlisted = roomy.flatMap(opening);
  return columnsOf([...opened, ...unlisted]) <= mostColumns ? { slots: opened, unlisted, billed } : null;
}

/** A slot as often as a plan has a use for. */
function opening(slot: Slot): Slot[] {
  return Array.from({ length: poolsWorthOpening(slot.type, slot.candidates) }, () => slot);
}

/** Columns of a program over these slots, nearly. */
export function columnsOf(slots: readonly Slot[]): number {
  return sum(slots, ({ candidates }) => candidates.length + 1);
}

function slotOf(
  typeIndex: number,
  type: MachineType,
  pattern: Pattern,
  candidates: readonly Candidate[],
  dimensions: Dimensions,
): Slot {
  const kept = candidates.filter(candidate => keeps(pattern, candidate));
  // What `countOf` says of one says nothing of another.
  if (type.countOf) return { typeIndex, type, candidates: kept };
  const own = [...groupBy(kept, ({ workload }) => workload).values()].flatMap(alike =>
    withoutDominated(alike, dimensions, (a, b) => isTakenBefore(a, b, dimensions)),
  );
  return { typeIndex, type, candidates: own };
}

function isTakenBefore(a: Candidate, b: Candidate, dimensions: Dimensions): boolean {
  return a.uses.length === 0 && (a.id < b.id || !dominates(b, a, dimensions));
}

/**
 * Drops slots of which another can serve everybody as well, for no more. Each is compared with each, of which there can be
 * tens of thousands: null as soon as those that stay have too many candidates.
 */
function withoutContained(
  slots: readonly Slot[],
  workloads: number,
  dimensions: Dimensions,
  mostCandidates: number,
): Slot[] | null {
  let stay = 0;
  const kept: { readonly slot: Slot; readonly byWorkload: ReadonlyMap<number, readonly Candidate[]> }[] = [];
  const loadOf = ({ candidates, type }: Slot): number => sum(candidates, ({ load }) => load / type.load);
  const largestFirst = slots.toSorted(
    (a, b) => b.candidates.length - a.candidates.length || loadOf(a) - loadOf(b),
  );
  for (const slot of largestFirst) {
    const isContained = kept.some(
      ({ slot: other, byWorkload }) =>
        standsInFor(other, slot, workloads) &&
        slot.candidates.every(candidate =>
          byWorkload
            .get(candidate.workload)
            ?.some(
              each =>
                each === candidate || (each.uses.length === 0 && dominates(each, candidate, dimensions)),
            ),
        ),
    );
    if (isContained) continue;
    stay += slot.candidates.length;
    if (stay > mostCandidates) return null;
    kept.push({ slot, byWorkload: groupBy(slot.candidates, ({ workload }) => workload) });
  }
  return kept.map(({ slot }) => slot);
}

/** Whether pools of one may be pools of the other, as far as their machines go. */
function standsInFor(
  { type: a, typeIndex }: Slot,
  { type: b, typeIndex: other }: Slot,
  workloads: number,
): boolean {
  if (a.countOf || b.countOf) return false;
  if (typeIndex === other) return true;
  return a.copies >= workloads && a.uses.length === 0 && b.uses.length === 0 && dominates(a, b, machine);
}

/** Pools of one pattern that a plan has a use for: one, where one of both counts carries what two carry. */
function poolsWorthOpening(type: MachineType, candidates: readonly Candidate[]): number {
  const byWorkload = [...groupBy(candidates, ({ workload }) => workload).values()];
  const most = Math.min(type.copies, byWorkload.length);
  const addUp = type.min % type.step === 0;
  if (candidates.some(({ waits }) => waits) || !addUp) return most;
  const load = sum(byWorkload, own => Math.max(...own.map(candidate => candidate.load)));
  if (countFor(type, load) < Infinity) return Math.min(most, 1);
  // All but one are more than half full, or two of them would be one.
  return Math.min(most, 1 + Math.ceil((2 * load) / (type.max * type.load)));
}

/** Sizes that users of a part need, largest first, and what it and all parts after it take at their largest. */
interface Sizes {
  readonly part: number;
  readonly gib: readonly number[];
  readonly fromHere: number;
}

/** The largest parts first: how much the small ones can still take tells early that a larger size would have fitted. */
function sizesOf(candidates: readonly Candidate[]): Sizes[] {
  const parts = [...groupBy(candidates, ({ part }) => part)]
    .map(([part, own]) => ({
      part,
      gib: [...new Set(own.map(({ partGib }) => partGib))].sort((a, b) => b - a),
    }))
    .sort((a, b) => (a.gib[0] ?? 0) - (b.gib[0] ?? 0) || a.part - b.part);
  let fromHere = 0;
  return parts.map(each => ({ ...each, fromHere: (fromHere += each.gib[0] ?? 0) })).reverse();
}

/**
 * The one pattern that is best for everybody: each workload has a candidate that dominates its others, and all of these fit
 * one machine together. Null where there is none.
 */
function bestPattern(
  type: MachineType,
  candidates: readonly Candidate[],
  dimensions: Dimensions,
): Pattern | null {
  if (type.countOf) return null;
  const best = [...groupBy(candidates, ({ workload }) => workload).values()].map(own =>
    own.reduce((a, b) => (dominates(b, a, dimensions) ? b : a)),
  );
  const isBest = (each: Candidate): boolean =>
    best.some(a => a.workload === each.workload && a.uses.length === 0 && dominates(a, each, dimensions));
  const pattern = patternOf(best);
  const fits = sum(pattern.values(), gib => Math.max(0, gib)) <= type.memoryGib * (1 + capacityTolerance);
  return fits && candidates.every(isBest) ? pattern : null;
}

/** All patterns in which nothing could be larger; null when it takes too long to tell. */
function largestPatterns(type: MachineType, candidates: readonly Candidate[]): Pattern[] | null {
  const sizes = sizesOf(candidates);
  const patterns: Pattern[] = [];
  const kept = new Map<number, number>();
  let tried = 0;

  /** Tries every size of the parts from `at` on; `growth` is the least by which a part before it could be larger. */
  function keep(at: number, room: number, growth: number): boolean {
    if (++tried > mostTried) return false;
    const own = sizes[at];
    if (growth < Infinity && room - (own?.fromHere ?? 0) >= growth) return true;
    if (!own) {
      patterns.push(new Map([...kept].filter(([, gib]) => gib >= 0)));
      return true;
    }
    let larger = Infinity;
    for (const gib of [...own.gib, -1]) {
      const taken = Math.max(0, gib);
      if (taken <= room) {
        kept.set(own.part, gib);
        if (!keep(at + 1, room - taken, Math.min(growth, larger - taken))) return false;
      }
      larger = taken;
    }
    return true;
  }

  return keep(0, type.memoryGib * (1 + capacityTolerance), Infinity) ? patterns : null;
}
