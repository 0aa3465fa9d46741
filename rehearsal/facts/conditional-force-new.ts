import type { ObjectValue, Value } from '../protocol/value';
import { isList, isObject } from '../protocol/value';

/** Whether a change of one attribute replaces the resource. Text, number or boolean that is not set is null. */
type ReplacesWhen = (before: Value, after: Value, planned: ObjectValue) => boolean;

const isSet = (value: Value) =>
  value !== null && value !== '' && value !== 0 && !(isList(value) && value.length === 0);

const wasSet: ReplacesWhen = before => isSet(before);
const removed: ReplacesWhen = (before, after) => isSet(before) && !isSet(after);
const switchedOff: ReplacesWhen = (before, after) => before === true && after !== true;
const shrinks: ReplacesWhen = (before, after) => isSet(after) && Number(after) < Number(before);
const loses: ReplacesWhen = (before, after) =>
  isList(before) && before.some(element => !(isList(after) && after.includes(element)));

/** Goes down an order; what is not in the order does not count. */
const lowered =
  (...order: readonly string[]): ReplacesWhen =>
  (before, after) =>
    order.includes(String(after)) && order.indexOf(String(after)) < order.indexOf(String(before));

/** Goes from one of these to one of the others, either way. */
const crosses =
  (...some: readonly string[]): ReplacesWhen =>
  (before, after) =>
    isSet(before) && some.includes(String(before)) !== some.includes(String(after));

/** Goes from one of these to one of those. */
const goes =
  (from: readonly string[], to: readonly string[]): ReplacesWhen =>
  (before, after) =>
    from.includes(String(before)) && to.includes(String(after));

const startsWith = (value: Value, prefix: string) => String(value).startsWith(prefix);

/** `GP` of `GP_Gen5_2`. */
const tierOf = (sku: Value) => String(sku).split('_')[0];

const identityType: ReplacesWhen = goes(['UserAssigned', 'SystemAssigned, UserAssigned'], ['SystemAssigned']);

/** Pairs of a workspace's SKU that Azure converts in place. */
const convertible = [
  ['CapacityReservation', 'PerGB2018'],
  ['PerGB2018', 'CapacityReservation'],
];

/** The upgrade path of a search service; free and storage-optimised SKUs are not on it. */
const searchSkus = ['basic', 'standard', 'standard2', 'standard3'];

/**
 * Attributes whose change replaces a resource for some values only, by type and dotted path (`*` for the
 * elements of a list, which their `name` matches). Source: `CustomizeDiff` of the resources of hashicorp/terraform-provider-azurerm 4.55.0 (MPL-2.0, facts only), read 2026-11-29
 * and 2026-12-01, when every file with `ForceNewIf` was gone through.
 */
