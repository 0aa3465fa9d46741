import { compare, groupBy } from '../placement/collections';
import type { Device, Environment, Workload } from './environment';
import type { Sites } from './schema/sites';

/** Sites whose devices are alike and have the same work: what is decided for one holds for all. */
export interface SiteClass {
  /** In the order of the names of their devices, at least one. */
  readonly sites: readonly string[];
  /** Names of devices: one list for each that a site has, with the like of it at each site, in the order of `sites`. */
  readonly devices: readonly (readonly string[])[];
  /** Whether a workload names these sites. */
  readonly isServed: boolean;
}

/** Sites that a workload names. @param devices among which a rule looks */
export function namedSites({ site, sites }: Pick<Workload, 'site' | 'sites'>, devices: Devices): string[] {
  if (sites !== undefined) return Array.isArray(sites) ? sites : ruledSites(sites, devices);
  return site === undefined ? [] : [site];
}

/** The classes of all sites, in the order of the names of their devices. */
export function siteClasses({
  devices,
  workloads,
  carbon,
}: Pick<Environment, 'devices' | 'workloads' | 'carbon'>): SiteClass[] {
  const atSites = groupBy(byName(devices), ([, { site }]) => site);
  const naming = workloads.flatMap(workload =>
    namedSites(workload, devices).map(site => ({ site, name: workload.name })),
  );
  const named = groupBy(naming, ({ site }) => site);
  const described = [...atSites].map(([site, there]) => {
    const sorted = there
      .map(([name, device]) => ({ name, kind: kindOf(device) }))
      .toSorted((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name));
    const work = (named.get(site) ?? []).map(({ name }) => name).sort(compare);
    const key = JSON.stringify([sorted.map(({ kind }) => kind), work, carbon?.gramsPerKwh[site] ?? null]);
    return { site, names: sorted.map(({ name }) => name), key, isServed: work.length > 0 };
  });
  return [...groupBy(described, ({ key }) => key).values()].map(alike => ({
    sites: alike.map(({ site }) => site),
    devices: (alike[0]?.names ?? []).map((_, i) => alike.flatMap(({ names }) => names[i] ?? [])),
    isServed: alike.some(({ isServed }) => isServed),
  }));
}

type Devices = Environment['devices'];

/** As the facts of a lock have them, so that both give the same parts, in whatever order an environment has its devices. */
function byName(devices: Devices): [string, Device][] {
  return Object.entries(devices).toSorted(([a], [b]) => compare(a, b));
}

/** What tells one device from another for a placement; how it is reached does not. */
function kindOf({ hardware, connected, monthlyUsd, power }: Device): string {
  return JSON.stringify([hardware, connected, monthlyUsd, power?.watts ?? null, power?.usdPerKwh ?? null]);
}

function ruledSites({ named, hardware, except }: Exclude<Sites, string[]>, devices: Devices): string[] {
  const own = byName(devices).filter(([, device]) => hardware === undefined || device.hardware === hardware);
  const sites = new Set(own.map(([, { site }]) => site));
  return [...sites].filter(site => fits(site, named) && !except.includes(site));
}

/** Whether a name is of a pattern, in which * stands for any characters. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
