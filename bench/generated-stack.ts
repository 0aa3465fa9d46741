/** Resources that each group holds: an identity, a network, two subnets, a security group with its association, and so on. */
const perGroup = 10;

type Resources = Record<string, Record<string, object>>;

/**
 * A Terraform configuration of this many azurerm resources, in groups of ten that refer to each other as real stacks
 * do: no resource is alone, and no chain is longer than four.
 * @param count a multiple of ten
 */
export function generatedStack(count: number): object {
  const resource: Resources = {};
  for (let i = 0; i < count / perGroup; i++) addGroup(resource, i);
  return {
    terraform: { required_providers: { azurerm: { source: 'hashicorp/azurerm' } } },
    provider: { azurerm: [{ features: [{}], subscription_id: '00000000-0000-0000-0000-000000000000' }] },
    resource,
  };
}

function addGroup(resource: Resources, i: number): void {
  const key = `g${i}`;
  const group = { resource_group_name: `\${azurerm_resource_group.${key}.name}` };
  const place = { ...group, location: 'swedencentral' };
  const add = (type: string, name: string, body: object): void => {
    (resource[type] ??= {})[name] = body;
  };
  add('azurerm_resource_group', key, { name: `rg-${key}`, location: 'swedencentral' });
  add('azurerm_user_assigned_identity', key, { ...place, name: `id-${key}` });
  add('azurerm_role_assignment', key, {
    scope: `\${azurerm_resource_group.${key}.id}`,
    role_definition_name: 'Reader',
    principal_id: `\${azurerm_user_assigned_identity.${key}.principal_id}`,
  });
  add('azurerm_virtual_network', key, { ...place, name: `vnet-${key}`, address_space: ['10.0.0.0/16'] });
  for (const part of ['a', 'b']) {
    add('azurerm_subnet', `${key}${part}`, {
      ...group,
      name: `snet-${part}`,
      virtual_network_name: `\${azurerm_virtual_network.${key}.name}`,
      address_prefixes: [part === 'a' ? '10.0.0.0/24' : '10.0.1.0/24'],
    });
  }
  add('azurerm_network_security_group', key, { ...place, name: `nsg-${key}` });
  add('azurerm_subnet_network_security_group_association', key, {
    subnet_id: `\${azurerm_subnet.${key}a.id}`,
    network_security_group_id: `\${azurerm_network_security_group.${key}.id}`,
  });
  add('azurerm_public_ip', key, {
    ...place,
    name: `pip-${key}`,
    allocation_method: 'Static',
    sku: 'Standard',
  });
  add('azurerm_private_dns_zone', key, { ...group, name: `${key}.internal` });
}
