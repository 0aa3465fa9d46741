import { conditionalPaths } from '../../../../rehearsal/providers/azurerm/conditional-replacement';

describe('replacement that depends on values', () => {
  it.each([
    ['azurerm_storage_account', 'account_replication_type', 'LRS', 'ZRS', true],
    ['azurerm_storage_account', 'account_replication_type', 'LRS', 'GRS', false],
    ['azurerm_storage_account', 'account_replication_type', 'RAGZRS', 'GRS', true],
    ['azurerm_storage_account', 'account_kind', 'Storage', 'StorageV2', false],
    ['azurerm_storage_account', 'account_kind', 'StorageV2', 'BlobStorage', true],
    ['azurerm_storage_account', 'large_file_share_enabled', true, false, true],
    ['azurerm_storage_account', 'large_file_share_enabled', false, true, false],
    ['azurerm_cognitive_account', 'custom_subdomain_name', 'one', 'two', true],
    ['azurerm_cognitive_account', 'custom_subdomain_name', null, 'two', false],
    ['azurerm_cognitive_account', 'project_management_enabled', true, false, true],
    ['azurerm_log_analytics_workspace', 'sku', 'PerGB2018', 'PerNode', true],
    ['azurerm_log_analytics_workspace', 'sku', 'PerGB2018', 'CapacityReservation', false],
    ['azurerm_monitor_data_collection_rule', 'kind', 'Linux', null, true],
    ['azurerm_monitor_data_collection_rule', 'kind', null, 'Linux', false],
    ['azurerm_postgresql_flexible_server', 'version', '16', '15', true],
    ['azurerm_postgresql_flexible_server', 'version', '15', '16', false],
    ['azurerm_mssql_database', 'sku_name', 'HS_Gen5_2', 'S0', true],
    ['azurerm_redis_cache', 'sku_name', 'Standard', 'Premium', false],
    ['azurerm_redis_cache', 'sku_name', 'Premium', 'Standard', true],
    ['azurerm_search_service', 'sku', 'basic', 'standard', false],
    ['azurerm_search_service', 'sku', 'free', 'basic', true],
    ['azurerm_servicebus_namespace', 'sku', 'Standard', 'Premium', true],
    ['azurerm_servicebus_namespace', 'sku', 'Basic', 'Standard', false],
    ['azurerm_linux_virtual_machine_scale_set', 'zones', ['1', '2'], ['1'], true],
    ['azurerm_linux_virtual_machine_scale_set', 'zones', ['1'], ['1', '2'], false],
    ['azurerm_key_vault_key', 'expiration_date', '2027-01-01T00:00:00Z', null, true],
    ['azurerm_key_vault_key', 'expiration_date', null, '2027-01-01T00:00:00Z', false],
    ['azurerm_cosmosdb_sql_container', 'partition_key_version', null, 1, false],
    ['azurerm_cosmosdb_sql_container', 'partition_key_version', 1, 2, true],
    ['azurerm_cosmosdb_sql_container', 'analytical_storage_ttl', -1, null, true],
    ['azurerm_postgresql_server', 'sku_name', 'B_Gen5_1', 'GP_Gen5_2', true],
    ['azurerm_postgresql_server', 'sku_name', 'GP_Gen5_2', 'MO_Gen5_2', false],
    ['azurerm_data_protection_backup_vault', 'soft_delete', 'AlwaysOn', 'Off', true],
    ['azurerm_data_protection_backup_vault', 'soft_delete', 'Off', 'AlwaysOn', false],
    ['azurerm_backup_protected_vm', 'source_vm_id', '/one', null, false],
  ])('%s.%s from %j to %j: %s', (type, attribute, before, after, replaced) => {
    expect(conditionalPaths(type, { [attribute]: before }, { [attribute]: after })).toEqual(
      replaced ? [[attribute]] : [],
    );
  });

  it('finds a frontend of a load balancer by its name, and names its index', () => {
    const frontends = (...zones: readonly (readonly string[])[]) => ({
      frontend_ip_configuration: zones.map((each, i) => ({ name: `f${i}`, zones: each })),
    });
    expect(conditionalPaths('azurerm_lb', frontends(['1'], ['1']), frontends(['1'], ['1', '2']))).toEqual([
      ['frontend_ip_configuration', 1, 'zones'],
    ]);
  });

  it('reads conditions over the whole resource', () => {
    const pool = (name: string) => ({
      default_node_pool: [{ name, temporary_name_for_rotation: 'temp' }],
    });
    const replaced = (from: string, to: string) =>
      conditionalPaths('azurerm_kubernetes_cluster', pool(from), pool(to)).length > 0;
    expect(replaced('main', 'other')).toBe(true);
    expect(replaced('temp', 'main')).toBe(false);
  });
});
