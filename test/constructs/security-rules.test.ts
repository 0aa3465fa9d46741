import { CatalogEndpoint, MachineLearningWorkspace } from '../../constructs/catalog';
import { PrivateNetwork } from '../../constructs/network';
import { LogWorkspace } from '../../constructs/observability';
import { FoundryAccount } from '../../constructs/openai';
import { ResourceGroup } from '../../constructs/resource-group';
import { KeyVault } from '../../constructs/security';
import { resourcesOf, surroundings } from './synthesised';

type Resource = Readonly<Record<string, unknown>>;

/** One demand of PSRule.Rules.Azure, checkov, trivy or Azure Policy, by the rules that make it. */
interface Demand {
  readonly rules: string;
  /** Terraform type, and for azapi the ARM type after a space. */
  readonly of: string;
  readonly demand: string;
  readonly holds: (resource: Resource, all: readonly Resource[]) => boolean;
}

/** Everything this library makes in Azure besides hosts, in one stack, with default props. */
function everything() {
  const { stack } = surroundings();
  const resourceGroup = new ResourceGroup(stack, 'NewGroup', { name: 'rg-new', location: 'swedencentral' });
  const logWorkspace = new LogWorkspace(stack, 'NewLogs', { name: 'log-new', resourceGroup });
  const hostsZoneName = 'dev.berth.internal';
  const network = new PrivateNetwork(stack, 'NewNetwork', { name: 'vnet-new', resourceGroup, hostsZoneName });
  const around = { resourceGroup, logWorkspace, network };
  new KeyVault(stack, 'Vault', { ...around, name: 'kv-new' });
  new FoundryAccount(stack, 'Account', { ...around, name: 'aif-new' }).addDeployment('Chat', {
    name: 'chat',
    model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
    sku: { name: 'GlobalStandard', capacity: 1 },
    api: 'openai-chat',
  });
  const workspace = new MachineLearningWorkspace(stack, 'Ws', { ...around, name: 'mlw-new' });
  new CatalogEndpoint(stack, 'Endpoint', {
    workspace,
    logWorkspace,
    name: 'new-endpoint',
    assetId: 'azureml://registries/azureml/models/Phi-4/versions/7',
    instanceType: 'Standard_NC24ads_A100_v4',
  });
  return resourcesOf(stack);
}

const made = Object.entries(everything()).flatMap(([type, byId]) =>
  Object.entries(byId).map(([id, attributes]): Resource => {
    const armType = typeof attributes.type === 'string' ? ` ${attributes.type.split('@')[0]}` : '';
    return { ...attributes, kind_of_resource: `${type}${armType}`, address: `${type}.${id}` };
  }),
);

const has = (expected: Resource) => (resource: Resource) => {
  expect(resource).toMatchObject(expected);
  return true;
};
const pointsAt =
  (attribute: (other: Resource) => unknown) => (resource: Resource, all: readonly Resource[]) =>
    all.some(other => attribute(other) === `\${${String(resource.address)}.id}`);
const logged = pointsAt(other => other.target_resource_id);
const privatelyLinked = pointsAt(
  other => (other.private_service_connection as Resource | undefined)?.private_connection_resource_id,
);

interface SecurityRule {
  readonly direction: string;
  readonly access: string;
  readonly priority: number;
  readonly source_address_prefix: string;
  readonly destination_port_ranges: readonly string[] | null;
}
const rulesOf = (resource: Resource) => resource.security_rule as readonly SecurityRule[];

const account = 'azurerm_cognitive_account';
const vault = 'azapi_resource Microsoft.KeyVault/vaults';
const storage = 'azurerm_storage_account';
const nsg = 'azurerm_network_security_group';
const workspace = 'azapi_resource Microsoft.MachineLearningServices/workspaces';

