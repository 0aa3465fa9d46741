import type { Json } from '../azure/simulated-azure';

/** A part of an ARM body whose texts are templates. */
type Template = string | { readonly [key: string]: Template };

/**
 * Properties that Azure adds to a body and that other resources and outputs read, by ARM type in lower case. `{name}` is in
 * lower case, `{location}` without spaces, `{guid}` made of the id, `{parent}` the name of the resource above. Source: Microsoft Learn, the services' REST references and pages
 * on endpoints, read 2026-11.
 */
const added: Readonly<Record<string, Template>> = {
  'microsoft.apimanagement/service': {
    gatewayUrl: 'https://{name}.azure-api.net',
    developerPortalUrl: 'https://{name}.developer.azure-api.net',
    managementApiUrl: 'https://{name}.management.azure-api.net',
    scmUrl: 'https://{name}.scm.azure-api.net',
  },
  'microsoft.app/containerapps': {
    latestRevisionName: '{name}--0000001',
    latestRevisionFqdn: '{name}--0000001.{location}.azurecontainerapps.io',
    customDomainVerificationId: '{hex}',
  },
  'microsoft.app/managedenvironments': {
    defaultDomain: '{hex8}.{location}.azurecontainerapps.io',
    staticIp: '203.0.113.20',
  },
  'microsoft.appconfiguration/configurationstores': { endpoint: 'https://{name}.azconfig.io' },
  'microsoft.batch/batchaccounts': { accountEndpoint: '{name}.{location}.batch.azure.com' },
  'microsoft.cache/redis': { hostName: '{name}.redis.cache.windows.net' },
  'microsoft.cognitiveservices/accounts': { endpoint: 'https://{name}.cognitiveservices.azure.com/' },
  'microsoft.cognitiveservices/accounts/projects': {
    endpoints: { 'AI Foundry API': 'https://{parent}.services.ai.azure.com/api/projects/{name}' },
  },
  'microsoft.containerregistry/registries': { loginServer: '{name}.azurecr.io' },
  'microsoft.containerservice/managedclusters': {
    fqdn: '{name}-{hex8}.hcp.{location}.azmk8s.io',
    oidcIssuerProfile: { issuerURL: 'https://{location}.oic.prod-aks.azure.com/{guid}/' },
  },
  'microsoft.dbformysql/flexibleservers': { fullyQualifiedDomainName: '{name}.mysql.database.azure.com' },
  'microsoft.dbforpostgresql/flexibleservers': {
    fullyQualifiedDomainName: '{name}.postgres.database.azure.com',
  },
  'microsoft.documentdb/databaseaccounts': { documentEndpoint: 'https://{name}.documents.azure.com:443/' },
  'microsoft.eventgrid/topics': { endpoint: 'https://{name}.{location}-1.eventgrid.azure.net/api/events' },
  'microsoft.eventhub/namespaces': { serviceBusEndpoint: 'https://{name}.servicebus.windows.net:443/' },
  'microsoft.insights/components': {
    AppId: '{guid}',
    InstrumentationKey: '{guid}',
    ConnectionString:
      'InstrumentationKey={guid};IngestionEndpoint=https://{location}-1.in.applicationinsights.azure.com/',
  },
  'microsoft.insights/datacollectionendpoints': {
    logsIngestion: { endpoint: 'https://{name}-{hex8}.{location}-1.ingest.monitor.azure.com' },
    metricsIngestion: { endpoint: 'https://{name}-{hex8}.{location}-1.metrics.ingest.monitor.azure.com' },
  },
  'microsoft.keyvault/vaults': { vaultUri: 'https://{name}.vault.azure.net/' },
  'microsoft.kusto/clusters': {
    uri: 'https://{name}.{location}.kusto.windows.net',
    dataIngestionUri: 'https://ingest-{name}.{location}.kusto.windows.net',
  },
  'microsoft.machinelearningservices/workspaces': {
    discoveryUrl: 'https://{location}.api.azureml.ms/discovery',
    workspaceId: '{guid}',
  },
  'microsoft.machinelearningservices/workspaces/onlineendpoints': {
    scoringUri: 'https://{name}.{location}.inference.ml.azure.com/score',
    swaggerUri: 'https://{name}.{location}.inference.ml.azure.com/swagger.json',
  },
  'microsoft.machinelearningservices/workspaces/serverlessendpoints': {
    inferenceEndpoint: { uri: 'https://{name}.{location}.models.ai.azure.com', headers: {} },
  },
  'microsoft.managedidentity/userassignedidentities': {
    principalId: '{guid}',
    clientId: '{guid:client}',
    tenantId: '{tenant}',
  },
  'microsoft.network/publicipaddresses': { ipAddress: '203.0.113.21' },
  'microsoft.operationalinsights/workspaces': { customerId: '{guid}' },
  'microsoft.search/searchservices': { endpoint: 'https://{name}.search.windows.net' },
  'microsoft.servicebus/namespaces': { serviceBusEndpoint: 'https://{name}.servicebus.windows.net:443/' },
  'microsoft.signalrservice/signalr': { hostName: '{name}.service.signalr.net' },
  'microsoft.signalrservice/webpubsub': { hostName: '{name}.webpubsub.azure.com' },
  'microsoft.sql/servers': { fullyQualifiedDomainName: '{name}.database.windows.net' },
  'microsoft.storage/storageaccounts': {
    primaryEndpoints: {
      blob: 'https://{name}.blob.core.windows.net/',
      dfs: 'https://{name}.dfs.core.windows.net/',
      file: 'https://{name}.file.core.windows.net/',
      queue: 'https://{name}.queue.core.windows.net/',
      table: 'https://{name}.table.core.windows.net/',
      web: 'https://{name}.z1.web.core.windows.net/',
    },
    primaryLocation: '{location}',
  },
  'microsoft.web/sites': { defaultHostName: '{name}.azurewebsites.net' },
  'microsoft.web/staticsites': { defaultHostname: '{name}.azurestaticapps.net' },
};

/** What stands for a template's parameters. */
interface Parameters {
  readonly name: string;
  readonly location: string;
  readonly parent: string;
  readonly tenant: string;
  /** A GUID that is always the same for the same word. */
  readonly guid: (word: string) => string;
}

/** The properties that Azure adds to the body of a resource; empty for types outside the table. */
export function addedProperties(armType: string, parameters: Parameters): { readonly [key: string]: Json } {
  const template = added[armType.toLowerCase()];
  return template === undefined || typeof template === 'string'
    ? {}
    : (filled(template, parameters) as { readonly [key: string]: Json });
}

function filled(template: Template, parameters: Parameters): Json {
  if (typeof template !== 'string')
    return Object.fromEntries(
      Object.entries(template).map(([key, inner]) => [key, filled(inner, parameters)]),
    );
  const { name, location, parent, tenant, guid } = parameters;
  const hex = guid('hex').replaceAll('-', '');
  return template
    .replaceAll('{name}', name.toLowerCase())
    .replaceAll('{location}', location.replaceAll(' ', '').toLowerCase() || 'westeurope')
    .replaceAll('{parent}', parent)
    .replaceAll('{tenant}', tenant)
    .replaceAll('{hex8}', hex.slice(0, 8))
    .replaceAll('{hex}', hex)
    .replace(/\{guid(?::(\w+))?\}/g, (_, word: string | undefined) => guid(word ?? 'guid'));
}
