import { isFeasible } from './candidate';
import type { Assignment, UnitSize } from './candidate';
import type { Choice } from './evaluate';
import { groupBy } from './group-by';
import { slug } from './offer';
import type { Offer } from './offer';
import type { Setting } from './setting';
import { sizeUnit } from './size';
import { venueOf } from './venues';
import type { Unit } from './venues';

/** A unit with the workloads that it serves and how it was sized. */
export interface SizedUnit {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly members: readonly Choice[];
}

/** One unit for each list of choices that share one, in the order of their ids. */
export function unitsOf(pools: readonly (readonly Choice[])[], setting: Setting): SizedUnit[] {
  const ordered = pools.map(pool => pool.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1)));
  return [...groupBy(ordered, baseIdOf).values()]
    .flatMap(alike => withIds(alike))
    .map(({ id, members }) => {
      const assignments = members.map(({ workload, evaluation: { offer } }) => ({ workload, offer }));
      const size = sizeUnit(assignments, setting);
      if (!isFeasible(size))
        throw new Error(`${id} does not carry what was placed on it, which is a fault in the placement`);
      return {
        unit: unitOf(id, assignments, size),
        size,
        members,
      };
    })
    .toSorted((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

function firstOf([first]: readonly Choice[]): Choice {
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  return first;
}

function baseIdOf(members: readonly Choice[]): string {
  return firstOf(members).evaluation.offer.identity.unitId;
}

/**
 * Separate pools of one SKU are told apart by the first workload that each serves, so that a pool that comes or goes
 * renames no other; only the first of them has the bare id.
 */
function withIds(alike: readonly (readonly Choice[])[]) {
  const firstName = (members: readonly Choice[]): string => firstOf(members).workload.name;
  return alike
    .toSorted((a, b) => (firstName(a) < firstName(b) ? -1 : 1))
    .map((members, i) => {
      const id = baseIdOf(members);
      return { id: i === 0 ? id : `${id}-${slug(firstName(members))}`, members };
    });
}

/**
 * The unit that serves these workloads at this size. Everything in it comes from the offers and the size, except the id.
 * @param assignments in the order of the workloads' names; their offers have the same unit key
 */
export function unitOf(id: string, assignments: readonly Assignment[], size: UnitSize): Unit {
  const [first] = assignments;
  if (!first) throw new Error('a unit without workloads is asked for, which is a fault in the placement');
  return venueOf(first.offer).toUnit(id, assignments, size);
}

/** Whether a unit of the offer may have the id: the bare one, or the one of a further pool. */
export function fitsId({ identity: { unitId } }: Offer, id: string): boolean {
  return id === unitId || id.startsWith(`${unitId}-`);
}
