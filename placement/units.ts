import { isFeasible } from './candidate';
import type { Assignment, UnitSize } from './candidate';
import type { Choice } from './evaluate';
import type { Setting } from './setting';
import { sizeUnit } from './size';
import { idsOf } from './unit-ids';
import type { NamedUnit, Pool } from './unit-ids';
import { venueOf } from './venues';
import type { Unit } from './venues';

/** A unit with the workloads that it serves and how it was sized. */
export interface SizedUnit {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly members: readonly Choice[];
}

/**
 * One unit for each list of choices that share one, in the order of their ids.
 * @param named units that are deployed, whose ids are kept
 */
export function unitsOf(
  pools: readonly (readonly Choice[])[],
  setting: Setting,
  named: readonly NamedUnit[] = [],
): SizedUnit[] {
  const ordered = pools.map(pool => pool.toSorted((a, b) => (a.workload.name < b.workload.name ? -1 : 1)));
  const membersOf = new Map(ordered.map(members => [poolOf(members), members]));
  return [...idsOf([...membersOf.keys()], named)]
    .map(([pool, id]) => sizedUnit(id, membersOf.get(pool) ?? [], setting))
    .toSorted((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

function poolOf(members: readonly Choice[]): Pool {
  const [first] = members;
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  return { offer: first.evaluation.offer, workloads: members.map(({ workload }) => workload.name) };
}

function sizedUnit(id: string, members: readonly Choice[], setting: Setting): SizedUnit {
  const assignments = members.map(({ workload, evaluation: { offer } }) => ({ workload, offer }));
  const size = sizeUnit(assignments, setting);
  if (!isFeasible(size))
    throw new Error(`${id} does not carry what was placed on it, which is a fault in the placement`);
  return { unit: unitOf(id, assignments, size), size, members };
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
