const webApp = { default_hostname: '{name}.azurewebsites.net' };

/**
 * Addresses that Azure makes of a resource's name, by type and attribute; `{name}` is in lower case, `{location}` as
 * azurerm keeps it. Source: Microsoft Learn, the services' own pages on endpoints and private DNS zones, read 2026-11.
 */
export const hostNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azurerm_api_management: {
    developer_portal_url: 'https://{name}.developer.azure-api.net',
    gateway_regional_url: 'https://{name}-{location}-01.regional.azure-api.net',
    gateway_url: 'https://{name}.azure-api.net',
    management_api_url: 'https://{name}.management.azure-api.net',
    portal_url: 'https://{name}.portal.azure-api.net',
    scm_url: 'https://{name}.scm.azure-api.net',
  },
  azurerm_app_configuration: { endpoint: 'https://{name}.azconfig.io' },
  azurerm_batch_account: { account_endpoint: '{name}.{location}.batch.azure.com' },
  azurerm_container_registry: { login_server: '{name}.azurecr.io' },
  azurerm_cosmosdb_account: { endpoint: 'https://{name}.documents.azure.com:443/' },
  azurerm_eventgrid_topic: { endpoint: 'https://{name}.{location}-1.eventgrid.azure.net/api/events' },
  azurerm_function_app_flex_consumption: webApp,
  azurerm_iothub: { hostname: '{name}.azure-devices.net' },
  azurerm_key_vault: { vault_uri: 'https://{name}.vault.azure.net/' },
  azurerm_key_vault_managed_hardware_security_module: { hsm_uri: 'https://{name}.managedhsm.azure.net/' },
  azurerm_kusto_cluster: {
    data_ingestion_uri: 'https://ingest-{name}.{location}.kusto.windows.net',
    uri: 'https://{name}.{location}.kusto.windows.net',
  },
  azurerm_linux_function_app: webApp,
  azurerm_linux_web_app: webApp,
  azurerm_machine_learning_workspace: { discovery_url: 'https://{location}.api.azureml.ms/discovery' },
  azurerm_mssql_server: { fully_qualified_domain_name: '{name}.database.windows.net' },
  azurerm_mysql_flexible_server: { fqdn: '{name}.mysql.database.azure.com' },
  azurerm_postgresql_flexible_server: { fqdn: '{name}.postgres.database.azure.com' },
  azurerm_redis_cache: { hostname: '{name}.redis.cache.windows.net' },
  azurerm_servicebus_namespace: { endpoint: 'https://{name}.servicebus.windows.net:443/' },
  azurerm_signalr_service: { hostname: '{name}.service.signalr.net' },
  azurerm_web_pubsub: { hostname: '{name}.webpubsub.azure.com' },
  azurerm_windows_function_app: webApp,
  azurerm_windows_web_app: webApp,
};