const demands: readonly Demand[] = [
  {
    rules: 'Azure.AI.PublicAccess, CKV_AZURE_134, 037eea7a',
    of: account,
    demand: 'is closed to public networks',
    holds: has({ public_network_access_enabled: false, network_acls: { default_action: 'Deny' } }),
  },
  {
    rules: 'Azure.AI.DisableLocalAuth, CKV_AZURE_236, 71ef260a',
    of: account,
    demand: 'has no keys',
    holds: has({ local_auth_enabled: false, custom_subdomain_name: 'aif-new' }),
  },
  {
    rules: 'Azure.AI.ManagedIdentity, CKV_AZURE_238, fe3fd216',
    of: account,
    demand: 'has an identity',
    holds: has({ identity: { type: 'SystemAssigned' } }),
  },
  {
    rules: 'Azure.AI.PrivateEndpoints, d6759c02',
    of: account,
    demand: 'has a private endpoint',
    holds: privatelyLinked,
  },
  { rules: '1b4d1c4e', of: account, demand: 'is logged', holds: logged },
  {
    rules: 'Azure.ML.PublicAccess, CKV_AZURE_144, CKV2_AZURE_49, 438c38d2',
    of: workspace,
    demand: 'is closed to public networks',
    holds: has({ body: { properties: { publicNetworkAccess: 'Disabled' } } }),
  },
  {
    rules: 'Azure.ML.UserManagedIdentity, 5f0c7d88',
    of: workspace,
    demand: 'acts as a user-assigned identity',
    holds: has({
      identity: [{ type: 'UserAssigned' }],
      body: { properties: { primaryUserAssignedIdentity: expect.stringMatching(/identity/) } },
    }),
  },
  { rules: '45e05259', of: workspace, demand: 'has a private endpoint', holds: privatelyLinked },
  { rules: 'afe0c3be', of: workspace, demand: 'is logged', holds: logged },
  {
    rules: 'Azure.AppInsights.Workspace, Azure.AppInsights.LocalAuth',
    of: 'azurerm_application_insights',
    demand: 'writes to the log workspace, for identities only',
    holds: has({ workspace_id: expect.stringMatching(/log_analytics/), local_authentication_disabled: true }),
  },
  {
    rules:
      'Azure.KeyVault.SoftDelete, Azure.KeyVault.PurgeProtect, CKV_AZURE_42, CKV_AZURE_110, CKV_AZURE_111, AZU-0016, 0b60c0b2',
    of: vault,
    demand: 'keeps what is deleted',
    holds: has({
      body: {
        properties: { enableSoftDelete: true, enablePurgeProtection: true, softDeleteRetentionInDays: 90 },
      },
    }),
  },
  {
    rules: 'Azure.KeyVault.RBAC, Azure.KeyVault.AccessPolicy, 12d4fa5e',
    of: vault,
    demand: 'knows roles, not access policies',
    holds: has({ body: { properties: { enableRbacAuthorization: true, accessPolicies: [] } } }),
  },
  {
    rules: 'Azure.KeyVault.Firewall, CKV_AZURE_109, CKV_AZURE_189, AZU-0013, 55615ac9',
    of: vault,
    demand: 'is closed to public networks',
    holds: has({
      body: { properties: { publicNetworkAccess: 'Disabled', networkAcls: { defaultAction: 'Deny' } } },
    }),
  },
  { rules: 'CKV2_AZURE_32, a6abeaec', of: vault, demand: 'has a private endpoint', holds: privatelyLinked },
  { rules: 'Azure.KeyVault.Logs', of: vault, demand: 'is logged', holds: logged },
  {
    rules:
      'Azure.Storage.SecureTransfer, Azure.Storage.MinTLS, CKV_AZURE_3, CKV_AZURE_44, AZU-0008, AZU-0011, fe83a0eb',
    of: storage,
    demand: 'speaks TLS 1.2 only',
    holds: has({ https_traffic_only_enabled: true, min_tls_version: 'TLS1_2' }),
  },
  {
    rules: 'Azure.Storage.BlobPublicAccess, CKV_AZURE_190, CKV2_AZURE_47, CKV_AZURE_59, 4fa4b6c0',
    of: storage,
    demand: 'has nothing public',
    holds: has({ allow_nested_items_to_be_public: false, public_network_access_enabled: false }),
  },
  {
    rules: 'Azure.Storage.Firewall, CKV_AZURE_35, CKV_AZURE_36, AZU-0010, AZU-0012',
    of: storage,
    demand: 'lets in nobody but trusted services',
    holds: has({ network_rules: { default_action: 'Deny', bypass: ['AzureServices'] } }),
  },
  {
    rules: 'CKV2_AZURE_40, CKV_AZURE_244, 8c6a50c6',
    of: storage,
    demand: 'has neither keys nor local users',
    holds: has({ shared_access_key_enabled: false, local_user_enabled: false }),
  },
  {
    rules: 'Azure.Storage.SoftDelete, CKV2_AZURE_38, AZU-0056',
    of: storage,
    demand: 'keeps what is deleted',
    holds: has({ blob_properties: { delete_retention_policy: { days: 7 } } }),
  },
  { rules: 'CKV2_AZURE_33, 6edd7eda', of: storage, demand: 'has a private endpoint', holds: privatelyLinked },
  {
    rules:
      'Azure.NSG.AnyInboundSource, CKV_AZURE_9, CKV_AZURE_10, CKV_AZURE_77, CKV_AZURE_160, AZU-0047, AZU-0048, AZU-0050, AZU-0074',
    of: nsg,
    demand: 'lets nothing in from the internet',
    holds: resource =>
      rulesOf(resource)
        .filter(rule => rule.direction === 'Inbound' && rule.access === 'Allow')
        .every(rule => ['VirtualNetwork', 'AzureLoadBalancer'].includes(rule.source_address_prefix)),
  },
  {
    rules: 'Azure.NSG.DenyAllInbound',
    of: nsg,
    demand: 'lets probes of load balancers in before it denies everything',
    holds: resource => {
      const priority = (source: string) =>
        rulesOf(resource).find(rule => rule.direction === 'Inbound' && rule.source_address_prefix === source)
          ?.priority;
      return (priority('AzureLoadBalancer') ?? Infinity) < (priority('*') ?? 0);
    },
  },
  {
    rules: 'Azure.NSG.LateralTraversal',
    of: nsg,
    demand: 'keeps remote shells inside',
    holds: resource =>
      rulesOf(resource).some(
        rule =>
          rule.direction === 'Outbound' &&
          rule.access === 'Deny' &&
          ['22', '3389'].every(port => rule.destination_port_ranges?.includes(port)),
      ),
  },
  {
    rules: 'Azure.NSG.Associated',
    of: nsg,
    demand: 'guards a subnet',
    holds: pointsAt(other => other.network_security_group_id),
  },
  {
    rules: 'CKV2_AZURE_31',
    of: 'azurerm_subnet',
    demand: 'has a security group',
    holds: pointsAt(other =>
      String(other.address).includes('security_group_association') ? other.subnet_id : undefined,
    ),
  },
];

describe('security rules that must hold', () => {
  it.each(demands)('$of $demand ($rules)', ({ of, holds }) => {
    const resources = made.filter(resource => resource.kind_of_resource === of);
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.filter(resource => !holds(resource, made)).map(resource => resource.address)).toEqual(
      [],
    );
  });
});
