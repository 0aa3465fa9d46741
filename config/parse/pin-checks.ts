import type { Environment, Workload } from '../environment';
import type { Finding, WorkloadCheck } from './check';
import { when } from './check';
import { problemOfModel } from './model-names';
import { namesOf } from './sound-parts';

/** A pin names what exists, and agrees with what the workload itself asks for. */
export const pinChecks: readonly WorkloadCheck[] = [
  {
    id: 'pin-exists',
    why: 'a pin names what the catalogue knows',
    find: ({ pin }, environment, catalog) => {
      if (pin?.model === undefined) return [];
      const problem = problemOfModel(catalog, pin.model, pin.version);
      if (problem === undefined || isFineTuned(environment.weights, pin.model)) return [];
      return [{ path: ['pin', 'model'], message: problem }];
    },
  },
  {
    id: 'pin-version',
    why: 'a version is of a model',
    find: ({ pin }) =>
      when(
        pin?.version !== undefined && pin.model === undefined,
        ['pin', 'version'],
        `must be a version together with a model, got '${pin?.version}' alone; add pin.model`,
      ),
  },
  {
    id: 'pin-measured',
    why: 'measures are of a model',
    find: ({ pin }) =>
      when(
        pin?.measured !== undefined && pin.model === undefined,
        ['pin', 'measured'],
        'must be measures together with a model, got them alone; add pin.model',
      ),
  },
  {
    id: 'pin-agrees',
    why: 'a pin that breaks the workload’s own requirement is an error, never an exception',
    find: workload => pinFindings(workload),
  },
];

/** Which venues a requirement leaves, and how it is written. */
function venuesLeft(workload: Workload): { readonly because: string; readonly venues: readonly string[] }[] {
  const { residency, tenancy, operations, connectivity, weights } = workload;
  return [
    ...(residency === 'own-network' ? [{ because: 'residency is own-network', venues: ['vm', 'edge'] }] : []),
    ...(residency === 'on-premises' || residency === 'device'
      ? [{ because: `residency is ${residency}`, venues: ['edge'] }]
      : []),
    ...(tenancy === 'dedicated'
      ? [{ because: 'tenancy is dedicated', venues: ['catalog', 'vm', 'edge'] }]
      : []),
    ...(operations === 'provider-managed'
      ? [{ because: 'operations is provider-managed', venues: ['hosted', 'catalog'] }]
      : []),
    ...(connectivity === 'offline' ? [{ because: 'connectivity is offline', venues: ['edge'] }] : []),
    ...(weights !== undefined ? [{ because: 'it runs on own weights', venues: ['vm', 'edge'] }] : []),
    ...(workload.task === 'image-generation'
      ? [{ because: 'task is image-generation', venues: ['hosted'] }]
      : []),
  ];
}

function pinFindings(workload: Workload): Finding[] {
  const venue = workload.pin?.venue;
  if (venue === undefined) return [];
  const limits = venuesLeft(workload);
  const broken = limits.filter(({ venues }) => !venues.includes(venue));
  const left = ['hosted', 'catalog', 'vm', 'edge'].filter(each =>
    limits.every(({ venues }) => venues.includes(each)),
  );
  const because = broken.map(each => each.because).join(' and ');
  return when(
    broken.length > 0,
    ['pin', 'venue'],
    `must be ${left.join(' or ') || 'absent'} when ${because}, got '${venue}'; remove the pin or relax what it breaks`,
  );
}

function isFineTuned(weights: Environment['weights'], name: string): boolean {
  return namesOf(weights).includes(name) && weights[name]?.fineTuned === true;
}
