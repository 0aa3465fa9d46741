import { createHash } from 'node:crypto';
import type { Environment } from '../config/environment';
import { compare } from '../placement/collections';
import type { Decision, Placement, Unit } from '../placement/decision';
import type { DeployedUnit } from '../placement/incumbents';
import type { NamedUnit } from '../placement/unit-ids';
import { devicesOf } from '../placement/venues/edge/to-unit';
import { devicesIn } from './devices';
import { plain } from './differences';
import { hostOf } from './host-addresses';
import type { HostAddresses } from './host-addresses';
import { sorted } from './sorted';

/** A unit that is no longer wanted, and is held as it was until its successors are known to serve. */
export interface GoingUnit {
  /** As the decision before had it. */
  readonly unit: Unit;
  /** Workloads that were on it, by the names that they have now, and what they asked for. */
  readonly placements: readonly Pick<Placement, 'workload' | 'model'>[];
  /**
   * Whether it is known to have served. Where it only came, nobody has said whether it was ever deployed: then it is
   * built only by a deploy that finds it in a state.
   */
  readonly served: boolean;
}

/** In which condition the units of a lock are. Those of its decision serve, but for those that come. */
export interface Conditions {
  /** Ids of units that were placed since somebody said what is deployed. */
  readonly coming: readonly string[];
  /** In the order of their ids. */
  readonly going: readonly GoingUnit[];
}

/** A lock that is replaced, as far as conditions go by it. */
export interface Before extends Conditions {
  /** Of units that could not be read whole, the id alone counts: they cannot be held. */
  readonly units: readonly (Unit | Pick<Unit, 'id'>)[];
  readonly placements: readonly Pick<Placement, 'workload' | 'unit' | 'model'>[];
}

/** Nothing is deployed that is not wanted. */
export const settledConditions: Conditions = { coming: [], going: [] };

/** The conditions of units that are placed for the first time, where nobody has deployed anything. */
export function firstConditions({ units }: Decision): Conditions {
  return { coming: units.map(({ id }) => id).sort(compare), going: [] };
}

/**
 * The conditions after a placement: it lets nothing go. What served and is not wanted goes, and what is wanted again
 * comes back from there.
 */
export function conditionsSince(
  before: Before,
  after: Decision,
  { workloads }: Pick<Environment, 'workloads'>,
): Conditions {
  const wanted = new Set(after.units.map(({ id }) => id));
  const served = new Set([
    ...before.units.map(({ id }) => id).filter(id => !before.coming.includes(id)),
    ...before.going.flatMap(each => (each.served ? each.unit.id : [])),
  ]);
  const names = new Map(workloads.map(({ name, formerly = name }) => [formerly, name]));
  const devices = new Set(devicesIn(after.units));
  // Devices that another unit has by now are not left: there is no second one of each.
  const goes = (unit: Unit): boolean =>
    !wanted.has(unit.id) && !('device' in unit && devicesOf(unit).every(each => devices.has(each)));
  const left = before.units.filter((unit): unit is Unit => 'offer' in unit && goes(unit));
  const going = [
    ...before.going.filter(({ unit }) => goes(unit)),
    ...left.map((unit): GoingUnit => ({
      unit,
      placements: before.placements.filter(each => each.unit === unit.id),
      served: served.has(unit.id),
    })),
  ].map(({ placements, ...each }) => ({
    ...each,
    placements: placements.map(({ workload, model }) => ({
      workload: names.get(workload) ?? workload,
      model,
    })),
  }));
  return {
    coming: [...wanted].filter(id => !served.has(id)).sort(compare),
    going: going.toSorted((a, b) => compare(a.unit.id, b.unit.id)),
  };
}

/** The units of a lock that have ids, whatever their condition. */
export function namedUnits(
  { units, placements }: Pick<Decision, 'units' | 'placements'>,
  going: readonly GoingUnit[] = [],
  hosts?: HostAddresses,
): NamedUnit[] {
  const on = (id: string): string[] =>
    placements.filter(({ unit }) => unit === id).map(({ workload }) => workload);
  return [
    ...units.map(unit => ({ ...unit, workloads: on(unit.id), host: hostOf(unit.id, hosts) })),
    ...going.map(({ unit, placements: placed }) => ({
      ...unit,
      workloads: placed.map(({ workload }) => workload),
      host: hostOf(unit.id, hosts),
      goes: true,
    })),
  ];
}

/**
 * The units of a decision, which stay where nothing speaks against it.
 * @param sizingOf what a unit was sized by, where that still holds. @default - each is sized anew
 */
export function deployedUnits(
  { units, placements }: Pick<Decision, 'units' | 'placements'>,
  sizingOf: (unit: Unit, placed: readonly Placement[]) => DeployedUnit['sizing'] = () => undefined,
): DeployedUnit[] {
  return units.map(unit => {
    const placed = placements.filter(each => each.unit === unit.id);
    return { unit, placements: placed, sizing: sizingOf(unit, placed) };
  });
}

/**
 * What stays where nothing speaks against it. Of a workload that is on its way from a unit that is known to serve to one
 * that comes, it is the former: an edit that is taken back takes nothing away then. Both are told, for it may no longer be able to stay there.
 * @param wanted the units of the lock's decision
 */
export function standingUnits(
  { coming, going }: Conditions,
  wanted: readonly DeployedUnit[],
): readonly DeployedUnit[] {
  const left = going.filter(({ served, placements }) => served && placements.length > 0);
  const on = new Set(left.flatMap(({ placements }) => placements.map(({ workload }) => workload)));
  const isOnItsWay = ({ unit, placements }: DeployedUnit): boolean =>
    coming.includes(unit.id) && placements.every(({ workload }) => on.has(workload));
  const comes = wanted.filter(isOnItsWay);
  const moving = new Set(comes.flatMap(({ placements }) => placements.map(({ workload }) => workload)));
  return [
    ...wanted.map(each => (comes.includes(each) ? { ...each, comes: true } : each)),
    ...left.flatMap(({ unit, placements }) => {
      const placed = placements.filter(({ workload }) => moving.has(workload));
      return placed.length > 0 ? [{ unit, placements: placed }] : [];
    }),
  ];
}

/** Ids of the units that serve the workloads of one that goes, once it is gone; none where nobody is left to serve. */
export function successorsOf({ placements }: GoingUnit, decision: Pick<Decision, 'placements'>): string[] {
  const ids = placements.flatMap(
    ({ workload }) => decision.placements.find(each => each.workload === workload)?.unit ?? [],
  );
  return [...new Set(ids)].sort(compare);
}

/**
 * Tells an entry that was edited from one that place wrote: what goes may be offered no more, so that nothing else can be
 * compared with it.
 */
export function sealOf({ unit, placements, served }: GoingUnit): string {
  const text = JSON.stringify(sorted(plain({ unit, placements, served })));
  return createHash('sha256').update(text).digest('hex');
}
