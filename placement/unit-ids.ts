import { compare, firstFree } from './collections';
import { slug } from './offer';
import { venueOf } from './venues';
import type { Unit } from './venues';

/** A unit that has an id, as far as a lock could be read: the rest counts as unchanged. */
export type NamedUnit = Partial<Unit> &
  Pick<Unit, 'id' | 'venue' | 'sku' | 'location'> & {
    /** Names of the workloads on it. */
    readonly workloads: readonly string[];
    /** Id of the unit whose host name it has. @default - it has none that another could have */
    readonly host?: string;
    /** Whether it serves only until another does, so that one that stays comes before it. @default false */
    readonly goes?: boolean;
  };

/** A unit that has no id yet. */
export interface UnnamedUnit {
  /** Its id says nothing. */
  readonly unit: Unit;
  /** In the order of their names, at least one. */
  readonly workloads: readonly { readonly name: string; readonly formerly?: string | undefined }[];
}

/**
 * Ids of units. A unit keeps the id of the one that most of its workloads were on, if that one takes the change in place.
 * Any other is named after its first workload, with a number where that is the name of another unit, or the name of the
 * workload's own identity would be the unit's too.
 *
 * @param named units that have ids, whether they serve, come or go
 */
export function idsOf<U extends UnnamedUnit>(
  units: readonly U[],
  named: readonly NamedUnit[],
): ReadonlyMap<U, string> {
  const ids = keptIds(units, named);
  const used = new Set([...named.flatMap(({ id, host = id }) => [id, host]), ...ids.values()]);
  const workloads = new Set(units.flatMap(unit => unit.workloads.map(({ name }) => name)));
  const left = units.filter(unit => !ids.has(unit)).toSorted((a, b) => compare(firstName(a), firstName(b)));
  for (const unit of left) {
    const { hasIdentities } = venueOf(unit.unit);
    const isTaken = (id: string): boolean => used.has(id) || (hasIdentities && workloads.has(id));
    const id = freeId(firstName(unit), isTaken, hasIdentities ? 1 : 2);
    used.add(id);
    ids.set(unit, id);
  }
  return ids;
}

/** Those that keep an id: what stays as it is before what changes in place, and then those that share most workloads with the unit of before. */
function keptIds<U extends UnnamedUnit>(units: readonly U[], named: readonly NamedUnit[]): Map<U, string> {
  const pairs = units.flatMap(unit =>
    named
      .filter(before => keepsId(before, unit))
      .map(before => ({
        unit,
        before,
        stays: Number(before.offer === undefined || before.offer === unit.unit.offer),
        shared: sharedBy(unit, before),
      })),
  );
  const ids = new Map<U, string>();
  const taken = new Set<string>();
  for (const { unit, before } of pairs.toSorted(
    (a, b) =>
      b.stays - a.stays ||
      b.shared - a.shared ||
      Number(a.before.goes ?? false) - Number(b.before.goes ?? false) ||
      compare(a.before.id, b.before.id),
  )) {
    if (ids.has(unit) || taken.has(before.id)) continue;
    ids.set(unit, before.id);
    taken.add(before.id);
  }
  for (const unit of namesakes(ids, named)) ids.delete(unit);
  return ids;
}

/** Units that come back from where they went while another serves under the host name that they had. */
function namesakes<U>(ids: ReadonlyMap<U, string>, named: readonly NamedUnit[]): U[] {
  const kept = [...ids]
    .map(([unit, id]) => ({ unit, before: named.find(each => each.id === id) }))
    .toSorted((a, b) => Number(a.before?.goes ?? false) - Number(b.before?.goes ?? false));
  const hosts = new Set<string>();
  return kept.flatMap(({ unit, before }) => {
    const { host } = before ?? {};
    if (host === undefined) return [];
    if (hosts.has(host)) return [unit];
    hosts.add(host);
    return [];
  });
}

/** What is there once, such as a device, stays itself whomever it serves. */
function keepsId(before: NamedUnit, after: UnnamedUnit): boolean {
  const { device } = after.unit as { readonly device?: string };
  const isThere = device !== undefined || sharedBy(after, before) > 0;
  const staysWhole = sharedBy(after, before) === before.workloads.length;
  return (
    isThere && before.venue === after.unit.venue && venueOf(before).inPlace(before, after.unit, staysWhole)
  );
}

function sharedBy({ workloads }: UnnamedUnit, before: NamedUnit): number {
  return workloads.filter(
    ({ name, formerly }) =>
      before.workloads.includes(name) || (formerly !== undefined && before.workloads.includes(formerly)),
  ).length;
}

function firstName({ workloads: [first] }: UnnamedUnit): string {
  return first?.name ?? '';
}

/** Names that stacks have for something else beside their units. */
const reserved = /^(?:azapi|azurerm|deployed|flow-logs|key-vault|models|vpc|zone|workspace-.*)$/;

function freeId(workload: string, isTaken: (id: string) => boolean, first: number): string {
  const named = slug(workload);
  const own = reserved.test(named) ? `unit-${named}` : named;
  return isTaken(own) ? firstFree(number => `${own}-${number}`, isTaken, first) : own;
}
