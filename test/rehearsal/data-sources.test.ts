import { TerraformFolder } from './terraform-folder';

const folder = new TerraformFolder();
afterAll(() => folder.stop());

const group = { azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } } };
/** JSON syntax wants every attribute of a block that is an attribute. */
const subnet = {
  name: 'inner',
  address_prefixes: ['10.0.1.0/24'],
  default_outbound_access_enabled: null,
  delegation: [],
  id: null,
  private_endpoint_network_policies: null,
  private_link_service_network_policies_enabled: null,
  route_table_id: null,
  security_group: null,
  service_endpoint_policy_ids: null,
  service_endpoints: null,
};
const network = {
  azurerm_virtual_network: {
    net: {
      name: 'net',
      location: 'westeurope',
      resource_group_name: 'rg',
      address_space: ['10.0.0.0/16'],
      subnet: [subnet],
    },
  },
};

it('answers data sources that read nothing of a configuration', async () => {
  await folder.start({
    resource: {
      ...group,
      azurerm_virtual_network: {
        net: { ...network.azurerm_virtual_network.net, depends_on: ['azurerm_resource_group.rg'] },
      },
    },
    data: {
      azurerm_extended_locations: { d: { location: 'westeurope' } },
      azurerm_kubernetes_service_versions: { d: { location: 'westeurope' } },
      azurerm_location: { d: { location: 'West Europe' } },
      azurerm_monitor_diagnostic_categories: { d: { resource_id: '${azurerm_virtual_network.net.id}' } },
      azurerm_network_service_tags: { d: { location: 'westeurope', service: 'AzureKeyVault' } },
      azurerm_platform_image: {
        d: { location: 'westeurope', publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
      },
      azurerm_policy_definition_built_in: { d: { display_name: 'Allowed locations' } },
      azurerm_resources: {
        d: { type: 'Microsoft.Network/virtualNetworks', depends_on: ['azurerm_virtual_network.net'] },
      },
      azurerm_subnet: {
        d: {
          name: 'inner',
          virtual_network_name: '${azurerm_virtual_network.net.name}',
          resource_group_name: 'rg',
        },
      },
      azurerm_subscriptions: { d: {} },
    },
    output: {
      zones: { value: '${length(data.azurerm_location.d.zone_mappings)}' },
      metrics: { value: '${data.azurerm_monitor_diagnostic_categories.d.metrics}' },
      prefixes: { value: '${data.azurerm_network_service_tags.d.ipv4_cidrs}' },
      names: { value: '${data.azurerm_resources.d.resources[*].name}' },
      subnet: { value: '${data.azurerm_subnet.d.id == one(azurerm_virtual_network.net.subnet).id}' },
      state: { value: '${data.azurerm_subscriptions.d.subscriptions[0].state}' },
      kubernetes: { value: '${data.azurerm_kubernetes_service_versions.d.latest_version != ""}' },
    },
  });
  const { code, text } = await folder.apply();
  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(text).toContain('zones = 3');
  expect(text).toContain('metrics = toset([ "AllMetrics", ])');
  expect(text).toContain('prefixes = tolist([ "192.0.2.0/24", ])');
  expect(text).toContain('names = tolist([ "net", ])');
  expect(text).toContain('subnet = true');
  expect(text).toContain('state = "Enabled"');
  expect(text).toContain('kubernetes = true');
});

it('still refuses a resource that is not there', async () => {
  await folder.start({
    resource: group,
    data: { azurerm_virtual_network: { d: { name: 'nowhere', resource_group_name: 'rg' } } },
  });
  const { code, text } = await folder.run('plan');
  expect(code).toBe(1);
  expect(text).toContain('Virtual Network Name: "nowhere") was not found');
});
