import { idTemplates } from './id-templates';

/** Settings of a resource whose template does not show that they share its id. */
const overlays = new Set([
  'azapi_resource_action',
  'azapi_update_resource',
  'azurerm_api_management_api_operation_policy',
  'azurerm_api_management_product_policy',
  'azurerm_app_service_active_slot',
  'azurerm_eventgrid_partner_configuration',
  'azurerm_nat_gateway_public_ip_association',
  'azurerm_nat_gateway_public_ip_prefix_association',
  'azurerm_network_interface_backend_address_pool_association',
  'azurerm_network_interface_security_group_association',
  'azurerm_postgresql_active_directory_administrator',
  'azurerm_virtual_network_dns_servers',
]);

/** Whether a type is not a resource of Azure but a setting of one: then it shares that resource's id. */
export function isOverlay(type: string): boolean {
  return overlays.has(type) || idTemplates(type).some(template => /^\{\w+(\.parent)?\}$/.test(template));
}
