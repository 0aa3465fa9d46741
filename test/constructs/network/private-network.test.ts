import { Fn } from 'cdktf';
import { PrivateEndpoint, PrivateNetwork, privateLinkZones } from '../../../constructs/network';
import {
  group,
  inventory,
  messageOf,
  only,
  resolved,
  resourcesOf,
  surroundings,
  zoneId,
  zoneNames,
} from '../synthesised';

const hostsZoneName = 'dev-1a2b3.berth.internal';

function minimal() {
  const { stack, resourceGroup } = surroundings();
  const network = new PrivateNetwork(stack, 'Net', { name: 'vnet-dev', resourceGroup, hostsZoneName });
  return { stack, network, resources: resourcesOf(stack) };
}

describe('a private network', () => {
  it('is a network, two subnets with rules, one way out, and a linked zone for every service', () => {
    const counts = Object.entries(inventory(minimal().resources)).map(([type, ids]) => [type, ids.length]);
    expect(Object.fromEntries(counts)).toEqual({
      azurerm_virtual_network: 1,
      azurerm_subnet: 2,
      azurerm_network_security_group: 2,
      azurerm_subnet_network_security_group_association: 2,
      azurerm_nat_gateway: 1,
      azurerm_public_ip: 1,
      azurerm_nat_gateway_public_ip_association: 1,
      azurerm_subnet_nat_gateway_association: 1,
      azurerm_private_dns_zone: 9,
      azurerm_private_dns_zone_virtual_network_link: 9,
    });
  });

  it('makes its subnets without default outbound access, under their security groups', () => {
    const { resources } = minimal();
    expect(only(resources, 'azurerm_virtual_network')).toEqual({
      name: 'vnet-dev',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      address_space: ['10.40.0.0/16'],
    });
    const subnet = {
      resource_group_name: 'rg-dev',
      virtual_network_name: expect.stringMatching(/^\$\{azurerm_virtual_network\.Net_\w+\.name\}$/),
      default_outbound_access_enabled: false,
      private_endpoint_network_policies: 'NetworkSecurityGroupEnabled',
    };
    expect(Object.values(resources.azurerm_subnet ?? {})).toEqual([
      { ...subnet, name: 'snet-endpoints', address_prefixes: ['10.40.0.0/24'] },
      { ...subnet, name: 'snet-hosts', address_prefixes: ['10.40.1.0/24'] },
    ]);
  });

  it.each([
    ['nsg-snet-endpoints', ['443']],
    ['nsg-snet-hosts', ['443', '8443-8458']],
  ])('lets %s take TCP %j from the network, probes of load balancers, and nothing else', (name, ports) => {
    const groups = Object.values(minimal().resources.azurerm_network_security_group ?? {});
    const rules = groups.find(group => group.name === name)?.security_rule;
    expect(rules).toEqual([
      expect.objectContaining({
        direction: 'Inbound',
        priority: 100,
        access: 'Allow',
        protocol: 'Tcp',
        source_address_prefix: 'VirtualNetwork',
        destination_port_ranges: ports,
      }),
      expect.objectContaining({
        direction: 'Inbound',
        priority: 110,
        access: 'Allow',
        source_address_prefix: 'AzureLoadBalancer',
      }),
      expect.objectContaining({
        direction: 'Inbound',
        priority: 4096,
        access: 'Deny',
        protocol: '*',
        source_address_prefix: '*',
        destination_port_range: '*',
      }),
      expect.objectContaining({
        direction: 'Outbound',
        priority: 100,
        access: 'Deny',
        source_address_prefix: 'VirtualNetwork',
        destination_address_prefix: 'VirtualNetwork',
        destination_port_ranges: ['22', '3389'],
      }),
    ]);
  });

  it('gives only the hosts a way out, through a fixed address', () => {
    const { resources } = minimal();
    expect(only(resources, 'azurerm_nat_gateway')).toEqual({
      name: 'ng-vnet-dev',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      sku_name: 'Standard',
    });
    expect(only(resources, 'azurerm_public_ip')).toEqual({
      name: 'pip-vnet-dev',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      sku: 'Standard',
      allocation_method: 'Static',
    });
    expect(only(resources, 'azurerm_subnet_nat_gateway_association').subnet_id).toMatch(
      /^\$\{azurerm_subnet_network_security_group_association\.Net_HostSubnet_SecurityGroupAssociation_\w+\.subnet_id\}$/,
    );
  });

  it('hands out its subnets only with rules and egress in place', () => {
    const { stack, network } = minimal();
    expect(resolved(stack, [network.endpointSubnetId, network.hostSubnetId])).toEqual([
      expect.stringMatching(/^\$\{azurerm_subnet_network_security_group_association\.\w+\.subnet_id\}$/),
      expect.stringMatching(/^\$\{azurerm_subnet_nat_gateway_association\.\w+\.subnet_id\}$/),
    ]);
  });

  it('knows the zones of every service and of its hosts', () => {
    const { stack, network, resources } = minimal();
    const names = Object.values(resources.azurerm_private_dns_zone ?? {}).map(zone => zone.name);
    expect(names).toHaveLength(9);
    expect(names).toEqual(expect.arrayContaining([...zoneNames.slice(0, 8), hostsZoneName]));
    expect(network.hostsZoneName).toBe(hostsZoneName);
    expect(resolved(stack, network.privateDnsZoneId(hostsZoneName))).toMatch(
      /^\$\{azurerm_private_dns_zone\.Net_Zone-hosts_\w+\.id\}$/,
    );
  });

  it('takes another place and range', () => {
    const { stack, resourceGroup } = surroundings();
    const network = new PrivateNetwork(stack, 'Net', {
      name: 'vnet-dev',
      resourceGroup,
      location: 'northeurope',
      addressSpace: '192.168.4.0/22',
      hostsZoneName,
    });
    const resources = resourcesOf(stack);
    expect([network.resourceGroupName, network.location]).toEqual(['rg-dev', 'northeurope']);
    expect(Object.values(resources.azurerm_subnet ?? {}).map(subnet => subnet.address_prefixes)).toEqual([
      ['192.168.4.0/24'],
      ['192.168.5.0/24'],
    ]);
  });

  it('can be an existing one, which makes nothing and names its zones when asked for another', () => {
    const { stack, network } = surroundings();
    expect(inventory(resourcesOf(stack))).toEqual({});
    expect([network.resourceGroupName, network.location, network.hostsZoneName]).toEqual([
      'rg-net',
      'westeurope',
      'dev.berth.internal',
    ]);
    expect(network.privateDnsZoneId('privatelink.openai.azure.com')).toBe(
      zoneId('privatelink.openai.azure.com'),
    );
    expect(messageOf(() => network.privateDnsZoneId('privatelink.azurecr.io'))).toBe(
      `no private DNS zone privatelink.azurecr.io in network dev/Network: known are ${[...zoneNames].sort().join(', ')}; ` +
        'give the network the id of that zone',
    );
  });

  it('reports every prop that Azure would refuse, at once', () => {
    const { stack, resourceGroup } = surroundings();
    const props = { name: '-', resourceGroup, addressSpace: '8.0.0.0/8', hostsZoneName: 'internal' };
    expect(messageOf(() => new PrivateNetwork(stack, 'Net', props))).toBe(
      [
        'invalid props of dev/Net:',
        '  - name must be 2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit ' +
          'and end with one or an underscore, not "-": choose a name that fits',
        '  - addressSpace must be a private IPv4 range (RFC 1918) in CIDR notation with a prefix from /8 to /22, written ' +
          'with its first address, not "8.0.0.0/8": choose one such as 10.40.0.0/16',
        '  - hostsZoneName must be a domain name of at least two labels in lower case, not "internal": choose a name that fits',
      ].join('\n'),
    );
  });

  it('refuses a range that only Terraform knows, because the subnets are cut out of it', () => {
    const { stack, resourceGroup } = surroundings();
    const props = {
      name: 'vnet-dev',
      resourceGroup,
      hostsZoneName,
      addressSpace: Fn.join('', ['10.0.0.0/', '16']),
    };
    expect(messageOf(() => new PrivateNetwork(stack, 'Net', props))).toBe(
      'invalid props of dev/Net:\n  - addressSpace must be a literal range in CIDR notation, not a token: write it out',
    );
  });

  it.each([
    ['v_', true],
    ['0-1', true],
    ['v'.repeat(64), true],
    ['v', false],
    ['v-', false],
    ['_v', false],
    ['v'.repeat(65), false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const { stack, resourceGroup } = surroundings();
    const message = messageOf(() => new PrivateNetwork(stack, 'Net', { name, resourceGroup, hostsZoneName }));
    expect(message === 'nothing was thrown').toBe(allowed);
  });
});

describe('a second network of a resource group', () => {
  const west = { name: 'vnet-west', addressSpace: '10.41.0.0/16', hostsZoneName };
  const first = () => {
    const { stack, resourceGroup } = surroundings();
    const east = new PrivateNetwork(stack, 'East', { name: 'vnet-east', resourceGroup, hostsZoneName });
    return { stack, resourceGroup, east };
  };

  it('is refused what the first has made', () => {
    const { stack, resourceGroup } = first();
    expect(messageOf(() => new PrivateNetwork(stack, 'West', { ...west, resourceGroup }))).toBe(
      `invalid props of dev/West:\n  - nsg-snet-endpoints, nsg-snet-hosts, ${zoneNames.slice(0, 8).join(', ')}, ${hostsZoneName} would be ` +
        'made twice in one resource group, for dev/East as well: give this network securityGroupNames of its own, and the privateDnsZoneIds of the other',
    );
  });

  it('shares the zones, linked under its own name', () => {
    const { stack, resourceGroup, east } = first();
    const network = new PrivateNetwork(stack, 'West', {
      ...west,
      resourceGroup,
      privateDnsZoneIds: east.privateDnsZoneIds,
      securityGroupNames: { endpoints: 'nsg-west-endpoints', hosts: 'nsg-west-hosts' },
    });
    const resources = resourcesOf(stack);
    expect(Object.keys(resources.azurerm_private_dns_zone ?? {})).toHaveLength(9);
    const links = Object.values(resources.azurerm_private_dns_zone_virtual_network_link ?? {});
    expect(links.filter(({ name }) => name === 'vnet-west')).toHaveLength(9);
    const vault = east.privateDnsZoneId('privatelink.vaultcore.azure.net');
    expect(network.privateDnsZoneId('privatelink.vaultcore.azure.net')).toBe(vault);
    expect(links).toContainEqual({
      name: 'vnet-west',
      private_dns_zone_name: 'privatelink.vaultcore.azure.net',
      resource_group_name: resolved(stack, Fn.element(Fn.split('/', vault), 4)),
      virtual_network_id: resolved(stack, network.virtualNetworkId),
      registration_enabled: false,
    });
    expect(Object.values(resources.azurerm_network_security_group ?? {}).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['nsg-west-endpoints', 'nsg-west-hosts']),
    );
  });
});

