import type { Environment } from '../config/environment';
import { formatPath } from '../config/parse/problem';
import type { Finding } from '../config/parse/problem';
import { existingOf, keptKinds, keptOf, neededBy, wantedOf } from './platform';
import type { Azure, KeptKind, Platform } from './platform';
import { shown } from '../text/shown';
import type { Lock } from './lock';

/** How what must stay is changed after all. */
interface Ways {
  readonly environment: string;
  /** The environment's lock. */
  readonly lockFile: string;
}

/**
 * What an environment asks for that would take away what it is deployed on, under all that stands on it.
 * @param environment as its file has it
 */
export function platformProblems(
  environment: Environment,
  platform: Platform | undefined,
  ways: Ways,
): Finding[] {
  if (!platform) return [];
  const { azure } = environment;
  if (!azure)
    return [
      {
        path: ['azure'],
        message: `must stay, because ${ways.environment} is deployed in the subscription ${platform.subscriptionId}, got nothing; ${wayOf('it', ways)}`,
      },
    ];
  return [
    ...differing(['subscriptionId'], platform.subscriptionId, azure.subscriptionId, ways),
    ...locationProblems(azure, platform, ways),
    ...networkProblems(azure, platform, ways),
    ...keptKinds.flatMap(kind => keptProblems(kind, azure, platform, ways)),
  ];
}

function locationProblems({ locations }: Azure, { location }: Platform, ways: Ways): Finding[] {
  if (locations.includes(location)) return [];
  return [
    {
      path: ['azure', 'locations'],
      message: `must hold ${location}, in which ${ways.environment} is deployed, got ${locations.join(', ')}; add it, its place in the list does not matter. ${sentence(wayOf('the region', ways))}`,
    },
  ];
}

function networkProblems(azure: Azure, platform: Platform, ways: Ways): Finding[] {
  const { privateDnsZoneIds: zones = {}, ...ids } = platform.existing;
  const { privateDnsZoneIds: wantedZones = {}, ...wantedIds } = existingOf(azure);
  const space = platform.addressSpace;
  return [
    ...(space === undefined ? [] : differing(['addressSpace'], space, azure.addressSpace, ways)),
    ...keysOf(ids, wantedIds).flatMap(key => differing(['existing', key], ids[key], wantedIds[key], ways)),
    ...keysOf(zones, wantedZones).flatMap(zone =>
      differing(['existing', 'privateDnsZoneIds', zone], zones[zone], wantedZones[zone], ways),
    ),
  ];
}

/** Of what Berth made and of what was there before: no location changes from one to the other while it is kept. */
function keptProblems(kind: KeptKind, azure: Azure, platform: Platform, ways: Ways): Finding[] {
  const path = (location: string): string[] =>
    kind === 'account' ? ['existing', 'accountIds', location] : ['existing', 'machineLearningWorkspaceId'];
  return Object.entries(keptOf(platform, kind)).flatMap(([location, id]) => {
    const wanted = wantedOf(azure, kind, location);
    const letGo = `once no workload uses it, berth place ${ways.environment} --let-go ${kind}-${location} lets it go. `;
    return differing(path(location), givenId(id), givenId(wanted), ways, letGo);
  });
}

function givenId(id: string): string | undefined {
  return id === 'made' ? undefined : id;
}

function keysOf<T extends object>(a: T, b: T): (keyof T & string)[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort() as (keyof T & string)[];
}

/** ARM ids and GUIDs are the same in any case. */
function differing(
  path: readonly string[],
  deployed: string | undefined,
  given: string | undefined,
  ways: Ways,
  first = '',
): Finding[] {
  if (deployed?.toLowerCase() === given?.toLowerCase()) return [];
  const stay =
    deployed === undefined
      ? `must stay unnamed, because ${ways.environment} is deployed with its own, which Berth made`
      : `must stay ${quoted(deployed)}, with which ${ways.environment} is deployed`;
  const way = `${first}${first === '' ? wayOf('it', ways) : sentence(wayOf('it', ways))}`;
  return [
    {
      path: ['azure', ...path],
      message: `${stay}, got ${given === undefined ? 'nothing' : quoted(given)}; ${way}`,
    },
  ];
}

function wayOf(what: string, { environment, lockFile }: Ways): string {
  return `to change ${what}, deploy a second environment, move the workloads there and run: berth destroy ${environment} (if ${environment} was never deployed, delete ${lockFile} and place it again)`;
}

/** ARM ids are long, and differ in their ends. */
function quoted(text: string): string {
  return `'${shown(text, longestShown)}'`;
}

const longestShown = 300;

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What a lock says of its platform that the rest of it does not: a hand edit, since `place` writes both. */
export function platformOfLockProblems(
  { deployed: { platform }, decision: { units } }: Pick<Lock, 'deployed' | 'decision'>,
  factual: Environment,
): Finding[] {
  const { azure } = factual;
  if (!platform)
    return azure
      ? [
          {
            path: ['deployed', 'platform'],
            message: 'deployed.platform: must be there in an environment on Azure, got nothing',
          },
        ]
      : [];
  const ways = { environment: 'this environment', lockFile: 'its lock' };
  const first = azure?.locations[0];
  const { addressSpace, existing } = platform;
  return [
    ...((addressSpace === undefined) === (existing.virtualNetworkId === undefined)
      ? [
          {
            path: ['deployed', 'platform', 'addressSpace'],
            message: `deployed.platform.addressSpace: must be ${existing.virtualNetworkId === undefined ? 'there, because the network is one that Berth made' : 'left out, because the network was there before'}, got ${addressSpace ?? 'nothing'}`,
          },
        ]
      : []),
    ...platformProblems(factual, platform, ways).map(({ path }) => ({
      path: ['facts', 'environment', ...path],
      message: `facts.environment.${formatPath(path)}: must be as deployed.platform says, got otherwise`,
    })),
    ...(first === undefined || first === platform.location
      ? []
      : [
          {
            path: ['deployed', 'platform', 'location'],
            message: `deployed.platform.location: must be ${first}, the first of facts.environment.azure.locations, got ${platform.location}`,
          },
        ]),
    ...units.flatMap(unit => {
      const kind = neededBy(unit);
      if (!kind || keptOf(platform, kind)[unit.location] !== undefined) return [];
      return [
        {
          path: ['deployed', 'platform', `${kind}s`],
          message: `deployed.platform.${kind}s: must hold ${unit.location}, where unit ${unit.id} is, got none`,
        },
      ];
    }),
  ];
}
