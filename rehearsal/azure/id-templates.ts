import type { IdTemplate } from '../facts/arm-ids';
import { furtherIdTemplates } from '../facts/arm-ids';

/**
 * Ids of the types that Berth deploys or comes near, by Terraform type. `{rg}` is the resource group of
 * `resource_group_name`, `{sub}` the subscription, `{uuid}` a UUID of the other values; every other name is an
 * attribute. `{a/b}` falls back from a to b and `{a/=b}` to the text b. `{a.name}`, `{a.group}`, `{a.parent}` and `{a.subscription}` are parts of
 * the id in a; they can be chained.
 * Source: the import examples in the documentation of azurerm 4.55, read 2026-11.
 */
const templatesByType: Readonly<Record<string, IdTemplate>> = {
  azurerm_resource_group: '{sub}/resourceGroups/{name}',
  azurerm_management_lock: '{scope}/providers/Microsoft.Authorization/locks/{name}',
  azurerm_role_assignment: '{scope}/providers/Microsoft.Authorization/roleAssignments/{name/uuid}',
  // A role belongs to the subscription of its scope, whatever the scope (azurerm, `role_definition_resource.go`).
  azurerm_role_definition:
    '{scope.subscription}/providers/Microsoft.Authorization/roleDefinitions/{role_definition_id/uuid}|{scope}',
  azurerm_policy_definition: '{sub}/providers/Microsoft.Authorization/policyDefinitions/{name}',
  azurerm_resource_group_policy_assignment:
    '{resource_group_id}/providers/Microsoft.Authorization/policyAssignments/{name}',
  azurerm_resource_group_template_deployment: '{rg}/providers/Microsoft.Resources/deployments/{name}',
  azurerm_user_assigned_identity: '{rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}',
  azurerm_federated_identity_credential: '{parent_id}/federatedIdentityCredentials/{name}',

  azurerm_logic_app_workflow: '{rg}/providers/Microsoft.Logic/workflows/{name}',
  azurerm_logic_app_trigger_recurrence: '{logic_app_id}/triggers/{name}',
  azurerm_logic_app_action_custom: '{logic_app_id}/actions/{name}',

  azurerm_cognitive_account: '{rg}/providers/Microsoft.CognitiveServices/accounts/{name}',
  azurerm_ai_services: '{rg}/providers/Microsoft.CognitiveServices/accounts/{name}',
  azurerm_cognitive_deployment: '{cognitive_account_id}/deployments/{name}',
  azurerm_cognitive_account_rai_policy: '{cognitive_account_id}/raiPolicies/{name}',
  azurerm_cognitive_account_rai_blocklist: '{cognitive_account_id}/raiBlocklists/{name}',
  azurerm_cognitive_account_project: '{cognitive_account_id}/projects/{name}',
  azurerm_cognitive_account_customer_managed_key: '{cognitive_account_id}',
  azurerm_ai_foundry: '{rg}/providers/Microsoft.MachineLearningServices/workspaces/{name}',
  azurerm_machine_learning_workspace: '{rg}/providers/Microsoft.MachineLearningServices/workspaces/{name}',
  azurerm_machine_learning_compute_cluster: '{machine_learning_workspace_id}/computes/{name}',
  azurerm_machine_learning_compute_instance: '{machine_learning_workspace_id}/computes/{name}',
  azurerm_machine_learning_inference_cluster: '{machine_learning_workspace_id}/computes/{name}',
  azurerm_machine_learning_datastore_blobstorage: '{workspace_id}/dataStores/{name}',
  azurerm_machine_learning_workspace_network_outbound_rule_fqdn: '{workspace_id}/outboundRules/{name}',
  azurerm_machine_learning_workspace_network_outbound_rule_private_endpoint:
    '{workspace_id}/outboundRules/{name}',
  azurerm_machine_learning_workspace_network_outbound_rule_service_tag: '{workspace_id}/outboundRules/{name}',

  azurerm_virtual_network: '{rg}/providers/Microsoft.Network/virtualNetworks/{name}',
  azurerm_virtual_network_peering:
    '{rg}/providers/Microsoft.Network/virtualNetworks/{virtual_network_name}/virtualNetworkPeerings/{name}',
  azurerm_subnet: '{rg}/providers/Microsoft.Network/virtualNetworks/{virtual_network_name}/subnets/{name}',
  azurerm_network_security_group: '{rg}/providers/Microsoft.Network/networkSecurityGroups/{name}',
  azurerm_network_security_rule:
    '{rg}/providers/Microsoft.Network/networkSecurityGroups/{network_security_group_name}/securityRules/{name}',
  azurerm_subnet_network_security_group_association: '{subnet_id}',
  azurerm_subnet_nat_gateway_association: '{subnet_id}',
  azurerm_subnet_route_table_association: '{subnet_id}',
  azurerm_route_table: '{rg}/providers/Microsoft.Network/routeTables/{name}',
  azurerm_route: '{rg}/providers/Microsoft.Network/routeTables/{route_table_name}/routes/{name}',
  azurerm_nat_gateway: '{rg}/providers/Microsoft.Network/natGateways/{name}',
  azurerm_nat_gateway_public_ip_association: '{nat_gateway_id}|{public_ip_address_id}',
  azurerm_public_ip: '{rg}/providers/Microsoft.Network/publicIPAddresses/{name}',
  azurerm_private_dns_zone: '{rg}/providers/Microsoft.Network/privateDnsZones/{name}',
  azurerm_private_dns_zone_virtual_network_link:
    '{rg}/providers/Microsoft.Network/privateDnsZones/{private_dns_zone_name}/virtualNetworkLinks/{name}',
  azurerm_private_dns_a_record: '{rg}/providers/Microsoft.Network/privateDnsZones/{zone_name}/A/{name}',
  azurerm_private_dns_cname_record:
    '{rg}/providers/Microsoft.Network/privateDnsZones/{zone_name}/CNAME/{name}',
  azurerm_private_dns_txt_record: '{rg}/providers/Microsoft.Network/privateDnsZones/{zone_name}/TXT/{name}',
  azurerm_private_endpoint: '{rg}/providers/Microsoft.Network/privateEndpoints/{name}',
  azurerm_network_interface: '{rg}/providers/Microsoft.Network/networkInterfaces/{name}',
  azurerm_network_interface_security_group_association: '{network_interface_id}|{network_security_group_id}',
  azurerm_network_interface_backend_address_pool_association:
    '{network_interface_id}/ipConfigurations/{ip_configuration_name}|{backend_address_pool_id}',
  azurerm_lb: '{rg}/providers/Microsoft.Network/loadBalancers/{name}',
  azurerm_lb_backend_address_pool: '{loadbalancer_id}/backendAddressPools/{name}',
  azurerm_lb_probe: '{loadbalancer_id}/probes/{name}',
  azurerm_lb_rule: '{loadbalancer_id}/loadBalancingRules/{name}',
  azurerm_bastion_host: '{rg}/providers/Microsoft.Network/bastionHosts/{name}',
  azurerm_application_gateway: '{rg}/providers/Microsoft.Network/applicationGateways/{name}',
  azurerm_network_watcher: '{rg}/providers/Microsoft.Network/networkWatchers/{name}',
  azurerm_network_watcher_flow_log:
    '{rg}/providers/Microsoft.Network/networkWatchers/{network_watcher_name}/flowLogs/{name}',

  azurerm_log_analytics_workspace: '{rg}/providers/Microsoft.OperationalInsights/workspaces/{name}',
  azurerm_application_insights: '{rg}/providers/Microsoft.Insights/components/{name}',
  azurerm_application_insights_workbook: '{rg}/providers/Microsoft.Insights/workbooks/{name}',
  azurerm_monitor_diagnostic_setting: '{target_resource_id}|{name}',
  azurerm_monitor_metric_alert: '{rg}/providers/Microsoft.Insights/metricAlerts/{name}',
  azurerm_monitor_action_group: '{rg}/providers/Microsoft.Insights/actionGroups/{name}',
  azurerm_monitor_autoscale_setting: '{rg}/providers/Microsoft.Insights/autoScaleSettings/{name}',
  azurerm_monitor_scheduled_query_rules_alert_v2:
    '{rg}/providers/Microsoft.Insights/scheduledQueryRules/{name}',
  azurerm_monitor_data_collection_rule: '{rg}/providers/Microsoft.Insights/dataCollectionRules/{name}',
  azurerm_monitor_data_collection_endpoint:
    '{rg}/providers/Microsoft.Insights/dataCollectionEndpoints/{name}',
  azurerm_monitor_data_collection_rule_association:
    '{target_resource_id}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{name}',
  azurerm_portal_dashboard: '{rg}/providers/Microsoft.Portal/dashboards/{name}',
  azurerm_consumption_budget_resource_group:
    '{resource_group_id}/providers/Microsoft.Consumption/budgets/{name}',
  azurerm_consumption_budget_subscription: '{subscription_id}/providers/Microsoft.Consumption/budgets/{name}',
  azurerm_security_center_subscription_pricing: '{sub}/providers/Microsoft.Security/pricings/{resource_type}',

  azurerm_key_vault: '{rg}/providers/Microsoft.KeyVault/vaults/{name}',
  azurerm_key_vault_access_policy: '{key_vault_id}/objectId/{object_id}',
  azurerm_disk_encryption_set: '{rg}/providers/Microsoft.Compute/diskEncryptionSets/{name}',
  azurerm_storage_account: '{rg}/providers/Microsoft.Storage/storageAccounts/{name}',
  azurerm_storage_account_customer_managed_key: '{storage_account_id}',
  azurerm_storage_account_network_rules: '{storage_account_id}',
  azurerm_storage_container: [
    '{storage_account_id}/blobServices/default/containers/{name}',
    'https://{storage_account_name}.blob.core.windows.net/{name}',
  ],
  azurerm_storage_queue: [
    '{storage_account_id}/queueServices/default/queues/{name}',
    'https://{storage_account_name}.queue.core.windows.net/{name}',
  ],
  azurerm_storage_share: [
    '{storage_account_id}/fileServices/default/shares/{name}',
    'https://{storage_account_name}.file.core.windows.net/{name}',
  ],
  azurerm_container_registry: '{rg}/providers/Microsoft.ContainerRegistry/registries/{name}',
  azurerm_recovery_services_vault: '{rg}/providers/Microsoft.RecoveryServices/vaults/{name}',

  azurerm_linux_virtual_machine: '{rg}/providers/Microsoft.Compute/virtualMachines/{name}',
  azurerm_virtual_machine_extension: '{virtual_machine_id}/extensions/{name}',
  azurerm_virtual_machine_run_command: '{virtual_machine_id}/runCommands/{name}',
  azurerm_virtual_machine_data_disk_attachment: '{virtual_machine_id}/dataDisks/{managed_disk_id.name}',
  azurerm_linux_virtual_machine_scale_set: '{rg}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}',
  azurerm_orchestrated_virtual_machine_scale_set:
    '{rg}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}',
  azurerm_virtual_machine_scale_set_extension: '{virtual_machine_scale_set_id}/extensions/{name}',
  azurerm_managed_disk: '{rg}/providers/Microsoft.Compute/disks/{name}',
  azurerm_ssh_public_key: '{rg}/providers/Microsoft.Compute/sshPublicKeys/{name}',
  azurerm_proximity_placement_group: '{rg}/providers/Microsoft.Compute/proximityPlacementGroups/{name}',
  azurerm_capacity_reservation: '{capacity_reservation_group_id}/capacityReservations/{name}',
  azurerm_maintenance_configuration: '{rg}/providers/Microsoft.Maintenance/maintenanceConfigurations/{name}',
  azurerm_dev_test_global_vm_shutdown_schedule:
    '{virtual_machine_id.group}/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-{virtual_machine_id.name}',

  azurerm_kubernetes_cluster: '{rg}/providers/Microsoft.ContainerService/managedClusters/{name}',
  azurerm_kubernetes_cluster_node_pool: '{kubernetes_cluster_id}/agentPools/{name}',
  azurerm_kubernetes_cluster_extension:
    '{cluster_id}/providers/Microsoft.KubernetesConfiguration/extensions/{name}',
  azurerm_kubernetes_flux_configuration:
    '{cluster_id}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/{name}',
  azurerm_arc_kubernetes_cluster: '{rg}/providers/Microsoft.Kubernetes/connectedClusters/{name}',
  azurerm_arc_kubernetes_cluster_extension:
    '{cluster_id}/providers/Microsoft.KubernetesConfiguration/extensions/{name}',
  azurerm_arc_kubernetes_flux_configuration:
    '{cluster_id}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/{name}',
  azurerm_arc_machine: '{rg}/providers/Microsoft.HybridCompute/machines/{name}',
  azurerm_arc_machine_extension: '{arc_machine_id}/extensions/{name}',
  azurerm_arc_private_link_scope: '{rg}/providers/Microsoft.HybridCompute/privateLinkScopes/{name}',
  azurerm_iothub: '{rg}/providers/Microsoft.Devices/iotHubs/{name}',
  azurerm_iothub_dps: '{rg}/providers/Microsoft.Devices/provisioningServices/{name}',
  azurerm_iothub_shared_access_policy:
    '{rg}/providers/Microsoft.Devices/iotHubs/{iothub_name}/iotHubKeys/{name}',
  azurerm_container_app: '{rg}/providers/Microsoft.App/containerApps/{name}',
  azurerm_container_app_environment: '{rg}/providers/Microsoft.App/managedEnvironments/{name}',
  azurerm_container_app_job: '{rg}/providers/Microsoft.App/jobs/{name}',
  azurerm_container_group: '{rg}/providers/Microsoft.ContainerInstance/containerGroups/{name}',

  azurerm_api_management: '{rg}/providers/Microsoft.ApiManagement/service/{name}',
  azurerm_api_management_api:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{name};rev={revision}',
  azurerm_api_management_api_policy:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/apis/{api_name}',
  azurerm_api_management_backend:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/backends/{name}',
  azurerm_api_management_named_value:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/namedValues/{name}',
  azurerm_api_management_product:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/products/{product_id}',
  azurerm_api_management_logger:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/loggers/{name}',
  azurerm_api_management_policy: '{api_management_id}',
  azurerm_api_management_subscription:
    '{rg}/providers/Microsoft.ApiManagement/service/{api_management_name}/subscriptions/{subscription_id/uuid}',
};

/** The templates of a type, best first; empty when none is known. */
export function idTemplates(type: string): readonly string[] {
  const known = templatesByType[type] ?? furtherIdTemplates[type] ?? [];
  return typeof known === 'string' ? [known] : known;
}

/** Every known type with its first template. */
export function knownTemplates(): readonly (readonly [type: string, template: string])[] {
  const types = new Set([...Object.keys(templatesByType), ...Object.keys(furtherIdTemplates)]);
  return [...types].map(type => [type, idTemplates(type)[0] ?? '']);
}

/** The types whose resources the simulated Azure knows well enough to refuse a reference to one that is not there. */
export function typesWithExistence(): readonly string[] {
  return Object.keys(templatesByType);
}

/** Key Vault objects have data-plane URLs as their ids. */
export const vaultObjects: Readonly<Record<string, string>> = {
  azurerm_key_vault_certificate: 'certificates',
  azurerm_key_vault_key: 'keys',
  azurerm_key_vault_secret: 'secrets',
};
