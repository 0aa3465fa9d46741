import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from 'cdktf';
import { AzapiProvider } from '../../constructs/azapi';
import { ResourceGroup } from '../../constructs/resource-group';
import type { IResourceGroup } from '../../constructs/resource-group';
import { PrivateNetwork } from '../../constructs/network';
import type { IPrivateNetwork } from '../../constructs/network';
import { LogWorkspace } from '../../constructs/observability';
import type { ILogWorkspace } from '../../constructs/observability';

export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';
export const group = `${subscription}/resourceGroups/rg-dev`;
const dns = `${group}/providers/Microsoft.Network/privateDnsZones`;

/** What constructs stand on, imported, so that a test's stack holds only the resources of its own construct. */
export interface Surroundings {
  readonly stack: TerraformStack;
  readonly resourceGroup: IResourceGroup;
  readonly network: IPrivateNetwork;
  readonly logWorkspace: ILogWorkspace;
}

export function zoneId(name: string): string {
  return `${dns}/${name}`;
}

export const zoneNames = [
  'privatelink.cognitiveservices.azure.com',
  'privatelink.openai.azure.com',
  'privatelink.services.ai.azure.com',
  'privatelink.api.azureml.ms',
  'privatelink.notebooks.azure.net',
  'privatelink.vaultcore.azure.net',
  'privatelink.blob.core.windows.net',
  'privatelink.file.core.windows.net',
  'dev.berth.internal',
];

/** A stack with imported surroundings. */
export function surroundings(): Surroundings {
  const stack = new TerraformStack(new App(), 'dev');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new AzapiProvider(stack, 'azapi');
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-dev`;
  return {
    stack,
    resourceGroup: ResourceGroup.fromAttributes(stack, 'Group', {
      id: group,
      name: 'rg-dev',
      location: 'swedencentral',
    }),
    network: PrivateNetwork.fromAttributes(stack, 'Network', {
      resourceGroupName: 'rg-net',
      location: 'westeurope',
      virtualNetworkId: network,
      endpointSubnetId: `${network}/subnets/endpoints`,
      hostSubnetId: `${network}/subnets/hosts`,
      hostsZoneName: 'dev.berth.internal',
      privateDnsZoneIds: Object.fromEntries(zoneNames.map(name => [name, zoneId(name)])),
    }),
    logWorkspace: LogWorkspace.fromAttributes(stack, 'Logs', {
      id: `${group}/providers/Microsoft.OperationalInsights/workspaces/log-dev`,
    }),
  };
}

type Attributes = Readonly<Record<string, unknown>>;
export type Resources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** The resources of a stack, by type and logical id, with validations run and without cdktf's metadata. */
export function resourcesOf(stack: TerraformStack): Resources {
  const parsed = JSON.parse(Testing.synth(stack, true), (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as {
    resource?: Resources;
  };
  return parsed.resource ?? {};
}

/** Logical ids by type: what a construct makes, at a glance. */
export function inventory(resources: Resources): Record<string, string[]> {
  return Object.fromEntries(Object.entries(resources).map(([type, byId]) => [type, Object.keys(byId)]));
}

/** The only resource of a type. @param armType of azapi. @default - any */
export function only(resources: Resources, type: string, armType = ''): Attributes {
  const found = Object.values(resources[type] ?? {}).filter(
    each => armType === '' || String(each.type).split('@')[0] === armType,
  );
  if (found.length !== 1 || !found[0]) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0];
}

/** A value with its tokens as Terraform expressions. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, preparing: false, resolver });
}

/** Message of what the function throws. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
