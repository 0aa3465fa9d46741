import { Store } from '../../../../rehearsal/azure/store';
import { roleIds } from '../../../../rehearsal/facts/roles';
import type { ObjectValue } from '../../../../rehearsal/protocol/value';
import { computedValue } from '../../../../rehearsal/providers/azurerm/computed-values';
import { roleProblem } from '../../../../rehearsal/providers/azurerm/roles';
import { builtInRoles } from '../../../../constructs/security';

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';

const valueOf = (
  type: string,
  attribute: string,
  planned: ObjectValue,
  id = `${groupId}/providers/Microsoft.X/y/Z`,
) => computedValue({ id, type, planned, store: new Store() }, attribute, 'string', planned);

describe('addresses that Azure makes of a name', () => {
  const placed = { name: 'Shop', location: 'westeurope' };

  it.each([
    ['azurerm_key_vault', 'vault_uri', 'https://shop.vault.azure.net/'],
    ['azurerm_container_registry', 'login_server', 'shop.azurecr.io'],
    ['azurerm_postgresql_flexible_server', 'fqdn', 'shop.postgres.database.azure.com'],
    ['azurerm_mssql_server', 'fully_qualified_domain_name', 'shop.database.windows.net'],
    ['azurerm_linux_web_app', 'default_hostname', 'shop.azurewebsites.net'],
    ['azurerm_storage_account', 'primary_blob_endpoint', 'https://Shop.blob.core.windows.net/'],
    ['azurerm_batch_account', 'account_endpoint', 'shop.westeurope.batch.azure.com'],
    ['azurerm_nobody_knows', 'endpoint', 'https://shop.simulated.azure.example/'],
  ])('%s %s', (type, attribute, value) => {
    expect(valueOf(type, attribute, placed)).toBe(value);
  });

  it('exist of a public address only when it has a label', () => {
    expect(valueOf('azurerm_public_ip', 'fqdn', placed)).toBe('');
    expect(valueOf('azurerm_public_ip', 'fqdn', { ...placed, domain_name_label: 'shop' })).toBe(
      'shop.westeurope.cloudapp.azure.com',
    );
  });
});

describe('what stands in an id', () => {
  it('is the id of a role without its scope', () => {
    const role = `${groupId.slice(0, 51)}/providers/Microsoft.Authorization/roleDefinitions/a1`;
    const of = (attribute: string) => valueOf('azurerm_role_definition', attribute, {}, `${role}|${groupId}`);
    expect([of('role_definition_resource_id'), of('role_definition_id')]).toEqual([role, 'a1']);
  });

  it('is the id of a system disk in the machine’s group', () => {
    const machine = `${groupId}/providers/Microsoft.Compute/virtualMachines/vm`;
    expect(valueOf('azurerm_linux_virtual_machine', 'os_managed_disk_id', { name: 'vm' }, machine)).toMatch(
      new RegExp(`^${groupId}/providers/Microsoft.Compute/disks/vm_OsDisk_1_[0-9a-f]{32}$`),
    );
  });
});

describe('built-in roles', () => {
  it.each(Object.values(builtInRoles))('%s, which constructs assign, has its real GUID', name => {
    expect(roleIds[name]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('are told from misspellings and from roles that the table lacks', () => {
    expect(roleProblem('Key Vault Secret User')).toBe(
      "could not find role 'Key Vault Secret User'. Did you mean 'Key Vault Secrets User'?",
    );
    expect(roleProblem('Storage Queue Data Reader')).toBeUndefined();
    expect(roleProblem('Azure Service Bus Data Owner')).toBeUndefined();
  });
});
