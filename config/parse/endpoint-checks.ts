import { findHostedModel, findOpenModel } from '../../catalog';
import type { Catalog } from '../../catalog';
import { trafficProblems } from '../../limits/traffic';
import { shown } from '../../text/shown';
import type { Environment, HostedRollout } from '../environment';
import { inEntries, when } from './check';
import type { EnvironmentCheck } from './check';
import type { Finding } from './problem';

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
    id: 'endpoint-instances',
    why: 'the fewest are no more than the most',
    find: ({ onlineEndpoints = {} }) =>
      inEntries(onlineEndpoints, ({ autoscale }, model) => {
        const fewest = [
          [['minimumInstances'], autoscale?.minimumInstances],
          [['hours', 'minimumInstances'], autoscale?.hours?.minimumInstances],
        ] as const;
        const most = autoscale?.maximumInstances ?? Infinity;
        return fewest.flatMap(([key, count]) =>
          when(
            count !== undefined && count > most,
            ['onlineEndpoints', model, 'autoscale', ...key],
            `must be at most maximumInstances, ${most}, got ${count}; change one of them`,
          ),
        );
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
  {
    id: 'hosted-deployments',
    why: 'a deployment beside another is made, and then asked, under its own name',
    find: ({ hostedDeployments = {}, workloads }, catalog) =>
      inEntries(hostedDeployments, ({ deployments }, placed) =>
        inEntries(deployments, (beside, name) =>
          besideProblems(name, beside, workloads, catalog).map(({ key, message }) => ({
            path: ['hostedDeployments', placed, 'deployments', name, ...key],
            message,
          })),
        ),
      ),
  },
  {
    id: 'hosted-traffic',
    why: 'callers ask a deployment that exists, and vectors of two models cannot be compared',
    find: ({ hostedDeployments = {} }, catalog) =>
      inEntries(hostedDeployments, (rollout, placed) => [
        ...trafficProblems({
          deployments: Object.keys(rollout.deployments),
          traffic: rollout.traffic,
        }).map(({ key, message }) => ({ path: ['hostedDeployments', placed, ...key], message })),
        ...mixedVectors(rollout, catalog, ['hostedDeployments', placed, 'traffic']),
      ]),
  },
];

type Beside = HostedRollout['deployments'][string];

function besideProblems(
  name: string,
  { model, version, format }: Beside,
  workloads: Environment['workloads'],
  catalog: Catalog,
): { readonly key: readonly string[]; readonly message: string }[] {
  const lookup = findHostedModel(catalog, model, version);
  const isTaken = workloads.some(workload => workload.name === name);
  return [
    ...(isTaken
      ? [{ key: [], message: `must have another name than a workload, got '${shown(name)}'; rename it` }]
      : []),
    ...(lookup.found ? [] : [{ key: ['model'], message: lookup.problem }]),
    ...(lookup.found && lookup.value.format !== format
      ? [
          {
            key: ['format'],
            message: `must be ${lookup.value.format}, which is the publisher of ${model}, got '${shown(format)}'; correct it`,
          },
        ]
      : []),
  ];
}

/** Who compares vectors needs all of them from one model. */
function mixedVectors(
  { deployments, traffic = {} }: HostedRollout,
  catalog: Catalog,
  path: Finding['path'],
): Finding[] {
  const embeds = Object.values(deployments).some(({ model, version }) => {
    const lookup = findHostedModel(catalog, model, version);
    return lookup.found && lookup.value.kind === 'embedding';
  });
  const shared = Object.values(traffic).filter(share => share > 0);
  return when(
    embeds && shared.length > 1,
    path,
    `must be 100 of one deployment where it embeds, since vectors of two models cannot be compared, got ${shared.join(' and ')}; make the index anew by the other deployment, and then give that 100`,
  );
}
