import type { IResolvable, TerraformMetaArguments } from 'cdktf';
import type { IConstruct } from 'constructs';
import * as constructs from '../../constructs';
import { recipe } from '../constructs/host/recipe';
import { group, subscription, surroundings, zoneId, zoneNames } from '../constructs/synthesised';
import { catalogEndpointProps, managedComputeProps } from './catalog-props';

/** Everything that can be given, given: the compiler asks for each new prop. */
export type Full<T> = T extends string | number | boolean | null | IConstruct | IResolvable
  ? T
  : T extends readonly (infer E)[]
    ? readonly Full<E>[]
    : { readonly [K in keyof T]-?: Full<Exclude<T[K], undefined>> };

/** Props, without what a subject is given by its surroundings. */
export type Own<T, Given extends keyof T = never> = Full<Omit<T, Given>>;

/** A construct with every prop, and what it tells its users of itself. */
export interface Subject {
  readonly props: object;
  /** Makes it with such props, uses it in every way, and returns what it tells. */
  readonly make: (around: Around, props: unknown) => unknown;
}

function subject<P extends object>(props: P, make: (around: Around, props: P) => unknown): Subject {
  return { props, make: (around, given) => make(around, given as P) };
}

type ClassName = {
  [K in keyof typeof constructs]: (typeof constructs)[K] extends { prototype: infer P }
    ? P extends Error
      ? never
      : K
    : never;
}[keyof typeof constructs];

/** Of each exported class one that is made, and one that is imported where it can be. */
type Subjects = {
  readonly [K in ClassName]: (typeof constructs)[K] extends { fromAttributes: unknown }
    ? { readonly made: Subject; readonly imported: Subject }
    : { readonly made: Subject };
};

export type Around = ReturnType<typeof around>;

/** What constructs stand on. */
export function around() {
  const surrounding = surroundings();
  const { stack } = surrounding;
  const keyVault = constructs.KeyVault.fromAttributes(stack, 'AroundVault', {
    id: of('Microsoft.KeyVault/vaults', 'kv-old'),
    name: 'kv-old',
  });
  const workspace = constructs.MachineLearningWorkspace.fromAttributes(stack, 'AroundWs', {
    id: of('Microsoft.MachineLearningServices/workspaces', 'mlw-old'),
    resourceGroupName: 'rg-dev',
    location: 'swedencentral',
  });
  const account = constructs.FoundryAccount.fromAttributes(stack, 'AroundAccount', {
    id: of('Microsoft.CognitiveServices/accounts', 'aif-old'),
    customSubdomainName: 'aif-old',
  });
  const identity = constructs.WorkloadIdentity.fromAttributes(stack, 'AroundIdentity', identityAttributes);
  return { ...surrounding, keyVault, workspace, account, identity };
}

