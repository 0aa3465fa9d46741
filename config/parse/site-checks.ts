import type { Catalog } from '../../catalog';
import { venueRequirements } from '../../placement/rules/venue-requirements';
import type { VenueRequirement } from '../../placement/rules/venue-requirements';
import { venues } from '../../placement/venues';
import type { Environment, Workload } from '../environment';
import { namedSites } from '../site-classes';
import { finding, firstCause, inEach, repeated, when } from './check';
import type { WorkloadCheck } from './check';
import { problemOfKey } from './model-names';
import type { Finding } from './problem';

/** The sites that a workload names, and whether it has to. */
export const siteChecks: readonly WorkloadCheck[] = [
  {
    id: 'site-exists',
    why: 'a site is where a device stands',
    find: ({ site }, { devices }) =>
      site === undefined ? [] : finding(['site'], problemOfKey(site, sitesIn(devices), theSite)),
  },
  {
    id: 'one-way-to-name-sites',
    why: 'a workload has one list of sites',
    find: ({ site, sites }) =>
      when(
        site !== undefined && sites !== undefined,
        ['site'],
        `must be absent beside sites, got '${site}'; add it to sites, and remove it`,
      ),
  },
  {
    id: 'sites-exist',
    why: 'a site is where a device stands, and one that is named twice would count twice',
    find: ({ sites }, { devices }) => {
      if (!Array.isArray(sites)) return [];
      const known = sitesIn(devices);
      return [
        ...inEach(sites, (site, i) => finding(['sites', i], problemOfKey(site, known, theSite))),
        ...repeated(inEach(sites, (key, at) => [{ key, at }])).map(({ key, at, first }) => ({
          path: ['sites', at],
          message: `must be there once, got '${key}' again after sites[${first}]; remove one`,
        })),
      ];
    },
  },
  {
    id: 'sites-by-rule',
    why: 'a rule that fits no site would silently serve nobody',
    find: (workload, environment, catalog) => ruleFindings(workload, environment, catalog),
  },
  {
    id: 'site-needed',
    why: 'an owned device serves only workloads that name its site',
    find: workload => {
      if (workload.site !== undefined || workload.sites !== undefined) return [];
      const needed = (asked: VenueRequirement) => onlyAtSites(asked, workload) && asked.asked(workload);
      const cause = firstCause<readonly [because: string, relaxed: string]>(
        () => causeOf(needed(venueRequirements.connectivity), 'make connectivity online'),
        () => causeOf(needed(venueRequirements.ownPremises), 'relax residency'),
        () => {
          const venue = workload.pin?.venue;
          return (
            venue !== undefined &&
            venues[venue].traits.needsSite && [`pin.venue is ${venue}`, 'remove the pin']
          );
        },
      );
      if (!cause) return [];
      const [because, relaxed] = cause;
      const message = `is required when ${because}, got nothing; name the site of a device, or ${relaxed}`;
      return [{ path: ['site'], message }];
    },
  },
];

const theSite = 'the site of a device';

function sitesIn(devices: Environment['devices']): string[] {
  return [...new Set(Object.values(devices).map(({ site }) => site))];
}

function ruleFindings({ sites }: Workload, { devices }: Environment, catalog: Catalog): Finding[] {
  if (sites === undefined || Array.isArray(sites)) return [];
  const { hardware, except } = sites;
  const known = sitesIn(devices);
  const wrong = [
    ...(hardware === undefined
      ? []
      : finding(
          ['sites', 'hardware'],
          problemOfKey(
            hardware,
            catalog.devices.map(({ id }) => id),
            'hardware of the device table',
          ),
        )),
    ...inEach(except, (site, i) => finding(['sites', 'except', i], problemOfKey(site, known, theSite))),
  ];
  if (wrong.length > 0) return wrong;
  return when(
    namedSites({ sites }, devices).length === 0,
    ['sites'],
    `must fit a site of a device, got none of ${known.length === 0 ? 'no sites' : known.slice(0, 5).join(', ')}; correct named, hardware or except`,
  );
}

/** Whether only venues that serve a site meet it. */
function onlyAtSites(asked: VenueRequirement, workload: Workload): boolean {
  return Object.values(venues).every(({ traits }) => traits.needsSite || !asked.isMet(traits, workload));
}

function causeOf(because: string | false | undefined, relaxed: string): readonly [string, string] | false {
  return typeof because === 'string' && [because, relaxed];
}
