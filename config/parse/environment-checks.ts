import { findDevice, findQuantisation } from '../../catalog';
import type { Catalog } from '../../catalog';
import { endings, namesFile } from '../../limits/file';
import { shown } from '../../text/shown';
import type { Weights, Workload } from '../environment';
import type { EnvironmentCheck } from './check';
import type { Finding } from './problem';
import { finding, inEach, inEntries, repeated, when } from './check';
import { endpointChecks } from './endpoint-checks';
import { factChecks } from './fact-checks';
import { measuredChecks } from './measured-checks';
import { knownRegions, locationsOf } from './regions';
import { problemOfKey, problemOfModel } from './model-names';

/** Names an environment uses that do not exist, and things that overlap. */
export const environmentChecks: readonly EnvironmentCheck[] = [
  {
    id: 'workload-names',
    why: 'a workload is known by its name in the lock, the directory and the plan',
    find: ({ workloads }) =>
      repeated(inEach(workloads, ({ name }, at) => [{ key: name, at }])).map(({ key, at, first }) => ({
        path: ['workloads', at, 'name'],
        message: `must be a name that no other workload has, got '${key}', which workloads[${first}] has; rename one`,
      })),
  },
  {
    id: 'formerly',
    why: 'what is deployed for a workload that was renamed becomes that of one workload',
    find: ({ workloads }) =>
      inEach(workloads, (workload, at) =>
        finding(['workloads', at, 'formerly'], formerlyProblem(workload, workloads)),
      ),
  },
  {
    id: 'somewhere-to-go',
    why: 'a workload needs a cloud or a device to be placed on',
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
    find: ({ azure }, catalog) =>
      inEach(azure?.locations ?? [], (location, i) =>
        finding(
          ['azure', 'locations', i],
          problemOfKey(location, knownRegions(catalog, 'azure'), 'a region of azure'),
        ),
      ),
  },
  {
    id: 'locations-once',
    why: 'the first location holds the platform of a new environment, and each holds an account',
    find: ({ azure }) =>
      repeated(inEach(azure?.locations ?? [], (key, at) => [{ key, at }])).map(({ key, at, first }) => ({
        path: ['azure', 'locations', at],
        message: `must be there once, got '${key}' again after azure.locations[${first}]; remove one`,
      })),
  },
  {
    id: 'aws-region',
    why: 'regions are known by name',
    find: ({ aws }, catalog) =>
      finding(
        ['aws', 'region'],
        aws && problemOfKey(aws.region, knownRegions(catalog, 'aws'), 'a known region of aws'),
      ),
  },
  {
    id: 'device-hardware',
    why: 'memory and bandwidth decide what a device can run',
    find: ({ devices }, catalog) =>
      inEntries(devices, ({ hardware }, name) => {
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
    find: ({ devices }) =>
      inEntries(devices, ({ hardware, power }, name) =>
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
    find: ({ devices }) =>
      repeated(
        inEntries(devices, ({ connection }, at) =>
          connection ? [{ key: `${connection.host}:${connection.port}`, at }] : [],
        ),
      ).map(({ key, at, first }) => ({
        path: ['devices', at, 'connection'],
        message: `must be an address that no other device has, got ${key}, which devices.${first} has; correct one`,
      })),
  },
  {
    id: 'own-machine',
    why: 'berth up runs on one machine, which is the device without a connection',
    find: ({ devices }) =>
      repeated(
        inEntries(devices, ({ connection }, at) => (connection ? [] : [{ key: 'this machine', at }])),
      ).map(({ at, first }) => ({
        path: ['devices', at, 'connection'],
        message: `is required of all devices but the one that berth up runs on, got none of ${at} nor of ${first}; say how one of them is reached`,
      })),
  },
  {
    id: 'weights-model',
    why: 'the shape of the model decides how much memory its weights need',
    find: ({ weights }, catalog) =>
      inEntries(weights, ({ model }, name) => {
        const known = catalog.openModels.map(each => each.id);
        return finding(
          ['weights', name, 'model'],
          problemOfKey(model, known, 'an open model of the catalogue'),
        );
      }),
  },
  {
    id: 'weights-quantisation',
    why: 'the bits of a weight decide how much memory it needs, and an engine reads one format',
    find: ({ weights }, catalog) =>
      inEntries(weights, (file, name) => quantisationFindings(['weights', name], file, catalog)),
  },
  {
    id: 'weights-address',
    why: 'a machine takes a GGUF file by the ending of its name',
    find: ({ weights }) =>
      inEntries(weights, ({ format, url }, name) =>
        when(
          format === 'gguf' && URL.canParse(url) && !namesFile(new URL(url), endings.weights),
          ['weights', name, 'url'],
          `must be an https URL of a ${endings.weights} file, got '${shown(url)}'; host it under such a name`,
        ),
      ),
  },
  {
    id: 'weights-overlap',
    why: 'two files for one model and quantisation leave open which to install',
    find: ({ weights }) =>
      repeated(
        inEntries(weights, ({ model, quantisation, fineTuned }, at) =>
          fineTuned ? [] : [{ key: `${model} in ${quantisation}`, at }],
        ),
      ).map(({ key, at, first }) => ({
        path: ['weights', at],
        message: `must be the only file of ${key}, got a second one beside weights.${first}; remove one, or mark own weights fineTuned: true`,
      })),
  },
  {
    id: 'engines-overlap',
    why: 'two builds for one kind of machine leave open which to install',
    find: ({ engines }) =>
      repeated(
        inEach(engines, ({ arch, accelerator }, at) => [{ key: `${arch} with ${accelerator}`, at }]),
      ).map(({ key, at, first }) => ({
        path: ['engines', at],
        message: `must be the only build for ${key}, got a second one beside engines[${first}]; remove one`,
      })),
  },
  {
    id: 'approved-models',
    why: 'a name that matches no model would silently do nothing',
    find: ({ azure }, catalog) =>
      inEach(azure?.approvedModels ?? [], (model, i) =>
        finding(['azure', 'approvedModels', i], problemOfModel(catalog, model)),
      ),
  },
  {
    id: 'deployed-models',
    why: 'a version that matches no model would silently do nothing',
    find: ({ azure }, catalog) =>
      inEach(azure?.alreadyDeployed ?? [], ({ model, version }, i) =>
        finding(['azure', 'alreadyDeployed', i, 'model'], problemOfModel(catalog, model, version)),
      ),
  },
  {
    id: 'quota-models',
    why: 'quota of a name that matches no model would silently do nothing',
    find: ({ azure }, catalog) =>
      inEach(azure?.quotas ?? [], ({ model }, i) =>
        finding(['azure', 'quotas', i, 'model'], problemOfModel(catalog, model)),
      ),
  },
  {
    id: 'verified-models',
    why: 'measures of a name that matches no model would silently do nothing',
    find: ({ verified }, catalog) =>
      inEach(verified, ({ model }, i) => finding(['verified', i, 'model'], problemOfModel(catalog, model))),
  },
  ...measuredChecks,
  ...factChecks,
  ...endpointChecks,
  {
    id: 'publishers',
    why: 'a misspelt publisher would silently allow nothing',
    find: ({ publishers = [] }, catalog) =>
      inEach(publishers, (name, i) => finding(['publishers', i], problemOfPublisher(name, catalog))),
  },
  {
    id: 'accepted-terms',
    why: 'the terms of a misspelt publisher would silently not be accepted',
    find: ({ azure }, catalog) =>
      inEach(azure?.acceptedTerms ?? [], (terms, i) =>
        typeof terms === 'string'
          ? finding(['azure', 'acceptedTerms', i], problemOfPublisher(terms, catalog))
          : finding(['azure', 'acceptedTerms', i, 'publisher'], problemOfPublisher(terms.publisher, catalog)),
      ),
  },
  {
    id: 'licences',
    why: 'a misspelt licence would silently allow nothing',
    find: ({ licences = [] }, catalog) => {
      const known = [...new Set(catalog.openModels.map(model => model.license))].sort();
      return inEach(licences, (name, i) =>
        finding(['licences', i], problemOfKey(name, known, 'a licence of the catalogue')),
      );
    },
  },
  {
    id: 'carbon-places',
    why: 'grams of a place that is not used would silently do nothing',
    find: ({ azure, aws, devices, carbon }, catalog) => {
      const sites = Object.values(devices).map(({ site }) => site);
      const places = [...new Set([...locationsOf(azure, catalog), ...(aws ? [aws.region] : []), ...sites])];
      return Object.keys(carbon?.gramsPerKwh ?? {}).flatMap(place =>
        finding(
          ['carbon', 'gramsPerKwh', place],
          problemOfKey(place, places, 'a region of the environment or the site of a device'),
        ),
      );
    },
  },
  {
    id: 'existing-accounts',
    why: 'an account serves the location it stands in',
    find: ({ azure }, catalog) =>
      Object.keys(azure?.existing.accountIds ?? {}).flatMap(location =>
        finding(
          ['azure', 'existing', 'accountIds', location],
          problemOfKey(location, locationsOf(azure, catalog), 'a location of azure.locations'),
        ),
      ),
  },
];

function problemOfPublisher(name: string, catalog: Catalog): string | undefined {
  const makers = [...catalog.hostedModels, ...catalog.openModels].map(model => model.publisher);
  return problemOfKey(name, [...new Set(makers)].sort(), 'a publisher of the catalogue');
}

function quantisationFindings(path: Finding['path'], weights: Weights, catalog: Catalog): Finding[] {
  const { quantisation } = weights;
  const lookup = findQuantisation(catalog, quantisation);
  if (!lookup.found) return [{ path: [...path, 'quantisation'], message: lookup.problem }];
  return when(
    lookup.value.format !== weights.format,
    [...path, 'format'],
    `must be ${lookup.value.format} with quantisation ${quantisation}, got '${weights.format}'; change one`,
  );
}

function formerlyProblem(workload: Workload, workloads: readonly Workload[]): string | undefined {
  const { formerly } = workload;
  const allowed = `must be a name that no workload has any more, got '${formerly}'`;
  if (formerly === undefined) return undefined;
  if (workloads.some(({ name }) => name === formerly))
    return `${allowed}, which one has; leave formerly out, or rename that one`;
  const other = workloads.find(each => each !== workload && each.formerly === formerly);
  return other && `${allowed}, which ${other.name} had as well; leave it to one of them`;
}
