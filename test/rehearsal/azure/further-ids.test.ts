import { idOf } from '../../../rehearsal/azure/id-rule';
import { nearestHome } from '../../../rehearsal/azure/nearest-home';

const subscriptionPath = '00000000-0000-0000-0000-000000000000';
const groupId = `/subscriptions/${subscriptionPath}/resourceGroups/rg`;

/**
 * Ids as azurerm's documentation prints them, written `type attributes -> id`. `rg` is resource_group_name=rg, `~` stands
 * for that group and `/providers/`, `~~` for the group itself, `~sub` for the subscription.
 */
const ids = `
  ai_foundry_project name=p ai_services_hub_id=~Microsoft.MachineLearningServices/workspaces/hub -> ~Microsoft.MachineLearningServices/workspaces/p
  analysis_services_server name=x rg -> ~Microsoft.AnalysisServices/servers/x
  api_connection name=x rg -> ~Microsoft.Web/connections/x
  api_management name=x rg -> ~Microsoft.ApiManagement/service/x
  api_management_api name=x rg api_management_name=a revision=1 -> ~Microsoft.ApiManagement/service/a/apis/x;rev=1
  api_management_api_diagnostic rg api_management_name=a api_name=b identifier=o -> ~Microsoft.ApiManagement/service/a/apis/b/diagnostics/o
  api_management_api_operation rg api_management_name=a api_name=b operation_id=o -> ~Microsoft.ApiManagement/service/a/apis/b/operations/o
  api_management_gateway name=g api_management_id=~Microsoft.ApiManagement/service/a -> ~Microsoft.ApiManagement/service/a/gateways/g
  api_management_group name=x rg api_management_name=a -> ~Microsoft.ApiManagement/service/a/groups/x
  api_management_logger name=x rg api_management_name=a -> ~Microsoft.ApiManagement/service/a/loggers/x
  api_management_user rg api_management_name=a user_id=u -> ~Microsoft.ApiManagement/service/a/users/u
  app_configuration name=x rg -> ~Microsoft.AppConfiguration/configurationStores/x
  app_service_certificate name=x rg -> ~Microsoft.Web/certificates/x
  application_gateway name=x rg -> ~Microsoft.Network/applicationGateways/x
  application_insights_standard_web_test name=x rg -> ~Microsoft.Insights/webTests/x
  application_insights_web_test name=x rg -> ~Microsoft.Insights/webTests/x
  application_load_balancer name=x rg -> ~Microsoft.ServiceNetworking/trafficControllers/x
  application_security_group name=x rg -> ~Microsoft.Network/applicationSecurityGroups/x
  attestation_provider name=x rg -> ~Microsoft.Attestation/attestationProviders/x
  automation_account name=x rg -> ~Microsoft.Automation/automationAccounts/x
  automation_runbook name=x rg automation_account_name=a -> ~Microsoft.Automation/automationAccounts/a/runbooks/x
  availability_set name=x rg -> ~Microsoft.Compute/availabilitySets/x
  backup_policy_vm name=x rg recovery_vault_name=v -> ~Microsoft.RecoveryServices/vaults/v/backupPolicies/x
  batch_account name=x rg -> ~Microsoft.Batch/batchAccounts/x
  batch_pool name=x rg account_name=a -> ~Microsoft.Batch/batchAccounts/a/pools/x
  bot_service_azure_bot name=x rg -> ~Microsoft.BotService/botServices/x
  capacity_reservation_group name=x rg -> ~Microsoft.Compute/capacityReservationGroups/x
  cdn_frontdoor_endpoint name=e cdn_frontdoor_profile_id=~Microsoft.Cdn/profiles/x -> ~Microsoft.Cdn/profiles/x/afdEndpoints/e
  cdn_frontdoor_firewall_policy name=x rg -> ~Microsoft.Network/frontDoorWebApplicationFirewallPolicies/x
  cdn_frontdoor_origin_group name=e cdn_frontdoor_profile_id=~Microsoft.Cdn/profiles/x -> ~Microsoft.Cdn/profiles/x/originGroups/e
  cdn_frontdoor_profile name=x rg -> ~Microsoft.Cdn/profiles/x
  cdn_profile name=x rg -> ~Microsoft.Cdn/profiles/x
  chaos_studio_experiment name=x rg -> ~Microsoft.Chaos/experiments/x
  communication_service name=x rg -> ~Microsoft.Communication/communicationServices/x
  confidential_ledger name=x rg -> ~Microsoft.ConfidentialLedger/ledgers/x
  container_app name=x rg -> ~Microsoft.App/containerApps/x
  container_app_environment name=x rg -> ~Microsoft.App/managedEnvironments/x
  container_app_environment_certificate name=s container_app_environment_id=~Microsoft.App/managedEnvironments/e -> ~Microsoft.App/managedEnvironments/e/certificates/s
  container_app_environment_dapr_component name=s container_app_environment_id=~Microsoft.App/managedEnvironments/e -> ~Microsoft.App/managedEnvironments/e/daprComponents/s
  container_app_environment_storage name=s container_app_environment_id=~Microsoft.App/managedEnvironments/e -> ~Microsoft.App/managedEnvironments/e/storages/s
  container_registry name=x rg -> ~Microsoft.ContainerRegistry/registries/x
  container_registry_task name=t container_registry_id=~Microsoft.ContainerRegistry/registries/r -> ~Microsoft.ContainerRegistry/registries/r/tasks/t
  container_registry_token name=x rg container_registry_name=r -> ~Microsoft.ContainerRegistry/registries/r/tokens/x
  container_registry_webhook name=x rg registry_name=r -> ~Microsoft.ContainerRegistry/registries/r/webHooks/x
  cosmosdb_account name=x rg -> ~Microsoft.DocumentDB/databaseAccounts/x
  cosmosdb_mongo_database name=x rg account_name=a -> ~Microsoft.DocumentDB/databaseAccounts/a/mongodbDatabases/x
  cosmosdb_sql_container name=x rg account_name=a database_name=d -> ~Microsoft.DocumentDB/databaseAccounts/a/sqlDatabases/d/containers/x
  cosmosdb_sql_database name=x rg account_name=a -> ~Microsoft.DocumentDB/databaseAccounts/a/sqlDatabases/x
  dashboard_grafana name=x rg -> ~Microsoft.Dashboard/grafana/x
  data_factory name=x rg -> ~Microsoft.DataFactory/factories/x
  data_factory_pipeline name=p data_factory_id=~Microsoft.DataFactory/factories/x -> ~Microsoft.DataFactory/factories/x/pipelines/p
  data_protection_backup_vault name=x rg -> ~Microsoft.DataProtection/backupVaults/x
  databricks_access_connector name=x rg -> ~Microsoft.Databricks/accessConnectors/x
  databricks_workspace name=x rg -> ~Microsoft.Databricks/workspaces/x
  dedicated_host_group name=x rg -> ~Microsoft.Compute/hostGroups/x
  dev_center name=x rg -> ~Microsoft.DevCenter/devCenters/x
  digital_twins_instance name=x rg -> ~Microsoft.DigitalTwins/digitalTwinsInstances/x
  disk_access name=x rg -> ~Microsoft.Compute/diskAccesses/x
  dns_a_record name=x rg zone_name=z -> ~Microsoft.Network/dnsZones/z/A/x
  dns_cname_record name=x rg zone_name=z -> ~Microsoft.Network/dnsZones/z/CNAME/x
  dns_txt_record name=x rg zone_name=z -> ~Microsoft.Network/dnsZones/z/TXT/x
  dns_zone name=x rg -> ~Microsoft.Network/dnsZones/x
  elastic_san name=x rg -> ~Microsoft.ElasticSan/elasticSans/x
  eventgrid_event_subscription name=x scope=~~ -> ~Microsoft.EventGrid/eventSubscriptions/x
  eventgrid_system_topic name=x rg -> ~Microsoft.EventGrid/systemTopics/x
  eventgrid_topic name=x rg -> ~Microsoft.EventGrid/topics/x
  eventhub name=h namespace_id=~Microsoft.EventHub/namespaces/x -> ~Microsoft.EventHub/namespaces/x/eventhubs/h
  eventhub name=h rg namespace_name=n -> ~Microsoft.EventHub/namespaces/n/eventhubs/h
  eventhub_consumer_group name=x rg namespace_name=n eventhub_name=h -> ~Microsoft.EventHub/namespaces/n/eventhubs/h/consumerGroups/x
  eventhub_namespace name=x rg -> ~Microsoft.EventHub/namespaces/x
  eventhub_namespace_authorization_rule name=x rg namespace_name=n -> ~Microsoft.EventHub/namespaces/n/authorizationRules/x
  express_route_circuit name=x rg -> ~Microsoft.Network/expressRouteCircuits/x
  firewall name=x rg -> ~Microsoft.Network/azureFirewalls/x
  firewall_policy name=x rg -> ~Microsoft.Network/firewallPolicies/x
  firewall_policy_rule_collection_group name=r firewall_policy_id=~Microsoft.Network/firewallPolicies/x -> ~Microsoft.Network/firewallPolicies/x/ruleCollectionGroups/r
  frontdoor name=x rg -> ~Microsoft.Network/frontDoors/x
  function_app_flex_consumption name=x rg -> ~Microsoft.Web/sites/x
  hdinsight_hadoop_cluster name=x rg -> ~Microsoft.HDInsight/clusters/x
  healthcare_workspace name=x rg -> ~Microsoft.HealthcareApis/workspaces/x
  image name=x rg -> ~Microsoft.Compute/images/x
  iothub name=x rg -> ~Microsoft.Devices/iotHubs/x
  iothub_consumer_group name=x rg iothub_name=h eventhub_endpoint_name=events -> ~Microsoft.Devices/iotHubs/h/eventHubEndpoints/events/consumerGroups/x
  ip_group name=x rg -> ~Microsoft.Network/ipGroups/x
  key_vault_access_policy key_vault_id=~Microsoft.KeyVault/vaults/kv object_id=o -> ~Microsoft.KeyVault/vaults/kv/objectId/o
  key_vault_managed_hardware_security_module name=x rg -> ~Microsoft.KeyVault/managedHSMs/x
  kubernetes_cluster name=x rg -> ~Microsoft.ContainerService/managedClusters/x
  kubernetes_fleet_manager name=x rg -> ~Microsoft.ContainerService/fleets/x
  kusto_cluster name=x rg -> ~Microsoft.Kusto/clusters/x
  kusto_database name=x rg cluster_name=c -> ~Microsoft.Kusto/clusters/c/databases/x
  lb name=x rg -> ~Microsoft.Network/loadBalancers/x
  lb_nat_rule name=n rg loadbalancer_id=~Microsoft.Network/loadBalancers/lb -> ~Microsoft.Network/loadBalancers/lb/inboundNatRules/n
  lb_outbound_rule name=n loadbalancer_id=~Microsoft.Network/loadBalancers/lb -> ~Microsoft.Network/loadBalancers/lb/outboundRules/n
  lighthouse_definition name=x scope=~sub lighthouse_definition_id=g -> ~sub/providers/Microsoft.ManagedServices/registrationDefinitions/g
  linux_function_app name=x rg -> ~Microsoft.Web/sites/x
  linux_web_app name=x rg service_plan_id=~Microsoft.Web/serverFarms/plan -> ~Microsoft.Web/sites/x
  linux_web_app_slot name=s app_service_id=~Microsoft.Web/sites/x -> ~Microsoft.Web/sites/x/slots/s
  load_test name=x rg -> ~Microsoft.LoadTestService/loadTests/x
  local_network_gateway name=x rg -> ~Microsoft.Network/localNetworkGateways/x
  log_analytics_cluster name=x rg -> ~Microsoft.OperationalInsights/clusters/x
  log_analytics_query_pack name=x rg -> ~Microsoft.OperationalInsights/queryPacks/x
  log_analytics_solution solution_name=s workspace_name=w rg -> ~Microsoft.OperationsManagement/solutions/s(w)
  logic_app_workflow name=x rg -> ~Microsoft.Logic/workflows/x
  machine_learning_datastore_datalake_gen2 name=d workspace_id=~Microsoft.MachineLearningServices/workspaces/w -> ~Microsoft.MachineLearningServices/workspaces/w/dataStores/d
  machine_learning_datastore_fileshare name=d workspace_id=~Microsoft.MachineLearningServices/workspaces/w -> ~Microsoft.MachineLearningServices/workspaces/w/dataStores/d
  machine_learning_synapse_spark name=d machine_learning_workspace_id=~Microsoft.MachineLearningServices/workspaces/w -> ~Microsoft.MachineLearningServices/workspaces/w/computes/d
  managed_redis name=x rg -> ~Microsoft.Cache/redisEnterprise/x
  management_group name=m -> /providers/Microsoft.Management/managementGroups/m
  maps_account name=x rg -> ~Microsoft.Maps/accounts/x
  monitor_action_group name=x rg -> ~Microsoft.Insights/actionGroups/x
  monitor_activity_log_alert name=x rg -> ~Microsoft.Insights/activityLogAlerts/x
  monitor_alert_processing_rule_suppression name=x rg -> ~Microsoft.AlertsManagement/actionRules/x
  monitor_metric_alert name=x rg -> ~Microsoft.Insights/metricAlerts/x
  monitor_private_link_scope name=x rg -> ~Microsoft.Insights/privateLinkScopes/x
  monitor_scheduled_query_rules_alert name=x rg -> ~Microsoft.Insights/scheduledQueryRules/x
  monitor_smart_detector_alert_rule name=x rg -> ~Microsoft.AlertsManagement/smartDetectorAlertRules/x
  monitor_workspace name=x rg -> ~Microsoft.Monitor/accounts/x
  mssql_database name=db server_id=~Microsoft.Sql/servers/x -> ~Microsoft.Sql/servers/x/databases/db
  mssql_elasticpool name=x rg server_name=s -> ~Microsoft.Sql/servers/s/elasticPools/x
  mssql_firewall_rule name=f server_id=~Microsoft.Sql/servers/x -> ~Microsoft.Sql/servers/x/firewallRules/f
  mssql_managed_instance name=x rg -> ~Microsoft.Sql/managedInstances/x
  mssql_server name=x rg -> ~Microsoft.Sql/servers/x
  mssql_virtual_machine virtual_machine_id=~Microsoft.Compute/virtualMachines/vm -> ~Microsoft.SqlVirtualMachine/sqlVirtualMachines/vm
  mssql_virtual_network_rule name=v server_id=~Microsoft.Sql/servers/x subnet_id=~Microsoft.Network/virtualNetworks/n/subnets/s -> ~Microsoft.Sql/servers/x/virtualNetworkRules/v
  mysql_flexible_database name=x rg server_name=s -> ~Microsoft.DBforMySQL/flexibleServers/s/databases/x
  mysql_flexible_server name=x rg -> ~Microsoft.DBforMySQL/flexibleServers/x
  netapp_account name=x rg -> ~Microsoft.NetApp/netAppAccounts/x
  netapp_pool name=x rg account_name=a -> ~Microsoft.NetApp/netAppAccounts/a/capacityPools/x
  netapp_volume name=x rg account_name=a pool_name=p -> ~Microsoft.NetApp/netAppAccounts/a/capacityPools/p/volumes/x
  network_ddos_protection_plan name=x rg -> ~Microsoft.Network/ddosProtectionPlans/x
  network_manager name=x rg -> ~Microsoft.Network/networkManagers/x
  network_profile name=x rg -> ~Microsoft.Network/networkProfiles/x
  notification_hub name=x rg namespace_name=n -> ~Microsoft.NotificationHubs/namespaces/n/notificationHubs/x
  notification_hub_namespace name=x rg -> ~Microsoft.NotificationHubs/namespaces/x
  point_to_site_vpn_gateway name=x rg -> ~Microsoft.Network/p2sVpnGateways/x
  postgresql_flexible_server name=x rg -> ~Microsoft.DBforPostgreSQL/flexibleServers/x
  postgresql_flexible_server_configuration name=c server_id=~Microsoft.DBforPostgreSQL/flexibleServers/x -> ~Microsoft.DBforPostgreSQL/flexibleServers/x/configurations/c
  postgresql_flexible_server_database name=db server_id=~Microsoft.DBforPostgreSQL/flexibleServers/x -> ~Microsoft.DBforPostgreSQL/flexibleServers/x/databases/db
  postgresql_flexible_server_firewall_rule name=c server_id=~Microsoft.DBforPostgreSQL/flexibleServers/x -> ~Microsoft.DBforPostgreSQL/flexibleServers/x/firewallRules/c
  powerbi_embedded name=x rg -> ~Microsoft.PowerBIDedicated/capacities/x
  private_dns_resolver name=x rg -> ~Microsoft.Network/dnsResolvers/x
  private_dns_resolver_inbound_endpoint name=i private_dns_resolver_id=~Microsoft.Network/dnsResolvers/x -> ~Microsoft.Network/dnsResolvers/x/inboundEndpoints/i
  private_link_service name=x rg -> ~Microsoft.Network/privateLinkServices/x
  public_ip_prefix name=x rg -> ~Microsoft.Network/publicIPPrefixes/x
  purview_account name=x rg -> ~Microsoft.Purview/accounts/x
  redis_cache name=x rg -> ~Microsoft.Cache/redis/x
  relay_namespace name=x rg -> ~Microsoft.Relay/namespaces/x
  resource_group_cost_management_export name=e resource_group_id=~~ -> ~Microsoft.CostManagement/exports/e
  resource_policy_assignment name=e resource_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/providers/Microsoft.Authorization/policyAssignments/e
  resource_provider_registration name=Microsoft.KeyVault -> ~sub/providers/Microsoft.KeyVault
  role_definition name=x scope=~~ role_definition_id=g -> ~sub/providers/Microsoft.Authorization/roleDefinitions/g|~~
  route_server name=x rg -> ~Microsoft.Network/virtualHubs/x
  search_service name=x rg -> ~Microsoft.Search/searchServices/x
  security_center_contact name=e -> ~sub/providers/Microsoft.Security/securityContacts/e
  sentinel_alert_rule_scheduled name=e log_analytics_workspace_id=~Microsoft.OperationalInsights/workspaces/w -> ~Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/alertRules/e
  service_plan name=x rg -> ~Microsoft.Web/serverFarms/x
  servicebus_namespace name=x rg -> ~Microsoft.ServiceBus/namespaces/x
  servicebus_namespace_authorization_rule name=q namespace_id=~Microsoft.ServiceBus/namespaces/x -> ~Microsoft.ServiceBus/namespaces/x/authorizationRules/q
  servicebus_queue name=q namespace_id=~Microsoft.ServiceBus/namespaces/x -> ~Microsoft.ServiceBus/namespaces/x/queues/q
  servicebus_subscription name=q topic_id=~Microsoft.ServiceBus/namespaces/x/topics/t -> ~Microsoft.ServiceBus/namespaces/x/topics/t/subscriptions/q
  servicebus_topic name=q namespace_id=~Microsoft.ServiceBus/namespaces/x -> ~Microsoft.ServiceBus/namespaces/x/topics/q
  shared_image name=x rg gallery_name=g -> ~Microsoft.Compute/galleries/g/images/x
  shared_image_gallery name=x rg -> ~Microsoft.Compute/galleries/x
  signalr_service name=x rg -> ~Microsoft.SignalRService/signalR/x
  snapshot name=x rg -> ~Microsoft.Compute/snapshots/x
  spring_cloud_service name=x rg -> ~Microsoft.AppPlatform/spring/x
  static_web_app name=x rg -> ~Microsoft.Web/staticSites/x
  storage_container name=c storage_account_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/blobServices/default/containers/c
  storage_container name=c storage_account_name=sa -> https://sa.blob.core.windows.net/c
  storage_encryption_scope name=e storage_account_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/encryptionScopes/e
  storage_management_policy storage_account_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/managementPolicies/default
  storage_queue name=q storage_account_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/queueServices/default/queues/q
  storage_share name=c storage_account_id=~Microsoft.Storage/storageAccounts/sa -> ~Microsoft.Storage/storageAccounts/sa/fileServices/default/shares/c
  storage_sync name=x rg -> ~Microsoft.StorageSync/storageSyncServices/x
  storage_table name=q storage_account_name=sa -> https://sa.table.core.windows.net/Tables('q')
  stream_analytics_job name=x rg -> ~Microsoft.StreamAnalytics/streamingJobs/x
  subnet_service_endpoint_storage_policy name=x rg -> ~Microsoft.Network/serviceEndpointPolicies/x
  subscription_policy_assignment name=e subscription_id=~sub -> ~sub/providers/Microsoft.Authorization/policyAssignments/e
  subscription_template_deployment name=e -> ~sub/providers/Microsoft.Resources/deployments/e
  synapse_workspace name=x rg -> ~Microsoft.Synapse/workspaces/x
  traffic_manager_profile name=x rg -> ~Microsoft.Network/trafficManagerProfiles/x
  user_assigned_identity name=x rg -> ~Microsoft.ManagedIdentity/userAssignedIdentities/x
  virtual_desktop_application_group name=x rg -> ~Microsoft.DesktopVirtualization/applicationGroups/x
  virtual_desktop_host_pool name=x rg -> ~Microsoft.DesktopVirtualization/hostPools/x
  virtual_desktop_workspace name=x rg -> ~Microsoft.DesktopVirtualization/workspaces/x
  virtual_hub name=x rg -> ~Microsoft.Network/virtualHubs/x
  virtual_network_gateway name=x rg -> ~Microsoft.Network/virtualNetworkGateways/x
  virtual_network_gateway_connection name=x rg -> ~Microsoft.Network/connections/x
  virtual_wan name=x rg -> ~Microsoft.Network/virtualWans/x
  vpn_gateway name=x rg -> ~Microsoft.Network/vpnGateways/x
  web_application_firewall_policy name=x rg -> ~Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies/x
  web_pubsub name=x rg -> ~Microsoft.SignalRService/webPubSub/x
  windows_function_app name=x rg -> ~Microsoft.Web/sites/x
  windows_virtual_machine name=x rg -> ~Microsoft.Compute/virtualMachines/x
  windows_virtual_machine_scale_set name=x rg -> ~Microsoft.Compute/virtualMachineScaleSets/x
  windows_web_app name=x rg -> ~Microsoft.Web/sites/x
`;

