import type { MachineUnit, Unit } from './decision';
import { slug } from './offer';
import type { Offer } from './offer';

/** A unit that is deployed under its id, as a lock tells of it. */
export interface NamedUnit extends Pick<Unit, 'id' | 'venue' | 'sku' | 'location'> {
  /** @default - on demand */
  readonly billing?: MachineUnit['billing'];
  /** Names of the workloads on it. */
  readonly workloads: readonly string[];
}

/** Workloads that share a unit which has no id yet. */
export interface UnnamedUnit {
  readonly offer: Offer;
  /** In the order of their names, at least one. */
  readonly workloads: readonly string[];
}

/**
 * Ids of units. A unit keeps the id of the one that most of its workloads were on, if that was of the same kind: what is
 * deployed is known by it. Of the others the first by name has the bare id, if that is free, and each further one is told
 * apart by its first workload.
 *
 * @param named what is deployed
 */
export function idsOf(
  units: readonly UnnamedUnit[],
  named: readonly NamedUnit[],
): ReadonlyMap<UnnamedUnit, string> {
  const ids = keptIds(units, named);
  const used = new Set(ids.values());
  const left = units
    .filter(unit => !ids.has(unit))
    .toSorted((a, b) => ((a.workloads[0] ?? '') < (b.workloads[0] ?? '') ? -1 : 1));
  for (const unit of left) {
    const id = freeId(unit, used);
    used.add(id);
    ids.set(unit, id);
  }
  return ids;
}

/** Those that keep an id, those that share most workloads with the unit of before first. */
function keptIds(units: readonly UnnamedUnit[], named: readonly NamedUnit[]): Map<UnnamedUnit, string> {
  const pairs = units.flatMap(unit =>
    named
      .filter(before => isOfKind(unit.offer, before))
      .map(before => ({ unit, id: before.id, shared: sharedBy(unit, before) })),
  );
  const ids = new Map<UnnamedUnit, string>();
  const taken = new Set<string>();
  for (const { unit, id, shared } of pairs.toSorted(
    (a, b) => b.shared - a.shared || (a.id < b.id ? -1 : 1),
  )) {
    if (shared === 0 || ids.has(unit) || taken.has(id)) continue;
    ids.set(unit, id);
    taken.add(id);
  }
  return ids;
}

function sharedBy({ workloads }: UnnamedUnit, before: NamedUnit): number {
  return workloads.filter(name => before.workloads.includes(name)).length;
}

function isOfKind(offer: Offer, { id, venue, sku, location, billing }: NamedUnit): boolean {
  return (
    offer.venue === venue &&
    offer.sku === sku &&
    offer.location === location &&
    billingKindOf(offer) === billing &&
    fitsId(offer, id)
  );
}

function billingKindOf({ identity: { billing } }: Offer): NamedUnit['billing'] {
  if (billing === '') return undefined;
  return billing === 'spot' ? 'spot' : 'scheduled';
}

/** Whether a unit of the offer may have the id: the bare one, or the one of a further unit of its kind. */
export function fitsId({ identity: { unitId } }: Offer, id: string): boolean {
  return id === unitId || id.startsWith(`${unitId}-`);
}

function freeId({ offer, workloads: [first = ''] }: UnnamedUnit, used: ReadonlySet<string>): string {
  const bare = offer.identity.unitId;
  if (!used.has(bare)) return bare;
  const own = `${bare}-${slug(first)}`;
  for (let number = 1; ; number++) {
    const id = number === 1 ? own : `${own}-${number}`;
    if (!used.has(id)) return id;
  }
}
