import { findDevice, findQuantisation } from '../catalog';
import type { Catalog } from '../catalog';
import type { EnvironmentCheck, Finding } from './check';
import { when } from './check';
import { problemOfKey, problemOfModel } from './model-names';

/** Names an environment uses that do not exist, and things that overlap. */
export const environmentChecks: readonly EnvironmentCheck[] = [
  {
    id: 'workload-names',
    why: 'a workload is known by its name in the lock, the directory and the plan',
    reads: [],
    find: ({ workloads }) =>
      repeated(workloads.map(each => each.name)).map(({ key, index, first }) => ({
        path: ['workloads', index, 'name'],
        message: `must be a name that no other workload has, got '${key}', which workloads[${first}] has; rename one`,
      })),
  },
  {
    id: 'somewhere-to-go',
    why: 'a workload needs a cloud or a device to be placed on',
    reads: ['azure', 'aws', 'devices'],
    find: ({ azure, aws, devices }) =>
      when(
        !azure && !aws && Object.keys(devices).length === 0,
        [],
        'at least one of azure, aws and devices is required, got none; add one',
      ),
  },
  {
    id: 'locations',
    why: 'regions are known by name, with their data zone',
    reads: ['azure'],
    find: ({ azure }, catalog) => locationFindings(azure?.locations ?? [], catalog),
  },
  {
    id: 'aws-region',
    why: 'regions are known by name',
    reads: ['aws'],
    find: ({ aws }, catalog) => {
      const known = catalog.regions.filter(region => region.cloud === 'aws').map(region => region.name);
      return finding(['aws', 'region'], aws && problemOfKey(aws.region, known, 'a known region of aws'));
    },
  },
  {
    id: 'device-hardware',
    why: 'memory and bandwidth decide what a device can run',
    reads: ['devices'],
    find: ({ devices }, catalog) =>
      Object.entries(devices).flatMap(([name, { hardware }]) => {
        const lookup = typeof hardware === 'string' ? findDevice(catalog, hardware) : undefined;
        if (!lookup || lookup.found) return [];
        return [
          {
            path: ['devices', name, 'hardware'],
            message: `${lookup.problem}; name one of them, or give memoryGib, memoryBandwidthGbs, runsOn and arch`,
          },
        ];
      }),
  },
  {
    id: 'device-power',
    why: 'power is watts times hours times a price, and the table knows no other hardware',
    reads: ['devices'],
    find: ({ devices }) =>
      Object.entries(devices).flatMap(([name, { hardware, power }]) =>
        when(
          power !== undefined && power.watts === undefined && typeof hardware !== 'string',
          ['devices', name, 'power', 'watts'],
          'is required when hardware is given by measures, got nothing; say what it draws on average',
        ),
      ),
  },
  {
    id: 'device-addresses',
    why: 'two devices at one address are one device',
    reads: ['devices'],
    find: ({ devices }) => {
      const entries = Object.entries(devices);
      return repeated(entries.map(([, { connection }]) => `${connection.host}:${connection.port}`)).map(
        ({ key, index, first }) => ({
          path: ['devices', entries[index]?.[0] ?? '', 'connection'],
          message: `must be an address that no other device has, got ${key}, which devices.${entries[first]?.[0] ?? ''} has; correct one`,
        }),
      );
    },
  },
  {
    id: 'weights-known',
    why: 'the shape of the model decides how much memory its weights need',
    reads: ['weights'],
    find: ({ weights }, catalog) =>
      Object.entries(weights).flatMap(([name, { model, quantisation, format }]) => [
        ...finding(
          ['weights', name, 'model'],
          problemOfKey(
            model,
            catalog.openModels.map(each => each.id),
            'an open model of the catalogue',
          ),
        ),
        ...quantisationFindings(['weights', name], quantisation, format, catalog),
      ]),
  },
  {
    id: 'weights-overlap',
    why: 'two files for one model and quantisation leave open which to install',
    reads: ['weights'],
    find: ({ weights }) => {
      const shared = Object.entries(weights).filter(([, { fineTuned }]) => !fineTuned);
      return repeated(shared.map(([, { model, quantisation }]) => `${model} in ${quantisation}`)).map(
        ({ key, index, first }) => ({
          path: ['weights', shared[index]?.[0] ?? ''],
          message: `must be the only file of ${key}, got a second one beside weights.${shared[first]?.[0] ?? ''}; remove one, or mark own weights fineTuned: true`,
        }),
      );
    },
  },
  {
    id: 'engines-overlap',
    why: 'two builds for one kind of machine leave open which to install',
    reads: ['engines'],
    find: ({ engines }) =>
      repeated(engines.map(({ arch, accelerator }) => `${arch} with ${accelerator}`)).map(
        ({ key, index, first }) => ({
          path: ['engines', index],
          message: `must be the only build for ${key}, got a second one beside engines[${first}]; remove one`,
        }),
      ),
  },
  {
    id: 'model-lists',
    why: 'a name that matches no model would silently do nothing',
    reads: ['azure', 'verified'],
    find: ({ azure, verified }, catalog) => [
      ...(azure?.approvedModels ?? []).flatMap((model, i) =>
        finding(['azure', 'approvedModels', i], problemOfModel(catalog, model)),
      ),
      ...(azure?.alreadyDeployed ?? []).flatMap(({ model, version }, i) =>
        finding(['azure', 'alreadyDeployed', i, 'model'], problemOfModel(catalog, model, version)),
      ),
      ...(azure?.quotas ?? []).flatMap(({ model }, i) =>
        finding(['azure', 'quotas', i, 'model'], problemOfModel(catalog, model)),
      ),
      ...verified.flatMap(({ model }, i) =>
        finding(['verified', i, 'model'], problemOfModel(catalog, model)),
      ),
    ],
  },
  {
    id: 'allow-lists',
    why: 'a misspelt publisher or licence would silently allow nothing',
    reads: ['publishers', 'licences', 'azure'],
    find: ({ publishers, licences, azure }, catalog) => {
      const makers = [
        ...new Set([...catalog.hostedModels, ...catalog.openModels].map(model => model.publisher)),
      ].sort();
      const terms = [...new Set(catalog.openModels.map(model => model.license))].sort();
      return [
        ...(publishers ?? []).flatMap((name, i) =>
          finding(['publishers', i], problemOfKey(name, makers, 'a publisher of the catalogue')),
        ),
        ...(azure?.acceptedTerms ?? []).flatMap((name, i) =>
          finding(['azure', 'acceptedTerms', i], problemOfKey(name, makers, 'a publisher of the catalogue')),
        ),
        ...(licences ?? []).flatMap((name, i) =>
          finding(['licences', i], problemOfKey(name, terms, 'a licence of the catalogue')),
        ),
      ];
    },
  },
  {
    id: 'existing-accounts',
    why: 'an account serves the location it stands in',
    reads: ['azure'],
    find: ({ azure }) =>
      Object.keys(azure?.existing.accountIds ?? {}).flatMap(location =>
        finding(
          ['azure', 'existing', 'accountIds', location],
          problemOfKey(location, azure?.locations ?? [], 'a location of azure.locations'),
        ),
      ),
  },
];

