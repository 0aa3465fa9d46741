import { z } from 'zod';
import type { Environment } from '../config/environment';
import { addressSpace, armId, azureLocation } from '../config/schema/basics';
import { existingSchema } from '../config/schema/platform';
import { networkLocation } from '../limits/network';
import type { Unit } from '../placement/decision';

const made = 'made';
const madeOr = (type: string) => z.union([z.literal(made), armId(type)]);

/**
 * What an environment stands on in Azure. It is fixed when the environment is placed for the first time: what is deployed
 * stands in it, under its names.
 */
export const platformSchema = z.strictObject({
  subscriptionId: z.guid(),
  /** Of resource group, network, vault, log workspace, identities and machines. */
  location: azureLocation,
  /** Of the network that Berth makes; absent where there is another. */
  addressSpace: addressSpace.optional(),
  /** What was there before; what is absent is made. */
  existing: existingSchema.omit({ accountIds: true, machineLearningWorkspaceId: true }),
  /** Location to the account there: made by Berth, or its ARM id. They stay when nobody uses them, until they are let go. */
  accounts: z.record(azureLocation, madeOr('Microsoft.CognitiveServices/accounts')),
  /** Location to the Machine Learning workspace there, in the same way. */
  workspaces: z.record(azureLocation, madeOr('Microsoft.MachineLearningServices/workspaces')),
});

/** What an environment stands on in Azure. */
export type Platform = z.output<typeof platformSchema>;

export type Azure = NonNullable<Environment['azure']>;

/** What stands in a location for as long as a unit needs it, and until it is let go. */
export const keptKinds = ['account', 'workspace'] as const;
export type KeptKind = (typeof keptKinds)[number];

/** Where the things of a kind are. */
export function keptOf(platform: Platform, kind: KeptKind): Platform['accounts'] {
  return kind === 'account' ? platform.accounts : platform.workspaces;
}

/** What a unit needs in its location. */
export function neededBy(unit: Unit): KeptKind | undefined {
  if ('assetId' in unit) return 'workspace';
  return 'capacity' in unit || 'template' in unit ? 'account' : undefined;
}

/** What an environment stands on when it is placed for the first time, or what it stood on before there was such a record. */
export function firstPlatform(azure: Azure): Platform {
  const { subscriptionId, addressSpace } = azure;
  const location = networkLocation(azure);
  const existing = existingOf(azure);
  return {
    subscriptionId,
    location,
    ...(existing.virtualNetworkId === undefined ? { addressSpace } : {}),
    existing,
    accounts: {},
    workspaces: {},
  };
}

/** A platform with what units need: what is recorded stays, and what Berth made stays without a need. */
export function withNeeds(platform: Platform, azure: Azure, units: readonly Unit[]): Platform {
  const kept = (kind: KeptKind): Platform['accounts'] => {
    const needed = units.filter(unit => neededBy(unit) === kind).map(({ location }) => location);
    const recorded = Object.entries(keptOf(platform, kind));
    return Object.fromEntries([
      ...needed.map(location => [location, wantedOf(azure, kind, location)]),
      ...recorded.filter(([location, id]) => id === made || needed.includes(location)),
    ]);
  };
  return { ...platform, accounts: kept('account'), workspaces: kept('workspace') };
}

/** What the environment says of an account or a workspace in a location. */
export function wantedOf({ existing }: Azure, kind: KeptKind, location: string): string {
  const id = kind === 'account' ? existing.accountIds?.[location] : existing.machineLearningWorkspaceId;
  return id ?? made;
}

/** What of `existing` is used: a network only with its subnets, and zones only with a network. */
export function existingOf({ existing }: Azure): Platform['existing'] {
  const { logAnalyticsWorkspaceId, keyVaultId, ...network } = existing;
  const { virtualNetworkId, endpointSubnetId, hostSubnetId, privateDnsZoneIds } = network;
  const isThere = [virtualNetworkId, endpointSubnetId, hostSubnetId].every(id => id !== undefined);
  return {
    ...(isThere ? { virtualNetworkId, endpointSubnetId, hostSubnetId } : {}),
    ...(isThere && privateDnsZoneIds ? { privateDnsZoneIds } : {}),
    ...(logAnalyticsWorkspaceId === undefined ? {} : { logAnalyticsWorkspaceId }),
    ...(keyVaultId === undefined ? {} : { keyVaultId }),
  };
}

/**
 * The environment as it stands: the location of its platform is its first, in whatever order the file has them, so that
 * machines and what is processed in the region stay where they are.
 */
export function settled(environment: Environment, platform: Platform | undefined): Environment {
  const { azure } = environment;
  if (!azure || !platform || !azure.locations.includes(platform.location)) return environment;
  const others = azure.locations.filter(location => location !== platform.location);
  return { ...environment, azure: { ...azure, locations: [platform.location, ...others] } };
}
