import { PrivateEndpoint } from '../../../constructs/network';
import { group, messageOf, only, resourcesOf, surroundings, zoneId } from '../synthesised';

const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv-dev`;

describe('a private endpoint', () => {
  it('stands in the network and answers in its zones', () => {
    const { stack, network } = surroundings();
    new PrivateEndpoint(stack, 'Endpoint', {
      resourceName: 'kv-dev',
      resourceId: vault,
      subresource: 'vault',
      network,
      zoneNames: ['privatelink.vaultcore.azure.net'],
    });
    expect(only(resourcesOf(stack), 'azurerm_private_endpoint')).toEqual({
      name: 'pe-kv-dev-vault',
      resource_group_name: 'rg-net',
      location: 'westeurope',
      subnet_id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-dev/subnets/endpoints`,
      private_service_connection: {
        name: 'pe-kv-dev-vault',
        private_connection_resource_id: vault,
        subresource_names: ['vault'],
        is_manual_connection: false,
      },
      private_dns_zone_group: {
        name: 'default',
        private_dns_zone_ids: [zoneId('privatelink.vaultcore.azure.net')],
      },
    });
  });

  it('is refused when the network lacks the zone', () => {
    const { stack, network } = surroundings();
    const props = {
      resourceName: 'cr',
      resourceId:
        '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw-old',
      subresource: 'registry',
      network,
      zoneNames: ['a.b'],
    };
    expect(messageOf(() => new PrivateEndpoint(stack, 'Endpoint', props))).toMatch(
      /^no private DNS zone a\.b in network dev\/Network: known are dev\.berth\.internal, privatelink/,
    );
  });
});
