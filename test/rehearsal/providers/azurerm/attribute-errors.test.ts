import type { ObjectValue } from '../../../../rehearsal/protocol/value';
import { unknownValue } from '../../../../rehearsal/protocol/value';
import {
  attributeErrors,
  attributeWriteErrors,
} from '../../../../rehearsal/providers/azurerm/attribute-errors';

const problems = (type: string, config: ObjectValue) =>
  [...attributeErrors(type, config), ...attributeWriteErrors(type, config)].map(({ summary, detail }) =>
    detail ? `${summary}: ${detail}` : summary,
  );

const key = [{ username: 'berth', public_key: 'ssh-ed25519 AAAA' }];
const machine = { admin_username: 'berth', admin_ssh_key: key, source_image_id: '/subscriptions/x' };
const image = [{ publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '1' }];

describe('rules between attributes', () => {
  it.each<readonly [string, string, ObjectValue, readonly string[]]>([
    ['none is broken', 'azurerm_linux_virtual_machine', machine, []],
    [
      'one of several is missing',
      'azurerm_linux_virtual_machine',
      { ...machine, source_image_id: null, source_image_reference: [] },
      [
        'Invalid combination of arguments: "os_managed_disk_id": one of `os_managed_disk_id,source_image_id,source_image_reference` must be specified',
      ],
    ],
    [
      'one of several is not known yet',
      'azurerm_linux_virtual_machine',
      { ...machine, source_image_id: unknownValue },
      [],
    ],
    [
      'two of several are given',
      'azurerm_linux_virtual_machine',
      { ...machine, source_image_reference: image },
      [
        'Invalid combination of arguments: "source_image_id": only one of `os_managed_disk_id,source_image_id,source_image_reference` can be specified, but `source_image_id,source_image_reference` were specified.',
      ],
    ],
    [
      'two exclude each other',
      'azurerm_linux_virtual_machine',
      { ...machine, availability_set_id: 'a', zone: '1' },
      ['Conflicting configuration arguments: "availability_set_id": conflicts with zone'],
    ],
    [
      'one needs another',
      'azurerm_cognitive_account',
      { kind: 'AIServices', network_acls: [{ default_action: 'Deny' }], custom_subdomain_name: null },
      [
        'Missing required argument: "network_acls": all of `custom_subdomain_name,network_acls` must be specified',
      ],
    ],
    [
      'none of several is given',
      'azurerm_monitor_diagnostic_setting',
      { enabled_log: [], log_analytics_workspace_id: 'w' },
      [
        'Missing required argument: "enabled_log": one of `enabled_log,enabled_metric,metric` must be specified',
      ],
    ],
    [
      'a rule holds in every element',
      'azurerm_monitor_diagnostic_setting',
      {
        log_analytics_workspace_id: 'w',
        enabled_log: [{ category_group: 'allLogs' }, { category: 'Audit', category_group: 'audit' }],
      },
      [
        'Invalid combination of arguments: "category": only one of `category,category_group` can be specified, but `category,category_group` were specified.',
      ],
    ],
    [
      'a value demands another attribute',
      'azurerm_linux_virtual_machine',
      { ...machine, reboot_setting: 'IfRequired' },
      ['`patch_mode` must be set to `AutomaticByPlatform` when `reboot_setting` is specified'],
    ],
    [
      'a machine has neither password nor key',
      'azurerm_linux_virtual_machine',
      { ...machine, admin_ssh_key: [] },
      [
        'at least one `admin_ssh_key` must be specified when `disable_password_authentication` is set to `true`',
      ],
    ],
    [
      'a value does not go with the kind',
      'azurerm_cognitive_account',
      {
        kind: 'Face',
        custom_subdomain_name: 's',
        network_acls: [{ bypass: 'AzureServices' }],
        project_management_enabled: true,
        identity: [{ type: 'SystemAssigned', identity_ids: [] }],
      },
      [
        '`project_management_enabled` can only be enabled when kind is set to `AIServices`',
        'the `network_acls.bypass` does not support Trusted Services for this `kind`',
      ],
    ],
    [
      'an identity names no identities',
      'azurerm_search_service',
      { identity: [{ type: 'UserAssigned', identity_ids: [] }] },
      ['`identity_ids` must be specified when `type` includes "UserAssigned"'],
    ],
    [
      'a role is given twice',
      'azurerm_role_assignment',
      { role_definition_id: '/providers/x', role_definition_name: 'Reader' },
      [
        'Invalid combination of arguments: "role_definition_id": only one of `role_definition_id,role_definition_name` can be specified, but `role_definition_id,role_definition_name` were specified.',
      ],
    ],
    [
      'a rule of a group has two sources',
      'azurerm_network_security_group',
      {
        security_rule: [
          {
            source_port_range: '*',
            destination_port_range: '443',
            source_address_prefix: '*',
            source_address_prefixes: ['10.0.0.0/8'],
            destination_address_prefix: '*',
          },
        ],
      },
      [
        'Invalid combination of arguments: "source_address_prefix": only one of `source_address_prefix,source_address_prefixes,source_application_security_group_ids` can be specified, but `source_address_prefix,source_address_prefixes` were specified.',
      ],
    ],
  ])('when %s', (_, type, config, expected) => {
    expect(problems(type, config)).toEqual(expected);
  });
});

it('judges a value that is not set by its default', () => {
  const config = { kind: null, project_management_enabled: true, identity: [{ type: 'SystemAssigned' }] };
  const refused = (kind: string) => attributeErrors('azurerm_cognitive_account', config, { kind });
  expect(refused('AIServices')).toEqual([]);
  expect(refused('OpenAI')).toHaveLength(1);
});

it('says no sooner than the provider does what it finds while it writes', () => {
  const address = { sku: 'Standard', allocation_method: 'Dynamic' };
  expect(attributeErrors('azurerm_public_ip', address)).toEqual([]);
  expect(attributeWriteErrors('azurerm_public_ip', address)).toHaveLength(1);
});