describe('a network in a landing zone', () => {
  const hub = (name: string) => zoneId(name).replace('rg-dev', 'rg-hub');
  const rules = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg-ours`;

  it('uses the zones of the hub, which links them, and security groups that are there', () => {
    const { stack, resourceGroup } = surroundings();
    new PrivateNetwork(stack, 'Net', {
      name: 'vnet-spoke',
      resourceGroup,
      hostsZoneName: 'dev.berth.internal',
      privateDnsZoneIds: Object.fromEntries(zoneNames.map(name => [name, hub(name)])),
      linksZones: false,
      securityGroupIds: { endpoints: rules, hosts: rules },
    });
    const resources = resourcesOf(stack);
    expect(Object.keys(resources).filter(type => /zone|group$/.test(type))).toEqual([]);
    expect(
      Object.values(resources.azurerm_subnet_network_security_group_association ?? {}).map(
        association => association.network_security_group_id,
      ),
    ).toEqual([rules, rules]);
  });

  it('leaves zone groups to the policy: endpoints have none, and keep what it adds', () => {
    const { stack, resourceGroup } = surroundings();
    const network = new PrivateNetwork(stack, 'Net', {
      name: 'vnet-spoke',
      resourceGroup,
      hostsZoneName,
      hasZoneGroupsByPolicy: true,
    });
    new PrivateEndpoint(stack, 'Endpoint', {
      resourceName: 'kv-shop',
      resourceId: `${group}/providers/Microsoft.KeyVault/vaults/kv-shop`,
      subresource: 'vault',
      network,
      zoneNames: [privateLinkZones.keyVault],
    });
    const resources = resourcesOf(stack);
    expect(Object.values(resources.azurerm_private_dns_zone ?? {})).toHaveLength(1);
    const endpoint = only(resources, 'azurerm_private_endpoint');
    expect(endpoint).not.toHaveProperty('private_dns_zone_group');
    expect(endpoint.lifecycle).toEqual({ ignore_changes: ['private_dns_zone_group'] });
  });
});
