/** What must hold of one attribute. Exactly one of `is`, `isNot` and `set` is given. */
export interface Condition {
  readonly path: string;
  readonly is?: readonly (string | boolean)[];
  readonly isNot?: readonly (string | boolean)[];
  /** Whether a value, or a block, is there. */
  readonly set?: boolean;
}

/** Something that the provider demands when something else is so. */
interface Demand {
  readonly when: Condition;
  readonly needs: Condition;
  /** The provider's words. */
  readonly message: string;
  /** When the provider looks. Most of its create and update functions do, and no plan. @default 'write' */
  readonly at?: 'plan' | 'write';
}

/** Rules between the attributes of one level. Names are attributes or blocks of that level. */
export interface AttributeRules {
  /** Dotted path of the block or attribute in whose elements the rules hold. @default - the resource itself */
  readonly at?: string;
  readonly exactlyOneOf?: readonly (readonly string[])[];
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** The first excludes each of the others. */
  readonly conflicts?: readonly (readonly [string, ...string[]])[];
  /** The first needs all of the others. */
  readonly requiredWith?: readonly (readonly [string, ...string[]])[];
  readonly demands?: readonly Demand[];
}

const conditionOfRole: AttributeRules['requiredWith'] = [
  ['condition', 'condition_version'],
  ['condition_version', 'condition'],
];

const addresses: AttributeRules = { exactlyOneOf: [['address_prefixes', 'ip_address_pool']] };

/** In every type that has an `identity` block with `identity_ids`. */
export const identityRules: AttributeRules = {
  at: 'identity',
  demands: [
    {
      when: { path: 'type', isNot: ['UserAssigned', 'SystemAssigned, UserAssigned'] },
      needs: { path: 'identity_ids', set: false },
      message:
        '`identity_ids` can only be specified when `type` is set to "SystemAssigned, UserAssigned" or "UserAssigned"',
    },
    {
      when: { path: 'type', isNot: ['SystemAssigned'] },
      needs: { path: 'identity_ids', set: true },
      message: '`identity_ids` must be specified when `type` includes "UserAssigned"',
    },
  ],
};

const linuxMachine: AttributeRules = {
  exactlyOneOf: [
    ['admin_username', 'os_managed_disk_id'],
    ['os_managed_disk_id', 'source_image_id', 'source_image_reference'],
  ],
  conflicts: [
    ['availability_set_id', 'capacity_reservation_group_id', 'virtual_machine_scale_set_id', 'zone'],
    ['capacity_reservation_group_id', 'proximity_placement_group_id'],
    ['dedicated_host_id', 'dedicated_host_group_id'],
  ],
  requiredWith: [['platform_fault_domain', 'virtual_machine_scale_set_id']],
  demands: [
    {
      when: { path: 'disable_password_authentication', isNot: [false] },
      needs: { path: 'admin_ssh_key', set: true },
      message:
        'at least one `admin_ssh_key` must be specified when `disable_password_authentication` is set to `true`',
    },
    {
      when: { path: 'admin_password', set: true },
      needs: { path: 'disable_password_authentication', is: [false] },
      message:
        'when an `admin_password` is specified `disable_password_authentication` must be set to `false`',
    },
    {
      when: { path: 'patch_mode', is: ['AutomaticByPlatform'] },
      needs: { path: 'provision_vm_agent', isNot: [false] },
      message: '`provision_vm_agent` must be set to `true` when `patch_mode` is set to `AutomaticByPlatform`',
    },
    {
      when: { path: 'patch_assessment_mode', is: ['AutomaticByPlatform'] },
      needs: { path: 'provision_vm_agent', isNot: [false] },
      message:
        '`provision_vm_agent` must be set to `true` when `patch_assessment_mode` is set to `AutomaticByPlatform`',
    },
    {
      when: { path: 'reboot_setting', set: true },
      needs: { path: 'patch_mode', is: ['AutomaticByPlatform'] },
      message: '`patch_mode` must be set to `AutomaticByPlatform` when `reboot_setting` is specified',
    },
    {
      when: { path: 'provision_vm_agent', is: [false] },
      needs: { path: 'allow_extension_operations', is: [false] },
      message:
        '`allow_extension_operations` cannot be set to `true` when `provision_vm_agent` is set to `false`',
    },
    {
      when: { path: 'eviction_policy', set: true },
      needs: { path: 'priority', is: ['Spot'] },
      message: 'an `eviction_policy` can only be specified when `priority` is set to `Spot`',
    },
  ],
};

