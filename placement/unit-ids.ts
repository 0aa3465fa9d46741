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

/** Workloads that share a unit. */
export interface Pool {
  readonly offer: Offer;
  /** In the order of their names, at least one. */
  readonly workloads: readonly string[];
}

/**
 * Ids of units. A pool keeps the id of the unit that most of its workloads were on, if that was of the same kind: what is
 * deployed is known by it. Of the others the first by name has the bare id, if that is free, and each further one is told
 * apart by its first workload.
 *
 * @param named what is deployed
 */
export function idsOf(pools: readonly Pool[], named: readonly NamedUnit[]): ReadonlyMap<Pool, string> {
  const ids = keptIds(pools, named);
  const used = new Set(ids.values());
  const left = pools
    .filter(pool => !ids.has(pool))
    .toSorted((a, b) => ((a.workloads[0] ?? '') < (b.workloads[0] ?? '') ? -1 : 1));
  for (const pool of left) {
    const id = freeId(pool, used);
    used.add(id);
    ids.set(pool, id);
  }
  return ids;
}

/** The pools that keep an id, those that share most workloads with the unit of before first. */
function keptIds(pools: readonly Pool[], named: readonly NamedUnit[]): Map<Pool, string> {
  const pairs = pools.flatMap(pool =>
    named
      .filter(unit => isOfKind(pool.offer, unit))
      .map(unit => ({ pool, id: unit.id, shared: sharedBy(pool, unit) })),
  );
  const ids = new Map<Pool, string>();
  const taken = new Set<string>();
  for (const { pool, id, shared } of pairs.toSorted(
    (a, b) => b.shared - a.shared || (a.id < b.id ? -1 : 1),
  )) {
    if (shared === 0 || ids.has(pool) || taken.has(id)) continue;
    ids.set(pool, id);
    taken.add(id);
  }
  return ids;
}

function sharedBy({ workloads }: Pool, unit: NamedUnit): number {
  return workloads.filter(name => unit.workloads.includes(name)).length;
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

/** Whether a unit of the offer may have the id: the bare one, or the one of a further pool. */
export function fitsId({ identity: { unitId } }: Offer, id: string): boolean {
  return id === unitId || id.startsWith(`${unitId}-`);
}

function freeId({ offer, workloads: [first = ''] }: Pool, used: ReadonlySet<string>): string {
  const bare = offer.identity.unitId;
  if (!used.has(bare)) return bare;
  const own = `${bare}-${slug(first)}`;
  for (let number = 1; ; number++) {
    const id = number === 1 ? own : `${own}-${number}`;
    if (!used.has(id)) return id;
  }
}
