import { unmetBy } from '../../placement/rules/venue-requirements';
import { venues } from '../../placement/venues';
import { venueNames } from '../../placement/venues/names';
import type { Environment, Workload } from '../environment';
import type { WorkloadCheck } from './check';
import type { Finding } from './problem';
import { when } from './check';
import { problemOfModel } from './model-names';
import { namesOf } from './partial-parse';
import { shown } from '../../text/shown';

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
        `must be a version together with a model, got '${shown(String(pin?.version))}' alone; add pin.model`,
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

/** Whatever the pin's model and place are: a venue that does not meet what the workload asks of it. */
function pinFindings(workload: Workload): Finding[] {
  const pinned = workload.pin?.venue;
  if (pinned === undefined) return [];
  const broken = unmetBy(venues[pinned].traits, workload);
  const left = venueNames.filter(name => unmetBy(venues[name].traits, workload).length === 0);
  return when(
    broken.length > 0,
    ['pin', 'venue'],
    `must be ${left.join(' or ') || 'absent'} when ${broken.join(' and ')}, got '${shown(pinned)}'; remove the pin or relax what it breaks`,
  );
}

function isFineTuned(weights: Environment['weights'], name: string): boolean {
  return namesOf(weights).includes(name) && weights[name]?.fineTuned === true;
}
