/**
 * Blocks of azurerm resources that are children with ids of their own in Azure, by type, with the collection they stand in. Source: the `id`
 * attributes of these blocks and the id parsers in hashicorp/terraform-provider-azurerm 4.55.0 (MPL-2.0, facts only), read 2026-11-30.
 */
export const inlineChildren: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azurerm_application_gateway: {
    authentication_certificate: 'authenticationCertificates',
    backend_address_pool: 'backendAddressPools',
    backend_http_settings: 'backendHttpSettingsCollection',
    frontend_ip_configuration: 'frontendIPConfigurations',
    frontend_port: 'frontendPorts',
    gateway_ip_configuration: 'gatewayIPConfigurations',
    http_listener: 'httpListeners',
    private_link_configuration: 'privateLinkConfigurations',
    probe: 'probes',
    redirect_configuration: 'redirectConfigurations',
    request_routing_rule: 'requestRoutingRules',
    rewrite_rule_set: 'rewriteRuleSets',
    ssl_certificate: 'sslCertificates',
    ssl_profile: 'sslProfiles',
    trusted_client_certificate: 'trustedClientCertificates',
    trusted_root_certificate: 'trustedRootCertificates',
    url_path_map: 'urlPathMaps',
  },
  azurerm_lb: { frontend_ip_configuration: 'frontendIPConfigurations' },
  azurerm_virtual_network: { subnet: 'subnets' },
};
