import type { Choice, Instance, Kind } from './instance';
import { capacityTolerance, countFor, groupBy } from './instance';
import { countsAddUp } from './merging';

/** Choices of one kind that may stand in one pool together as far as memory goes: all that they keep there fits. */
export interface Setup {
  readonly kindIndex: number;
  readonly kind: Kind;
  /** Pools of it that a plan has a use for: one, where one of both counts carries what two carry. */
  readonly most: number;
  /** Those that another choice of the same workload in the setup makes superfluous are left out. By workload. */
  readonly choices: readonly Choice[];
}

/** Setups of one kind, and sizes tried for them, above which the kind gets one setup that forgets its memory. */
const mostSetups = 30_000;
const mostTried = 1_000_000;

/**
 * Setups of which every pool of a cheapest plan is a part: the largest that memory allows, or for kinds that have too many
 * of those one that allows everything, which is a relaxation. Null when a choice takes memory for itself alone.
 */
export function largestSetups(instance: Instance, choices: readonly Choice[]): Setup[] | null {
  const standing = choices.filter(choice => choice.unit >= 0);
  if (standing.some(choice => choice.memoryGib > 0)) return null;
  const workloads = instance.workloads.length;
  const byKind = [...groupBy(standing, choice => choice.unit)].sort(([a], [b]) => a - b);
  const setups = byKind.flatMap(([kindIndex, own]) => {
    const kind = instance.kinds[kindIndex];
    if (!kind) return [];
    const most = mostPools(kind, own);
    const found = setupsOf({ kindIndex, kind, most }, own);
    return found
      ? withoutBeaten(found, workloads)
      : [{ kindIndex, kind, most: Math.min(kind.copies, workloads), choices: own }];
  });
  return withoutBeaten(setups, workloads);
}

/** Pools of one setup that a plan has a use for: those more than half full, and one. */
function mostPools(kind: Kind, choices: readonly Choice[]): number {
  const byWorkload = [...groupBy(choices, choice => choice.workload).values()];
  const most = Math.min(kind.copies, byWorkload.length);
  if (choices.some(({ waits }) => waits) || !countsAddUp(kind)) return most;
  const load = byWorkload.reduce((sum, own) => sum + Math.max(...own.map(choice => choice.load)), 0);
  return countFor(kind, load) < Infinity
    ? 1
    : Math.min(most, 1 + Math.ceil((2 * load) / (kind.max * kind.load)));
}

/** A part with the sizes that its users need, largest first, and what it and all parts after it take at their largest. */
interface Sizes {
  readonly part: number;
  readonly gib: readonly number[];
  readonly fromHere: number;
}

/** The largest parts first: how much the small ones can still take tells early that a larger size would have fitted. */
function sizesOf(choices: readonly Choice[]): Sizes[] {
  const parts = [...groupBy(choices, choice => choice.part)]
    .map(([part, own]) => ({
      part,
      gib: [...new Set(own.map(({ partGib }) => partGib))].sort((a, b) => b - a),
    }))
    .sort((a, b) => (a.gib[0] ?? 0) - (b.gib[0] ?? 0) || a.part - b.part);
  let fromHere = 0;
  return parts.map(each => ({ ...each, fromHere: (fromHere += each.gib[0] ?? 0) })).reverse();
}

function setupsOf(setup: Omit<Setup, 'choices'>, choices: readonly Choice[]): Setup[] | null {
  const parts = sizesOf(choices);
  const byWorkload = [...groupBy(choices, choice => choice.workload).values()].map(own =>
    own.toSorted((a, b) => a.usd - b.usd || a.load - b.load),
  );
  const setups: Setup[] = [];
  const kept = new Map<number, number>();
  let tried = 0;

  /**
   * Tries every size of the parts from `at` on; `growth` is the least by which a part before it could be larger. False when
   * there are too many.
   */
  function keep(at: number, room: number, growth: number): boolean {
    if (++tried > mostTried) return false;
    const sizes = parts[at];
    if (growth < Infinity && room - (sizes?.fromHere ?? 0) >= growth) return true;
    if (!sizes) {
      setups.push({ ...setup, choices: byWorkload.flatMap(own => worthwhile(own.filter(isKept))) });
      return setups.length <= mostSetups;
    }
    let larger = Infinity;
    for (const gib of new Set([...sizes.gib, 0])) {
      if (gib <= room) {
        kept.set(sizes.part, gib);
        if (!keep(at + 1, room - gib, Math.min(growth, larger - gib))) return false;
      }
      larger = gib;
    }
    return true;
  }

  function isKept({ part, partGib }: Choice): boolean {
    return partGib <= (kept.get(part) ?? 0);
  }

  return keep(0, setup.kind.memoryGib * (1 + capacityTolerance), Infinity) ? setups : null;
}

/** Of one workload in one setup: only load, cost and quotas tell choices apart there. Ordered by cost, then load. */
function worthwhile(choices: readonly Choice[]): Choice[] {
  return choices.filter((choice, i) => !choices.some((other, j) => j < i && standsInFor(other, choice)));
}

/** @param scale load that one count of the first's kind carries, by that of the second's */
function standsInFor(a: Choice, b: Choice, scale = 1): boolean {
  return a.uses.length === 0 && a.usd <= b.usd && a.load <= b.load * scale && a.minCount <= b.minCount;
}

interface Tabled {
  readonly setup: Setup;
  readonly table: ReadonlyMap<number, Choice>;
}

/**
 * Drops setups that another can stand in for: a pool as dear for each count, in which everybody may stand with no more
 * load. Across kinds that asks for as many pools as there may ever be.
 */
export function withoutBeaten(setups: readonly Setup[], workloads: number): Setup[] {
  const kept: Tabled[] = [];
  for (const setup of setups.toSorted((a, b) => b.choices.length - a.choices.length || loadOf(a) - loadOf(b)))
    if (!kept.some(other => beats(other, setup, workloads)))
      kept.push({ setup, table: new Map(setup.choices.map(choice => [choice.workload, choice])) });
  return kept.map(({ setup }) => setup);
}

function beats({ setup: a, table }: Tabled, b: Setup, workloads: number): boolean {
  if (a.kindIndex !== b.kindIndex && !(a.kind.copies >= workloads && isAlike(a.kind, b.kind))) return false;
  const scale = a.kind.load / b.kind.load;
  return b.choices.every(choice => {
    const other = table.get(choice.workload);
    return other !== undefined && standsInFor(other, choice, scale);
  });
}

function isAlike(a: Kind, b: Kind): boolean {
  return (
    a.usd === b.usd &&
    a.min === b.min &&
    a.step === b.step &&
    a.max >= b.max &&
    a.machines === b.machines &&
    a.uses.length === 0 &&
    b.uses.length === 0
  );
}

function loadOf({ kind, choices }: Setup): number {
  return choices.reduce((sum, choice) => sum + choice.load, 0) / kind.load;
}