export const conditionalForceNew: Readonly<Record<string, Readonly<Record<string, ReplacesWhen>>>> = {
  azurerm_api_management: {
    sku_name: (before, after) => String(before).includes('V2') !== String(after).includes('V2'),
    virtual_network_configuration: (before, after) => isSet(before) || !isSet(after),
    virtual_network_type: (before, after) =>
      before !== 'None' || (after !== 'Internal' && after !== 'External'),
  },
  azurerm_app_configuration: {
    sku: (before, after) =>
      after === 'free' || ((before === 'premium' || before === 'standard') && after === 'developer'),
  },
  azurerm_backup_protected_vm: { source_vm_id: (_, after) => isSet(after) },
  azurerm_bastion_host: { sku: lowered('Developer', 'Basic', 'Standard', 'Premium') },
  azurerm_cognitive_account: {
    custom_subdomain_name: wasSet,
    customer_managed_key: (before, after, planned) =>
      planned['project_management_enabled'] === true && removed(before, after, planned),
    project_management_enabled: switchedOff,
  },
  azurerm_cognitive_account_project: { description: removed, display_name: removed },
  azurerm_container_app_environment: {
    workload_profile: (before, after) => isSet(before) !== isSet(after),
  },
  azurerm_container_registry_cache_rule: { credential_set_id: removed },
  azurerm_cosmosdb_account: {
    analytical_storage_enabled: switchedOff,
    'backup.0.type': goes(['Continuous'], ['Periodic']),
  },
  azurerm_cosmosdb_gremlin_graph: { analytical_storage_ttl: removed },
  azurerm_cosmosdb_sql_container: {
    analytical_storage_ttl: removed,
    partition_key_version: (before, after) => isSet(before) || Number(after) !== 1,
  },
  azurerm_data_factory: { managed_virtual_network_enabled: switchedOff },
  azurerm_data_protection_backup_instance_blob_storage: { storage_account_container_names: removed },
  azurerm_data_protection_backup_vault: {
    cross_region_restore_enabled: switchedOff,
    immutability: before => before === 'Locked',
    soft_delete: before => before === 'AlwaysOn',
  },
  azurerm_databricks_workspace: {
    sku: (_, after) => after === 'trial',
    'enhanced_security_compliance.0.compliance_security_profile_enabled': switchedOff,
    'enhanced_security_compliance.0.compliance_security_profile_standards': loses,
  },
  azurerm_disk_encryption_set: { 'identity.0.type': identityType },
  azurerm_eventhub_namespace: { sku: crosses('Premium') },
  azurerm_express_route_circuit: { bandwidth_in_mbps: shrinks },
  azurerm_key_vault_key: { expiration_date: removed },
  azurerm_kubernetes_cluster: {
    'api_server_access_profile.0.subnet_id': removed,
    'default_node_pool.0.name': (before, _after, planned) => {
      const pool = firstOf(planned['default_node_pool'] ?? null);
      return !(isSet(before) && before === pool?.['temporary_name_for_rotation']);
    },
    'default_node_pool.0.upgrade_settings.0.drain_timeout_in_minutes': removed,
    'default_node_pool.0.upgrade_settings.0.undrainable_node_behavior': removed,
    'network_profile.0.network_data_plane': wasSet,
    'network_profile.0.network_plugin_mode': (_, after) => String(after).toLowerCase() !== 'overlay',
    'network_profile.0.network_policy': wasSet,
    'service_principal.0.client_id': before => before === 'msi' || !isSet(before),
    'windows_profile.0.gmsa': removed,
    'windows_profile.0.gmsa.0.dns_server': removed,
    'windows_profile.0.gmsa.0.root_domain': removed,
  },
  azurerm_kubernetes_cluster_node_pool: {
    os_sku: (before, after) =>
      !/^(Ubuntu|AzureLinux)/.test(String(before)) || !/^(Ubuntu|AzureLinux)/.test(String(after)),
    'upgrade_settings.0.drain_timeout_in_minutes': removed,
    'upgrade_settings.0.undrainable_node_behavior': removed,
  },
  azurerm_lb: { 'frontend_ip_configuration.*.zones': () => true },
  azurerm_linux_virtual_machine_scale_set: { zones: loses },
  azurerm_log_analytics_workspace: {
    sku: (before, after) =>
      isSet(before) &&
      before !== 'LACluster' &&
      !convertible.some(([from, to]) => from === before && to === after),
  },
  azurerm_managed_disk: { encryption_settings: removed },
  azurerm_monitor_data_collection_rule: { kind: wasSet },
  azurerm_mssql_database: {
    enclave_type: removed,
    sku_name: (before, after) => startsWith(before, 'HS') && !startsWith(after, 'HS'),
  },
  azurerm_mssql_elasticpool: { enclave_type: removed },
  azurerm_mysql_flexible_server: { 'storage.0.size_gb': shrinks },
  azurerm_netapp_pool: { cool_access_enabled: switchedOff },
  azurerm_netapp_snapshot_policy: {
    daily_schedule: removed,
    hourly_schedule: removed,
    monthly_schedule: removed,
    weekly_schedule: removed,
  },
  azurerm_orchestrated_virtual_machine_scale_set: { zones: loses },
  azurerm_postgresql_flexible_server: {
    administrator_login: wasSet,
    'identity.0.type': goes(['UserAssigned'], ['SystemAssigned']),
    storage_mb: shrinks,
    version: shrinks,
  },
  azurerm_postgresql_server: {
    create_mode: goes(['Default'], ['Replica']),
    sku_name: (before, after) =>
      tierOf(before) !== tierOf(after) && [before, after].map(tierOf).includes('B'),
  },
  azurerm_proximity_placement_group: { allowed_vm_sizes: removed },
  azurerm_public_ip: { domain_name_label_scope: (before, after) => isSet(before) || !isSet(after) },
  azurerm_recovery_services_vault: {
    cross_region_restore_enabled: switchedOff,
    immutability: before => before === 'Locked',
  },
  azurerm_redis_cache: { sku_name: lowered('Basic', 'Standard', 'Premium') },
  azurerm_search_service: {
    sku: (before, after) =>
      !searchSkus.includes(String(before)) ||
      !searchSkus.includes(String(after)) ||
      lowered(...searchSkus)(before, after, {}),
  },
  azurerm_service_plan: {
    zone_balancing_enabled: (before, after, planned) =>
      before !== true && after === true && Number(planned['worker_count'] ?? 1) < 2,
  },
  azurerm_servicebus_namespace: { customer_managed_key: removed, sku: crosses('Premium') },
  azurerm_shared_image: { end_of_life_date: removed },
  azurerm_shared_image_version: { end_of_life_date: removed },
  azurerm_snapshot: { encryption_settings: removed },
  azurerm_storage_account: {
    account_kind: (before, after) => before !== 'Storage' && after !== 'StorageV2',
    account_replication_type: crosses('LRS', 'GRS', 'RAGRS'),
    'immutability_policy.0.state': before => before === 'Locked',
    large_file_share_enabled: switchedOff,
  },
  azurerm_storage_container: { storage_account_id: wasSet },
  azurerm_storage_queue: { storage_account_id: wasSet },
  azurerm_storage_share: { storage_account_id: wasSet },
  azurerm_windows_virtual_machine_scale_set: { zones: loses },
};

function firstOf(value: Value): ObjectValue | undefined {
  const first = isList(value) ? value[0] : undefined;
  return first !== undefined && isObject(first) ? first : undefined;
}