const spellOut = (text: string) =>
  text
    .replaceAll('~sub', `/subscriptions/${subscriptionPath}`)
    .replaceAll('~~', groupId)
    .replaceAll('~', `${groupId}/providers/`);

const cases = ids
  .trim()
  .split('\n')
  .map(line => {
    const [left = '', id = ''] = line.trim().split(' -> ');
    const [type = '', ...attributes] = left.replace(/ rg\b/, ' resource_group_name=rg').split(' ');
    const values = attributes.map(text => [text.split('=')[0], spellOut(text.slice(text.indexOf('=') + 1))]);
    return [`azurerm_${type}`, Object.fromEntries(values), spellOut(id)] as const;
  });

describe('ids of types that Berth does not deploy', () => {
  it.each(cases)('%s %j', (type, attributes, id) => {
    expect(idOf(type, attributes, subscriptionPath)).toBe(id);
  });
});

describe('a type that no table knows', () => {
  it.each([
    ['azurerm_mssql_thing', 'Microsoft.Sql', 'things'],
    ['azurerm_cognitive_account_memory', 'Microsoft.CognitiveServices', 'memories'],
    ['azurerm_teleporter', 'Microsoft.Teleporter', 'teleporters'],
  ])('%s lives where its kin lives', (type, namespace, collection) => {
    expect(nearestHome(type)).toEqual({ namespace, collection });
  });

  it('is a child of the id that names its parent', () => {
    const server = `${groupId}/providers/Microsoft.Sql/servers/s`;
    expect(idOf('azurerm_mssql_server_thing', { name: 'x', server_id: server }, subscriptionPath)).toBe(
      `${server}/things/x`,
    );
  });
});
