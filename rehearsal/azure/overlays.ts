/** Types that are not resources of Azure but settings of one: they share its id. */
const OVERLAYS = new Set([
  'azapi_resource_action',
  'azapi_update_resource',
  'azurerm_cognitive_account_customer_managed_key',
  'azurerm_nat_gateway_public_ip_association',
  'azurerm_nat_gateway_public_ip_prefix_association',
  'azurerm_network_interface_backend_address_pool_association',
  'azurerm_network_interface_security_group_association',
  'azurerm_storage_account_customer_managed_key',
  'azurerm_storage_account_network_rules',
  'azurerm_storage_account_queue_properties',
  'azurerm_storage_account_static_website',
  'azurerm_subnet_nat_gateway_association',
  'azurerm_subnet_network_security_group_association',
  'azurerm_subnet_route_table_association',
  'azurerm_virtual_network_dns_servers',
]);

/** Whether a type is a setting of another resource and shares that resource's id. */
export function isOverlay(type: string): boolean {
  return OVERLAYS.has(type);
}
