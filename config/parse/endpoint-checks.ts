import { findOpenModel } from '../../catalog';
import { trafficProblems } from '../../limits/traffic';
import { inEntries } from './check';
import type { EnvironmentCheck } from './check';

/** Settings of endpoints: each of a model that there is, with traffic that Azure takes. */
export const endpointChecks: readonly EnvironmentCheck[] = [
  {
    id: 'online-endpoints',
    why: 'settings of a model that does not exist would silently do nothing',
    find: ({ onlineEndpoints = {} }, catalog) =>
      inEntries(onlineEndpoints, (_settings, model) => {
        const lookup = findOpenModel(catalog, model);
        return lookup.found ? [] : [{ path: ['onlineEndpoints', model], message: lookup.problem }];
      }),
  },
  {
    id: 'endpoint-traffic',
    why: 'Azure sends all requests somewhere, and to deployments that exist',
    find: ({ onlineEndpoints = {} }) =>
      inEntries(onlineEndpoints, ({ deployments = {}, traffic, mirror }, model) =>
        trafficProblems({ deployments: Object.keys(deployments), traffic, mirror }).map(
          ({ key, message }) => ({
            path: ['onlineEndpoints', model, ...key],
            message,
          }),
        ),
      ),
  },
];