const guid = '22222222-2222-4222-8222-222222222222';
const of = (type: string, name: string) => `${group}/providers/${type}/${name}`;
const identityAttributes = {
  id: of('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-old'),
  principalId: guid,
  clientId: guid,
};
const principal = { principalId: guid, principalType: 'ServicePrincipal' } as const;
const network = of('Microsoft.Network/virtualNetworks', 'vnet-old');
const weekly = { time: '08:00', days: ['mon', 'tue'] } as const;
const power = {
  kind: 'scheduled',
  timeZone: 'W. Europe Standard Time',
  start: weekly,
  stop: { ...weekly, time: '18:00' },
} as const;
const connection = {
  host: 'till.example.com',
  port: 22,
  user: 'berth',
  hostKey: 'ssh-ed25519 AAAA till',
} as const;
const listed = recipe.models.map(({ model, api }) => ({ model, api }));
const hostedModel = { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' };
const deployment = {
  name: 'chat',
  model: hostedModel,
  sku: { name: 'GlobalStandard', capacity: 1 },
  api: 'openai-chat',
  raiPolicyName: 'Microsoft.DefaultV2',
  versionUpgradeOption: 'NoAutoUpgrade',
} as const satisfies Own<constructs.ModelDeploymentOptions, 'modelProviderData'>;
const filter = {
  name: 'Hate',
  source: 'Prompt',
  severityThreshold: 'Low',
  filterEnabled: true,
  blockEnabled: true,
} as const;

type Azapi = Own<constructs.AzapiCommonConfig, keyof TerraformMetaArguments>;
const azapi: Azapi = {
  type: 'Microsoft.Storage/storageAccounts@2025-01-01',
  body: { properties: { note: 'text', list: ['text'] } },
  locks: [of('Microsoft.Storage/storageAccounts', 'st')],
  retry: { errorMessageRegex: ['x'], intervalSeconds: 10, maxIntervalSeconds: 180 },
  responseExportValues: { id: 'properties.id' } as never,
  timeouts: { create: '30m', update: '30m', read: '5m', delete: '30m' },
};
type Meta = keyof TerraformMetaArguments;

export const subjects: Subjects = {
  ResourceGroup: {
    made: subject<Own<constructs.ResourceGroupProps>>(
      { name: 'rg-new', location: 'swedencentral' },
      ({ stack }, props) => tell(new constructs.ResourceGroup(stack, 'New', props)),
    ),
    imported: subject<Own<constructs.ResourceGroupAttributes>>(
      { id: group, name: 'rg-dev', location: 'swedencentral' },
      ({ stack }, props) => tell(constructs.ResourceGroup.fromAttributes(stack, 'New', props)),
    ),
  },
  PrivateNetwork: {
    made: subject<Own<constructs.PrivateNetworkProps, 'resourceGroup'>>(
      {
        name: 'vnet-new',
        location: 'swedencentral',
        addressSpace: '10.40.0.0/16',
        hostsZoneName: 'a.internal',
        privateDnsZoneIds: { 'a.internal': zoneId('a.internal') },
        linksZones: true,
        hasZoneGroupsByPolicy: true,
        securityGroupNames: { endpoints: 'nsg-a', hosts: 'nsg-b' },
        securityGroupIds: {
          endpoints: of('Microsoft.Network/networkSecurityGroups', 'nsg-c'),
          hosts: of('Microsoft.Network/networkSecurityGroups', 'nsg-d'),
        },
      },
      ({ stack, resourceGroup }, props) =>
        tell(new constructs.PrivateNetwork(stack, 'New', { ...props, resourceGroup })),
    ),
    imported: subject<Own<constructs.PrivateNetworkAttributes>>(
      {
        resourceGroupName: 'rg-net',
        location: 'swedencentral',
        virtualNetworkId: network,
        endpointSubnetId: `${network}/subnets/endpoints`,
        hostSubnetId: `${network}/subnets/hosts`,
        hostsZoneName: 'dev.berth.internal',
        privateDnsZoneIds: Object.fromEntries(zoneNames.map(name => [name, zoneId(name)])),
        hasZoneGroupsByPolicy: true,
      },
      ({ stack }, props) => tell(constructs.PrivateNetwork.fromAttributes(stack, 'New', props)),
    ),
  },
  PrivateDnsZone: {
    made: subject<Own<constructs.PrivateDnsZoneProps>>(
      { zoneName: 'a.internal', resourceGroupName: 'rg-dev', virtualNetworkId: network },
      ({ stack }, props) => tell(new constructs.PrivateDnsZone(stack, 'New', props)),
    ),
  },
  PrivateEndpoint: {
    made: subject<Own<constructs.PrivateEndpointProps, 'network'>>(
      {
        resourceName: 'kv-old',
        resourceId: of('Microsoft.KeyVault/vaults', 'kv-old'),
        subresource: 'vault',
        zoneNames: ['privatelink.vaultcore.azure.net'],
      },
      ({ stack, network }, props) =>
        tell(new constructs.PrivateEndpoint(stack, 'New', { ...props, network })),
    ),
  },
  LogWorkspace: {
    made: subject<Own<constructs.LogWorkspaceProps, 'resourceGroup'>>(
      { name: 'log-new', location: 'swedencentral', retentionDays: 30, dailyQuotaGb: 1 },
      ({ stack, resourceGroup }, props) =>
        tell(new constructs.LogWorkspace(stack, 'New', { ...props, resourceGroup })),
    ),
    imported: subject<Own<constructs.LogWorkspaceAttributes>>(
      { id: of('Microsoft.OperationalInsights/workspaces', 'log-old') },
      ({ stack }, props) => tell(constructs.LogWorkspace.fromAttributes(stack, 'New', props)),
    ),
  },
  DiagnosticSettings: {
    made: subject<Own<constructs.DiagnosticSettingsProps, 'logWorkspace'>>(
      {
        resourceId: of('Microsoft.KeyVault/vaults', 'kv-old'),
        categoryGroups: ['allLogs', 'audit'],
        metrics: true,
      },
      ({ stack, logWorkspace }, props) =>
        tell(new constructs.DiagnosticSettings(stack, 'New', { ...props, logWorkspace })),
    ),
  },
  KeyVault: {
    made: subject<Own<constructs.KeyVaultProps, 'resourceGroup' | 'network' | 'logWorkspace'>>(
      {
        name: 'kv-new',
        location: 'swedencentral',
        tenantId: guid,
        softDeleteRetentionDays: 90,
        recoverSoftDeleted: true,
      },
      ({ stack, ...given }, props) => tell(new constructs.KeyVault(stack, 'New', { ...given, ...props })),
    ),
    imported: subject(
      {
        attributes: { id: of('Microsoft.KeyVault/vaults', 'kv-old'), name: 'kv-old' },
        principal,
        secretName: 'a-secret',
      } satisfies { attributes: Own<constructs.KeyVaultAttributes>; [key: string]: unknown },
      ({ stack }, { attributes, principal: caller, secretName }) => {
        const vault = constructs.KeyVault.fromAttributes(stack, 'New', attributes);
        vault.grantSecretsUser('user', caller, secretName);
        vault.grantSecretsOfficer('officer', caller, secretName);
        return tell(vault);
      },
    ),
  },
  WorkloadIdentity: {
    made: subject<Own<constructs.WorkloadIdentityProps, 'resourceGroup'>>(
      { name: 'id-new', location: 'swedencentral' },
      ({ stack, resourceGroup }, props) =>
        tell(new constructs.WorkloadIdentity(stack, 'New', { ...props, resourceGroup })),
    ),
    imported: subject<Own<constructs.WorkloadIdentityAttributes>>(identityAttributes, ({ stack }, props) =>
      tell(constructs.WorkloadIdentity.fromAttributes(stack, 'New', props)),
    ),
  },
  FoundryAccount: {
    made: subject(
      {
        account: {
          name: 'aif-new',
          location: 'swedencentral',
          allowedFqdns: ['pypi.org'],
          projectManagementEnabled: true,
          keyId: 'https://kv-old.vault.azure.net/keys/models/0123456789abcdef0123456789abcdef',
        },
        policy: {
          name: 'strict',
          basePolicyName: 'Microsoft.DefaultV2',
          mode: 'Default',
          contentFilters: [filter],
        } satisfies Own<constructs.RaiPolicyOptions>,
        deployment,
      },
      ({ stack, identity, ...given }, { account: { keyId, ...props }, policy, deployment: options }) => {
        const all: Own<constructs.FoundryAccountProps, 'resourceGroup' | 'network' | 'logWorkspace'> = {
          ...props,
          customerManagedKey: { keyId, identity: identity as never },
        };
        const account = new constructs.FoundryAccount(stack, 'New', { ...given, ...all });
        account.addRaiPolicy('policy', policy);
        return [tell(account), tell(account.addDeployment('chat', options))];
      },
    ),
    imported: subject<Own<constructs.FoundryAccountAttributes>>(
      { id: of('Microsoft.CognitiveServices/accounts', 'aif-old'), customSubdomainName: 'aif-old' },
      ({ stack }, props) => {
        const account = constructs.FoundryAccount.fromAttributes(stack, 'New', props);
        const chat = account.addDeployment('chat', deployment);
        chat.grantInvoke('app', principal);
        return [tell(account), tell(chat)];
      },
    ),
  },
  ModelDeployment: {
    made: subject<Own<constructs.ModelDeploymentOptions, 'modelProviderData'>>(
      deployment,
      ({ account }, props) => {
        const made = account.addDeployment('New', props);
        made.grantInvoke('app', principal);
        return tell(made);
      },
    ),
    imported: subject<Own<constructs.ModelDeploymentAttributes, 'account'>>(
      { name: 'chat', modelFormat: 'OpenAI', api: 'openai-chat' },
      ({ stack, account }, props) => {
        const imported = constructs.ModelDeployment.fromAttributes(stack, 'New', { ...props, account });
        imported.grantInvoke('app', principal);
        return tell(imported);
      },
    ),
  },
  ManagedComputeDeployment: {
    made: subject<Own<constructs.ManagedComputeDeploymentOptions>>(
      managedComputeProps,
      ({ account }, props) => {
        const made = account.addManagedComputeDeployment('New', props);
        made.grantInvoke('app', principal);
        return tell(made);
      },
    ),
  },
  MachineLearningWorkspace: {
    made: subject<
      Own<constructs.MachineLearningWorkspaceProps, 'resourceGroup' | 'network' | 'logWorkspace'>
    >(
      { name: 'mlw-new', location: 'swedencentral', allowedFqdns: ['pypi.org'] },
      ({ stack, ...given }, props) =>
        tell(new constructs.MachineLearningWorkspace(stack, 'New', { ...given, ...props })),
    ),
    imported: subject<Own<constructs.MachineLearningWorkspaceAttributes>>(
      {
        id: of('Microsoft.MachineLearningServices/workspaces', 'mlw-old'),
        resourceGroupName: 'rg-ml',
        location: 'swedencentral',
        endpointCallerRoleId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      },
      ({ stack, logWorkspace }, props) => {
        const workspace = constructs.MachineLearningWorkspace.fromAttributes(stack, 'New', props);
        const endpoint = new constructs.CatalogEndpoint(stack, 'Endpoint', {
          ...catalogEndpointProps,
          workspace,
          logWorkspace,
        });
        endpoint.grantInvoke('app', principal);
        return [tell(workspace), tell(endpoint)];
      },
    ),
  },
  CatalogEndpoint: {
    made: subject(catalogEndpointProps, ({ stack, workspace, logWorkspace }, props) => {
      const endpoint = new constructs.CatalogEndpoint(stack, 'New', { ...props, workspace, logWorkspace });
      endpoint.grantInvoke('app', principal);
      return tell(endpoint);
    }),
    imported: subject<Own<constructs.CatalogEndpointAttributes, 'workspace'>>(
      {
        id: of('Microsoft.MachineLearningServices/workspaces/mlw-old/onlineEndpoints', 'old'),
        name: 'old-endpoint',
        modelName: 'Phi-4',
        api: 'openai-chat',
      },
      ({ stack, workspace }, props) => {
        const endpoint = constructs.CatalogEndpoint.fromAttributes(stack, 'New', { ...props, workspace });
        endpoint.grantInvoke('app', principal);
        return tell(endpoint);
      },
    ),
  },
  SlmHost: {
    made: subject<
      Own<constructs.SlmHostProps, 'resourceGroup' | 'network' | 'logWorkspace' | 'keyVault' | 'record'>
    >(
      {
        name: 'new-host',
        addressOf: 'older-host',
        size: 'Standard_D4as_v5',
        engine: recipe.engine as Full<constructs.EngineSpec>,
        models: recipe.models as Full<readonly constructs.ServedModelSpec[]>,
        count: 2,
        port: 8443,
        memoryMib: 8192,
        osDiskGib: 64,
        image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.1' },
        power,
        adminSshPublicKey: 'ssh-ed25519 AAAA me@here',
      },
      ({ stack, ...given }, props) => {
        const host = new constructs.SlmHost(stack, 'New', { ...given, ...props });
        const endpoint = host.endpoint(props.models[0]?.model ?? '');
        endpoint.grantInvoke('app', principal);
        return [tell(host), tell(endpoint)];
      },
    ),
    imported: subject<Own<constructs.SlmHostAttributes, 'network' | 'keyVault'>>(
      { name: 'old-host', models: listed, port: 8443 },
      ({ stack, ...given }, props) => {
        const host = constructs.SlmHost.fromAttributes(stack, 'New', { ...given, ...props });
        return [tell(host), tell(host.endpoint(props.models[0]?.model ?? ''))];
      },
    ),
  },
  EdgeDevice: {
    made: subject<Own<constructs.EdgeDeviceProps>>(
      {
        name: 'till',
        connection,
        engine: recipe.engine as Full<constructs.EngineSpec>,
        models: recipe.models as Full<readonly constructs.ServedModelSpec[]>,
        connected: false,
        port: 8443,
        memoryMib: 8192,
      },
      ({ stack }, props) => {
        const device = new constructs.EdgeDevice(stack, 'New', props);
        return [tell(device), tell(device.endpoint(props.models[0]?.model ?? ''))];
      },
    ),
    imported: subject<Own<constructs.EdgeDeviceAttributes>>(
      { name: 'till', connection, port: 8443, models: listed },
      ({ stack }, props) => {
        const device = constructs.EdgeDevice.fromAttributes(stack, 'New', props);
        return [tell(device), tell(device.endpoint(props.models[0]?.model ?? ''))];
      },
    ),
  },
  grantRole: {
    made: subject(
      {
        principal,
        role: { definitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}` },
        resourceId: group,
      } satisfies constructs.RoleGrant,
      ({ stack }, props) => void constructs.grantRole(stack, 'New', props),
    ),
  },
  AzapiProvider: {
    made: subject<Own<constructs.AzapiProviderConfig>>(
      {
        alias: 'other',
        subscriptionId: guid,
        tenantId: guid,
        disableDefaultOutput: true,
        maximumBusyRetryAttempts: 3,
        defaultTags: { owner: 'shop' },
      },
      ({ stack }, props) => void new constructs.AzapiProvider(stack, 'New', props),
    ),
  },
  AzapiResource: {
    made: subject<Own<constructs.AzapiResourceConfig, Meta>>(
      {
        ...azapi,
        name: 'stnew',
        parentId: group,
        location: 'swedencentral',
        identity: { type: 'UserAssigned', identityIds: [identityAttributes.id] },
        tags: { owner: 'shop' },
        sensitiveBody: { properties: { note: 'text' } },
        sensitiveBodyVersion: { 'properties.note': '1' },
        schemaValidationEnabled: true,
        ignoreCasing: false,
        ignoreMissingProperty: true,
        ignoreNullProperty: false,
        replaceTriggersExternalValues: ['text'],
        replaceTriggersRefs: ['properties'],
        deleteQueryParameters: { force: ['true'] },
      },
      ({ stack }, props) => void new constructs.AzapiResource(stack, 'New', props as never),
    ),
  },
  AzapiUpdateResource: {
    made: subject<Own<constructs.AzapiUpdateResourceConfig, Meta>>(
      { ...azapi, resourceId: group, ignoreCasing: false, ignoreMissingProperty: true },
      ({ stack }, props) => void new constructs.AzapiUpdateResource(stack, 'New', props as never),
    ),
  },
  DataAzapiResource: {
    made: subject<Own<constructs.DataAzapiResourceConfig, Meta>>(
      { type: azapi.type, resourceId: group, ignoreNotFound: true },
      ({ stack }, props) => void new constructs.DataAzapiResource(stack, 'New', props as never),
    ),
  },
  AzapiResourceAction: {
    made: subject<Own<constructs.AzapiResourceActionConfig, Meta>>(
      {
        ...azapi,
        resourceId: group,
        action: 'start',
        method: 'POST',
        when: 'apply',
        queryParameters: { force: ['true'] },
        ignoreNotFound: false,
      },
      ({ stack }, props) => void new constructs.AzapiResourceAction(stack, 'New', props as never),
    ),
  },
};

/** What a construct tells of itself, as its users would put it into an output. */
function tell(construct: IConstruct | { readonly id: string }): unknown {
  const told = [
    'id',
    'name',
    'location',
    'address',
    'vaultUri',
    'customSubdomainName',
    'resourceGroupName',
    'hostsZoneName',
    'virtualNetworkId',
    'endpointSubnetId',
    'hostSubnetId',
    'principalId',
    'clientId',
  ];
  return Object.fromEntries(told.map(key => [key, (construct as Readonly<Record<string, unknown>>)[key]]));
}
