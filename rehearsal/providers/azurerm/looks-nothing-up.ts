import type { Json } from '../../azure/simulated-azure';
import type { Store } from '../../azure/store';
import { parseArmId } from '../../../text/arm-id';
import { hexOf, uuidOf } from '../../azure/uuid';
import type { ObjectValue } from '../../protocol/value';
import { signedInTenantId } from '../client';

/** What a data source is asked that reads no resource of a configuration. */
interface Question {
  readonly config: ObjectValue;
  readonly store: Store;
  readonly subscriptionId: string;
}

type Answers = Readonly<Record<string, Json>>;

/** Kubernetes versions that an answer lists; made up, in the form of real ones. */
const kubernetes = ['1.32.9', '1.33.5', '1.34.1'];

/** Categories that nearly every type has. Source: Microsoft Learn, "Supported resource logs for Azure Monitor", read 2026-11. */
const logCategories: Readonly<Record<string, readonly string[]>> = {
  'microsoft.cognitiveservices/accounts': ['Audit', 'AzureOpenAIRequestUsage', 'RequestResponse', 'Trace'],
  'microsoft.keyvault/vaults': ['AuditEvent', 'AzurePolicyEvaluationDetails'],
  'microsoft.network/networksecuritygroups': ['NetworkSecurityGroupEvent', 'NetworkSecurityGroupRuleCounter'],
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const sas = ({ config }: Question): Answers => ({
  id: hexOf(32, JSON.stringify(config)),
  sas: `?sv=2022-11-02&se=${encodeURIComponent(text(config['expiry']))}&sig=simulated-${hexOf(16, JSON.stringify(config))}`,
});

const subscriptionOf = (id: string): Readonly<Record<string, Json>> => ({
  id: `/subscriptions/${id}`,
  subscription_id: id,
  display_name: 'rehearsal',
  tenant_id: signedInTenantId,
  state: 'Enabled',
  location_placement_id: 'Public_2014-09-01',
  quota_id: 'EnterpriseAgreement_2014-09-01',
  spending_limit: 'Off',
  tags: {},
});

/** Data sources that read nothing of a configuration: what Azure would say to any caller, made up where it is of no account. */
export const looksNothingUp: Readonly<Record<string, (question: Question) => Answers>> = {
  azurerm_extended_locations: ({ config, subscriptionId }) => ({
    id: `/subscriptions/${subscriptionId}/locations/${text(config['location'])}/extendedLocations`,
    extended_locations: [],
  }),
  azurerm_kubernetes_service_versions: ({ config, subscriptionId }) => {
    const versions = kubernetes.filter(version => version.startsWith(text(config['version_prefix'])));
    return {
      id: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/${text(config['location'])}`,
      versions,
      latest_version: versions.at(-1) ?? '',
      default_version: versions.at(-2) ?? versions.at(-1) ?? '',
    };
  },
  azurerm_location: ({ config, subscriptionId }) => {
    const location = text(config['location']).toLowerCase().replaceAll(' ', '');
    const zone = (n: string) => ({ logical_zone: n, physical_zone: `${location}-az${n}` });
    return {
      id: `/subscriptions/${subscriptionId}/locations/${location}`,
      display_name: text(config['location']),
      zone_mappings: ['1', '2', '3'].map(zone),
    };
  },
  azurerm_monitor_diagnostic_categories: ({ config }) => {
    const id = text(config['resource_id']);
    const categories = logCategories[parseArmId(id)?.type.toLowerCase() ?? ''] ?? ['Audit'];
    return {
      id,
      log_category_types: [...categories],
      log_category_groups: ['allLogs', 'audit'],
      metrics: ['AllMetrics'],
    };
  },
  azurerm_network_service_tags: ({ config, subscriptionId }) => ({
    id: `/subscriptions/${subscriptionId}/serviceTags/${text(config['service'])}`,
    name: text(config['service']),
    // Ranges for examples (RFC 5737, RFC 3849): no rule may depend on Azure's addresses of one day.
    address_prefixes: ['192.0.2.0/24', '2001:db8::/48'],
    ipv4_cidrs: ['192.0.2.0/24'],
    ipv6_cidrs: ['2001:db8::/48'],
  }),
  azurerm_platform_image: ({ config, subscriptionId }) => {
    const [location, publisher, offer, sku] = ['location', 'publisher', 'offer', 'sku'].map(key =>
      text(config[key]),
    );
    const version = text(config['version']) || '24.04.202511010';
    return {
      id: `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/publishers/${publisher}/artifactTypes/vmImage/offers/${offer}/skus/${sku}/versions/${version}`,
      version,
    };
  },
  azurerm_policy_definition_built_in: ({ config }) => {
    const name = text(config['name']) || uuidOf('policy', text(config['display_name']));
    return {
      id: `/providers/Microsoft.Authorization/policyDefinitions/${name}`,
      name,
      display_name: text(config['display_name']) || name,
      type: 'Microsoft.Authorization/policyDefinitions',
      policy_type: 'BuiltIn',
      mode: 'All',
      description: '',
      metadata: '{}',
      parameters: '{}',
      policy_rule: '{}',
      role_definition_ids: [],
    };
  },
  azurerm_resources: ({ config, store }) => {
    const wanted = (key: string, value: string) =>
      text(config[key]) === '' || text(config[key]).toLowerCase() === value.toLowerCase();
    const resources = store.list().flatMap(({ id, attributes }) => {
      const parsed = parseArmId(id);
      if (!parsed?.resourceGroup || parsed.type === 'Microsoft.Resources/resourceGroups') return [];
      const isWanted =
        wanted('type', parsed.type) &&
        wanted('name', parsed.name) &&
        wanted('resource_group_name', parsed.resourceGroup);
      if (!isWanted) return [];
      const { location = null, tags = null } = attributes;
      const { name, type, resourceGroup } = parsed;
      return [{ id, name, type, resource_group_name: resourceGroup, location, tags: tags ?? {} }];
    });
    return { id: `resource-${hexOf(16, JSON.stringify(config))}`, resources };
  },
  azurerm_storage_account_blob_container_sas: sas,
  azurerm_storage_account_sas: sas,
  azurerm_subscription: ({ config, subscriptionId }) =>
    subscriptionOf(text(config['subscription_id']) || subscriptionId),
  azurerm_subscriptions: ({ subscriptionId }) => ({
    id: `subscriptions-${signedInTenantId}`,
    subscriptions: [subscriptionOf(subscriptionId)],
  }),
};
