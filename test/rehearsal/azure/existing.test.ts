import { existingResources } from '../../../rehearsal/azure/existing';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shared';
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-shared`;

describe('what exists before a deploy', () => {
  it('comes with its parents, each once and the outermost first', () => {
    expect(existingResources([`${network}/subnets/hosts`, network])).toEqual([
      { id: group, type: 'azurerm_resource_group', attributes: { name: 'rg-shared' } },
      {
        id: network,
        type: 'azurerm_virtual_network',
        attributes: { name: 'vnet-shared', resource_group_name: 'rg-shared' },
      },
      {
        id: `${network}/subnets/hosts`,
        type: 'azurerm_subnet',
        attributes: { name: 'hosts', resource_group_name: 'rg-shared' },
      },
    ]);
  });

  it.each([
    ['Microsoft.OperationalInsights/workspaces/log', 'azurerm_log_analytics_workspace'],
    ['Microsoft.KeyVault/vaults/kv', 'azurerm_key_vault'],
    ['Microsoft.CognitiveServices/accounts/aif', 'azurerm_cognitive_account'],
    ['Microsoft.Network/privateDnsZones/shop.internal', 'azurerm_private_dns_zone'],
    ['Microsoft.Nobody/knows/this', 'azapi_resource'],
  ])('%s is taken for an %s', (path, type) => {
    expect(existingResources([`${group}/providers/${path}`]).at(-1)?.type).toBe(type);
  });

  it('is refused when it is no ARM id', () => {
    expect(() => existingResources(['vnet-shared'])).toThrow(
      "an ARM id is needed for what exists already, got 'vnet-shared'; write it like /subscriptions/…",
    );
  });
});
