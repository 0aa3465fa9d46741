import { dirname, join } from 'node:path';
import { parseArmId } from '../../../text/arm-id';
import { describeId } from '../../../rehearsal/azure/arm-names';
import { idOf } from '../../../rehearsal/azure/id-rule';
import { fromJson } from '../../../rehearsal/protocol/codec';
import type { ObjectValue } from '../../../rehearsal/protocol/value';
import { azurermCatalogue } from '../../../rehearsal/schema/catalogue';
import { blockType } from '../../../rehearsal/schema/schema';

const subscriptionPath = '00000000-0000-0000-0000-000000000000';
const groupId = `/subscriptions/${subscriptionPath}/resourceGroups/rg`;
const accountId = `${groupId}/providers/Microsoft.CognitiveServices/accounts/acc`;
const vaultId = `${groupId}/providers/Microsoft.KeyVault/vaults/Kv`;
const nicId = `${groupId}/providers/Microsoft.Network/networkInterfaces/nic`;

/** Whether an attribute holds an ARM id; the others that end alike hold GUIDs and names. */
const isArmId = (name: string) =>
  /_id$/.test(name) &&
  !/^(lighthouse_definition|object|operation|organization|product|role_definition|schema|subscription|user|item)_id$/.test(
    name,
  );

const placed = { name: 'x', resource_group_name: 'rg' };

describe('ids', () => {
  it.each<readonly [string, ObjectValue, string]>([
    ['azurerm_resource_group', { name: 'rg' }, groupId],
    [
      'azurerm_cognitive_deployment',
      { name: 'gpt', cognitive_account_id: accountId },
      `${accountId}/deployments/gpt`,
    ],
    [
      'azurerm_subnet',
      { ...placed, virtual_network_name: 'net' },
      `${groupId}/providers/Microsoft.Network/virtualNetworks/net/subnets/x`,
    ],
    [
      'azurerm_monitor_diagnostic_setting',
      { name: 'logs', target_resource_id: accountId },
      `${accountId}|logs`,
    ],
    [
      'azurerm_network_interface_security_group_association',
      { network_interface_id: nicId, network_security_group_id: `${groupId}/nsg` },
      `${nicId}|${groupId}/nsg`,
    ],
    [
      'azurerm_virtual_machine_data_disk_attachment',
      {
        virtual_machine_id: `${groupId}/providers/Microsoft.Compute/virtualMachines/vm`,
        managed_disk_id: `${groupId}/providers/Microsoft.Compute/disks/data`,
      },
      `${groupId}/providers/Microsoft.Compute/virtualMachines/vm/dataDisks/data`,
    ],
    [
      'azurerm_role_definition',
      { name: 'caller', scope: groupId, role_definition_id: 'a' },
      `/subscriptions/${subscriptionPath}/providers/Microsoft.Authorization/roleDefinitions/a|${groupId}`,
    ],
    [
      'azurerm_consumption_budget_resource_group',
      { name: 'month', resource_group_id: groupId },
      `${groupId}/providers/Microsoft.Consumption/budgets/month`,
    ],
  ])('of %s', (type, planned, id) => {
    expect(idOf(type, planned, subscriptionPath)).toBe(id);
  });

  it('of a key carry a version of 32 hexadecimal digits', () => {
    const id = idOf('azurerm_key_vault_key', { name: 'disk', key_vault_id: vaultId }, subscriptionPath);
    expect(id).toMatch(/^https:\/\/kv\.vault\.azure\.net\/keys\/disk\/[0-9a-f]{32}$/);
  });

  it('of role assignments are UUIDs, one for each scope, role and principal', () => {
    const assign = (principal: string) =>
      idOf(
        'azurerm_role_assignment',
        { scope: accountId, principal_id: principal, name: null },
        subscriptionPath,
      );
    expect(assign('a')).toMatch(/\/roleAssignments\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(assign('a')).toBe(assign('a'));
    expect(assign('a')).not.toBe(assign('b'));
  });

  it('exist for every resource type of the bindings, and none holds an unfilled part', () => {
    const lib = join(dirname(require.resolve('@cdktf/provider-azurerm/package.json')), 'lib');
    const catalogue = azurermCatalogue(lib);
    const broken = catalogue.types
      .filter(type => !type.startsWith('data.'))
      .filter(type => {
        const attributes = catalogue.resource(type).block.attributes;
        const names = Object.keys(attributes).filter(
          name => attributes[name]?.type === 'string' && name !== 'id',
        );
        const given = Object.fromEntries(names.map(name => [name, isArmId(name) ? accountId : 'x']));
        const id = idOf(
          type,
          fromJson(given, blockType({ attributes, blocks: {} })) as ObjectValue,
          subscriptionPath,
        );
        return /[{}]|\/\/|\/$/.test(id.replace(/^https:\/\//, ''));
      });
    expect(broken).toEqual([]);
  });
});

describe('ARM ids', () => {
  it.each([
    [groupId, 'Microsoft.Resources/resourceGroups', 'rg', `/subscriptions/${subscriptionPath}`],
    [accountId, 'Microsoft.CognitiveServices/accounts', 'acc', groupId],
    [`${accountId}/deployments/gpt`, 'Microsoft.CognitiveServices/accounts/deployments', 'gpt', accountId],
    [
      `${accountId}/providers/Microsoft.Authorization/roleAssignments/1`,
      'Microsoft.Authorization/roleAssignments',
      '1',
      accountId,
    ],
    [
      '/providers/Microsoft.Authorization/roleDefinitions/1',
      'Microsoft.Authorization/roleDefinitions',
      '1',
      undefined,
    ],
  ])('%s is parsed', (id, type, name, parent) => {
    expect(parseArmId(id)).toMatchObject({ id, type, name });
    expect(parseArmId(id)?.parent).toBe(parent);
  });

  it.each(['plain text', '/subscriptions', `${accountId}|logs`, `${accountId}/deployments`, `${groupId}//x`])(
    '%s is none',
    text => {
      expect(parseArmId(text)).toBeUndefined();
    },
  );

  it('are described as azurerm does', () => {
    expect(describeId(`${accountId}/deployments/gpt`)).toBe(
      `Deployment (Subscription: "${subscriptionPath}"\nResource Group Name: "rg"\nAccount Name: "acc"\nDeployment Name: "gpt")`,
    );
  });
});
