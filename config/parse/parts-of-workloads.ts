import { firstFree } from '../../placement/collections';
import type { Environment, Workload } from '../environment';
import { namedSites, siteClasses } from '../site-classes';
import type { SiteClass } from '../site-classes';

/** Longest name of a workload. */
const longest = 32;

/**
 * The environment with each workload of many sites as one part for each class of sites, so that nothing is decided
 * twice. The part of the first site has the name of the workload; the others have it with a number. What is one part
 * already stays as it is, as in the facts of a lock.
 */
export function withParts(environment: Environment): Environment {
  const { workloads, devices } = environment;
  if (workloads.every(({ sites }) => sites === undefined)) return environment;
  const classes = siteClasses(environment);
  const taken = new Set(workloads.map(({ name }) => name));
  const parts = workloads.flatMap(workload => {
    if (workload.sites === undefined) return [workload];
    const named = namedSites(workload, devices);
    const own = named.flatMap(site => classes.find(({ sites }) => sites.includes(site)) ?? []);
    return [...new Set(own)].map((each, i) => partOf(workload, each, i + 1, taken));
  });
  return { ...environment, workloads: parts };
}

function partOf(workload: Workload, { sites }: SiteClass, number: number, taken: Set<string>): Workload {
  if (number === 1) return { ...workload, sites: [...sites] };
  const named = (each: number): string => {
    const ending = `-${each}`;
    return `${workload.name.slice(0, longest - ending.length).replace(/-+$/, '')}${ending}`;
  };
  const name = firstFree(named, each => taken.has(each), number);
  taken.add(name);
  return {
    ...workload,
    formerly: undefined,
    name,
    sites: [...sites],
    partOf: workload.partOf ?? workload.name,
  };
}
