const storage = ['blob', 'dfs', 'file', 'queue', 'table', 'web'];

/**
 * What a private endpoint may lead to, by ARM type in lower case. Source: Microsoft Learn, "Private-link resource" table of
 * "What is a private endpoint?" (MicrosoftDocs, CC BY 4.0), read 2026-11.
 */
export const privateLinkGroups: Readonly<Record<string, readonly string[]>> = {
  'microsoft.apimanagement/service': ['Gateway'],
  'microsoft.appconfiguration/configurationstores': ['configurationStores'],
  'microsoft.cache/redis': ['redisCache'],
  'microsoft.cognitiveservices/accounts': ['account'],
  'microsoft.containerregistry/registries': ['registry'],
  'microsoft.containerservice/managedclusters': ['management'],
  'microsoft.dbforpostgresql/flexibleservers': ['postgresqlServer'],
  'microsoft.devices/iothubs': ['iotHub'],
  'microsoft.eventhub/namespaces': ['namespace'],
  'microsoft.hybridcompute/privatelinkscopes': ['hybridcompute'],
  'microsoft.insights/privatelinkscopes': ['azuremonitor'],
  'microsoft.keyvault/vaults': ['vault'],
  'microsoft.machinelearningservices/workspaces': ['amlworkspace'],
  'microsoft.search/searchservices': ['searchService'],
  'microsoft.servicebus/namespaces': ['namespace'],
  'microsoft.sql/servers': ['sqlServer'],
  'microsoft.storage/storageaccounts': [...storage, ...storage.map(group => `${group}_secondary`)],
};