function finding(path: Finding['path'], message: string | undefined): Finding[] {
  return message === undefined ? [] : [{ path, message }];
}

function locationFindings(locations: readonly string[], catalog: Catalog): Finding[] {
  const known = catalog.regions.filter(region => region.cloud === 'azure').map(region => region.name);
  return [
    ...locations.flatMap((location, i) =>
      finding(['azure', 'locations', i], problemOfKey(location, known, 'a region of azure')),
    ),
    ...repeated(locations).map(({ key, index, first }) => ({
      path: ['azure', 'locations', index],
      message: `must be there once, got '${key}' again after azure.locations[${first}]; remove one`,
    })),
  ];
}

function quantisationFindings(
  path: Finding['path'],
  name: string,
  format: string,
  catalog: Catalog,
): Finding[] {
  const lookup = findQuantisation(catalog, name);
  if (!lookup.found) return [{ path: [...path, 'quantisation'], message: lookup.problem }];
  return when(
    lookup.value.format !== format,
    [...path, 'format'],
    `must be ${lookup.value.format} with quantisation ${name}, got '${format}'; change one`,
  );
}

interface Repetition {
  readonly key: string;
  readonly index: number;
  readonly first: number;
}

/** Every entry that stands earlier in the list already. */
function repeated(keys: readonly string[]): Repetition[] {
  return keys
    .map((key, index) => ({ key, index, first: keys.indexOf(key) }))
    .filter(({ index, first }) => first < index);
}