/**
 * Rules by resource type, only those that are certain.
 * Source: schemas and create functions of azurerm 4.x (MPL-2.0, facts only) and its documentation, read 2026-11.
 */
export const attributeRules: Readonly<Record<string, readonly AttributeRules[]>> = {
  azurerm_cognitive_account: [
    {
      requiredWith: [['network_acls', 'custom_subdomain_name']],
      demands: [
        {
          when: { path: 'project_management_enabled', is: [true] },
          needs: { path: 'kind', is: ['AIServices'] },
          at: 'plan',
          message: '`project_management_enabled` can only be enabled when kind is set to `AIServices`',
        },
        {
          when: { path: 'project_management_enabled', is: [true] },
          needs: { path: 'identity', set: true },
          at: 'plan',
          message: '`project_management_enabled` needs a managed identity: set `identity`',
        },
        {
          when: { path: 'network_acls.bypass', set: true },
          needs: { path: 'kind', is: ['AIServices', 'OpenAI', 'TextAnalytics'] },
          at: 'plan',
          message: 'the `network_acls.bypass` does not support Trusted Services for this `kind`',
        },
      ],
    },
  ],
  azurerm_linux_virtual_machine: [linuxMachine],
  azurerm_monitor_data_collection_rule_association: [
    { exactlyOneOf: [['data_collection_endpoint_id', 'data_collection_rule_id']] },
  ],
  azurerm_monitor_diagnostic_setting: [
    {
      atLeastOneOf: [
        ['enabled_log', 'enabled_metric', 'metric'],
        [
          'eventhub_authorization_rule_id',
          'log_analytics_workspace_id',
          'partner_solution_id',
          'storage_account_id',
        ],
      ],
    },
    { at: 'enabled_log', exactlyOneOf: [['category', 'category_group']] },
  ],
  azurerm_network_interface: [
    {
      at: 'ip_configuration',
      demands: [
        {
          when: { path: 'private_ip_address_allocation', is: ['Static'] },
          needs: { path: 'private_ip_address', set: true },
          message: 'A Private IP Address must be configured when using a Static Allocation',
        },
      ],
    },
  ],
  azurerm_network_security_group: [
    {
      at: 'security_rule',
      exactlyOneOf: [
        ['source_port_range', 'source_port_ranges'],
        ['destination_port_range', 'destination_port_ranges'],
        ['source_address_prefix', 'source_address_prefixes', 'source_application_security_group_ids'],
        [
          'destination_address_prefix',
          'destination_address_prefixes',
          'destination_application_security_group_ids',
        ],
      ],
    },
  ],
  azurerm_private_endpoint: [
    {
      at: 'private_service_connection',
      exactlyOneOf: [['private_connection_resource_alias', 'private_connection_resource_id']],
      demands: [
        {
          when: { path: 'is_manual_connection', is: [false] },
          needs: { path: 'request_message', set: false },
          message:
            'the "request_message" attribute cannot be set if the "is_manual_connection" attribute is "false"',
        },
      ],
    },
  ],
  azurerm_public_ip: [
    {
      demands: [
        {
          when: { path: 'sku', isNot: ['Basic'] },
          needs: { path: 'allocation_method', is: ['Static'] },
          message: 'static IP allocation must be used when creating Standard SKU public IP addresses',
        },
      ],
    },
  ],
  azurerm_role_assignment: [
    {
      exactlyOneOf: [['role_definition_id', 'role_definition_name']],
      requiredWith: conditionOfRole,
    },
  ],
  azurerm_subnet: [addresses],
  azurerm_virtual_machine_extension: [
    { conflicts: [['protected_settings', 'protected_settings_from_key_vault']] },
  ],
  azurerm_virtual_machine_run_command: [
    { at: 'source', exactlyOneOf: [['command_id', 'script', 'script_uri']] },
  ],
  azurerm_virtual_network: [{ exactlyOneOf: [['address_space', 'ip_address_pool']] }],
};
