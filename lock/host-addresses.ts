import type { Decision, Unit } from '../placement/decision';
import { compare } from '../placement/collections';
import { venueOf } from '../placement/venues';

/** By id of a unit of machines, the unit whose host name, key and certificate it has: that of which it took the place. */
export type HostAddresses = Readonly<Record<string, string>>;

/** The unit whose host name a unit of machines has: its own, where it took the place of none. */
export function hostOf(unit: string, hosts: HostAddresses = {}): string {
  return Object.hasOwn(hosts, unit) ? (hosts[unit] ?? unit) : unit;
}

/** Of the units that are still there. Undefined where none of them took the place of another. */
export function hostsOfUnits(hosts: HostAddresses = {}, ids: readonly string[]): HostAddresses | undefined {
  const left = Object.entries(hosts).filter(([id]) => ids.includes(id));
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

/** What goes, as far as names go by it. */
interface Gone {
  readonly unit: Unit;
  readonly placements: readonly { readonly workload: string }[];
}

interface Since {
  /** Ids of the units of the decision before. */
  readonly left: ReadonlySet<string>;
  /** Ids of the units that went before. */
  readonly went: ReadonlySet<string>;
  readonly decision: Pick<Decision, 'units' | 'placements'>;
  readonly going: readonly Gone[];
}

/**
 * Host names once units are placed. Machines that go hand theirs on to the new ones that serve most of their workloads, so that
 * callers find those under the address that they know.
 */
export function hostAddressesSince(
  recorded: HostAddresses | undefined,
  { left, went, decision, going }: Since,
): HostAddresses {
  const isKnown = (id: string): boolean => left.has(id) || went.has(id);
  const ids = [...decision.units, ...going.map(({ unit }) => unit)].map(({ id }) => id);
  const before = hostsOfUnits(recorded, ids.filter(isKnown)) ?? {};
  const hosts = new Map(Object.entries(before));
  const answers = new Set(decision.units.map(({ id }) => hostOf(id, before)));
  // What stands under a name keeps it.
  const fresh = decision.units.filter(unit => isHost(unit) && !isKnown(unit.id));
  // Callers know the last place.
  const last = going.toSorted((a, b) => Number(left.has(b.unit.id)) - Number(left.has(a.unit.id)));
  for (const gone of last.filter(({ unit }) => isHost(unit))) {
    const host = hostOf(gone.unit.id, before);
    if (answers.has(host)) continue;
    const next = successorOf(
      gone,
      fresh.filter(unit => !hosts.has(unit.id) && unit.provider === gone.unit.provider),
      decision,
    );
    if (next === undefined) continue;
    hosts.set(next, host);
    answers.add(host);
  }
  return Object.fromEntries([...hosts].sort(([a], [b]) => compare(a, b)));
}

/** The unit on which most of the workloads are. */
function successorOf(
  { placements }: Gone,
  units: readonly Unit[],
  decision: Since['decision'],
): string | undefined {
  const went = placements.map(({ workload }) => workload);
  const shared = ({ id }: Unit): number =>
    decision.placements.filter(({ workload, unit }) => unit === id && went.includes(workload)).length;
  const [next] = units
    .filter(unit => shared(unit) > 0)
    .toSorted((a, b) => shared(b) - shared(a) || compare(a.id, b.id));
  return next?.id;
}

/** A name, its key and its certificate are in the cloud of the machines. */
function isHost(unit: Unit): boolean {
  return venueOf(unit).hasIdentities && unit.provider !== 'own';
}
