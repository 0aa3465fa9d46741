import { accountKinds, accountSkus } from './cognitive-accounts';

/** What a value must be. The rule's words go into the message. */
export interface ValueRule {
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** Says in words what `pattern` asks for. */
  readonly rule?: string;
  readonly range?: readonly [least: number, most: number];
  /** Whether it is JSON. */
  readonly json?: boolean;
}

const guid: ValueRule = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  rule: 'must be a GUID',
};

const cidr: ValueRule = {
  pattern: /^(((25[0-5]|2[0-4]\d|1?\d?\d)(\.|(?=\/))){4}\/(3[0-2]|[12]?\d)|[0-9a-f:]+\/\d{1,3})$/i,
  rule: 'must be a CIDR range such as 10.0.0.0/24',
};

const base64: ValueRule = {
  pattern: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  rule: 'must be base64',
};

/** Facilities of syslog that a data collection rule may name, and its levels. */
const syslogFacilities =
  'alert * audit auth authpriv clock cron daemon ftp kern local5 local4 local1 local7 local6 local3 local2 local0 lpr mail mark news nopri ntp syslog user uucp';
const syslogLevels = 'Alert * Critical Debug Emergency Error Info Notice Warning';

const networkName: ValueRule = {
  pattern: /^[a-z0-9]([a-z0-9_.-]{0,78}[a-z0-9_])?$/i,
  rule: '1 to 80 letters, digits, underscores, periods and hyphens; starts with a letter or digit, ends with one or an underscore',
};

const identityType: ValueRule = {
  oneOf: ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'],
};

const allowOrDeny: ValueRule = { oneOf: ['Allow', 'Deny'] };

const trustedServices: ValueRule = { oneOf: ['None', 'AzureServices'] };

const portRange: readonly [number, number] = [1, 65_535];

const azureResourceId: ValueRule = {
  pattern: /^\/(subscriptions|providers)\//i,
  rule: 'must be an ARM id',
};

/**
 * Rules by resource type and dotted path, only those that are certain.
 * Source: validation of azurerm 4.55 and Microsoft Learn, "Naming rules and restrictions for Azure resources" and
 * "Azure OpenAI deployment types" (MicrosoftDocs, CC BY 4.0), read 2026-11.
 */
export const valueRules: Readonly<Record<string, Readonly<Record<string, ValueRule>>>> = {
  azurerm_resource_group: {
    name: {
      pattern: /^[-\w._()]{0,89}[-\w_()]$/,
      rule: '1 to 90 letters, digits, periods, underscores, hyphens and parentheses; does not end with a period',
    },
  },
  azurerm_application_insights: {
    application_type: {
      oneOf: ['ios', 'java', 'MobileCenter', 'Node.JS', 'other', 'phone', 'store', 'web'],
    },
  },
  azurerm_cognitive_account: {
    'customer_managed_key.identity_client_id': guid,
    name: {
      pattern: /^[a-z0-9][a-z0-9_.-]{1,63}$/i,
      rule: '2 to 64 letters, digits, periods, hyphens and underscores; starts with a letter or digit',
    },
    custom_subdomain_name: {
      pattern: /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i,
      rule: '2 to 64 letters, digits and hyphens; starts and ends with a letter or digit',
    },
    kind: { oneOf: accountKinds },
    'identity.type': identityType,
    'network_acls.bypass': trustedServices,
    'network_acls.default_action': allowOrDeny,
    sku_name: { oneOf: accountSkus },
  },
  azurerm_cognitive_account_rai_policy: {
    'content_filter.severity_threshold': { oneOf: ['High', 'Low', 'Medium'] },
    'content_filter.source': { oneOf: ['Completion', 'Prompt'] },
    mode: { oneOf: ['Asynchronous_filter', 'Blocking', 'Default', 'Deferred'] },
  },
  azurerm_cognitive_deployment: {
    cognitive_account_id: azureResourceId,
    'sku.capacity': { range: [1, Number.MAX_SAFE_INTEGER] },
    'sku.name': {
      oneOf: [
        'Standard',
        'DataZoneBatch',
        'DataZoneProvisionedManaged',
        'DataZoneStandard',
        'GlobalBatch',
        'GlobalProvisionedManaged',
        'GlobalStandard',
        'ProvisionedManaged',
        'DeveloperTier',
      ],
    },
    version_upgrade_option: {
      oneOf: ['OnceCurrentVersionExpired', 'OnceNewDefaultVersionAvailable', 'NoAutoUpgrade'],
    },
  },
  azurerm_container_registry: {
    name: { pattern: /^[a-z0-9]{5,50}$/i, rule: '5 to 50 letters and digits' },
    sku: { oneOf: ['Basic', 'Standard', 'Premium'] },
  },
  azurerm_key_vault: {
    name: {
      pattern: /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
      rule: '3 to 24 letters, digits and single hyphens; starts with a letter, ends with a letter or digit',
    },
    'network_acls.bypass': trustedServices,
    'network_acls.default_action': allowOrDeny,
    sku_name: { oneOf: ['standard', 'premium'] },
    soft_delete_retention_days: { range: [7, 90] },
    tenant_id: guid,
  },
  azurerm_lb: { sku: { oneOf: ['Basic', 'Standard', 'Gateway'] } },
  azurerm_lb_probe: {
    interval_in_seconds: { range: [5, Number.MAX_SAFE_INTEGER] },
    port: { range: portRange },
    probe_threshold: { range: [1, 100] },
    protocol: { oneOf: ['Http', 'Https', 'Tcp'] },
  },
  azurerm_lb_rule: {
    backend_port: { range: [0, 65_535] },
    frontend_port: { range: [0, 65_534] },
    idle_timeout_in_minutes: { range: [4, 100] },
    protocol: { oneOf: ['All', 'Tcp', 'Udp'] },
  },
  azurerm_linux_virtual_machine: {
    'admin_ssh_key.public_key': {
      pattern: /^ssh-(rsa|ed25519) AAAA[0-9A-Za-z+/]+={0,3}( .*)?\s*$/,
      rule: 'must be a complete RSA or Ed25519 public key in OpenSSH format',
    },
    'identity.type': identityType,
    name: {
      pattern: /^[a-z0-9]([a-z0-9_.-]{0,62}[a-z0-9_])?$/i,
      rule: '1 to 64 letters, digits, periods, hyphens and underscores; starts with a letter or digit, ends with one or an underscore',
    },
    custom_data: base64,
    user_data: base64,
    disk_controller_type: { oneOf: ['NVMe', 'SCSI'] },
    'os_disk.caching': { oneOf: ['None', 'ReadOnly', 'ReadWrite'] },
    'os_disk.storage_account_type': {
      oneOf: ['Premium_LRS', 'Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_ZRS'],
    },
    'os_disk.disk_size_gb': { range: [0, 4095] },
    patch_assessment_mode: { oneOf: ['AutomaticByPlatform', 'ImageDefault'] },
    patch_mode: { oneOf: ['AutomaticByPlatform', 'ImageDefault'] },
    priority: { oneOf: ['Regular', 'Spot'] },
    reboot_setting: { oneOf: ['Always', 'IfRequired', 'Never'] },
    size: {
      pattern: /^(Standard|Basic)_[A-Za-z0-9_-]+$/,
      rule: 'must be a VM size such as Standard_D8as_v5',
    },
  },
  azurerm_log_analytics_workspace: {
    name: {
      pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
      rule: '4 to 63 letters, digits and hyphens; starts and ends with a letter or digit',
    },
    retention_in_days: { range: [7, 730] },
    sku: {
      oneOf: [
        'CapacityReservation',
        'Free',
        'LACluster',
        'PerGB2018',
        'PerNode',
        'Premium',
        'Standalone',
        'Standard',
        'Unlimited',
      ],
    },
  },
  azurerm_machine_learning_workspace: {
    'identity.type': identityType,
    name: {
      pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/,
      rule: '3 to 33 letters, digits, hyphens and underscores; starts with a letter or digit',
    },
  },
  azurerm_monitor_autoscale_setting: {
    'profile.rule.metric_trigger.operator': {
      oneOf: ['Equals', 'GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual', 'NotEquals'],
    },
    'profile.rule.metric_trigger.statistic': { oneOf: ['Average', 'Max', 'Min', 'Sum'] },
    'profile.rule.metric_trigger.time_aggregation': {
      oneOf: ['Average', 'Count', 'Last', 'Maximum', 'Minimum', 'Total'],
    },
    'profile.rule.scale_action.direction': { oneOf: ['Decrease', 'Increase', 'None'] },
    'profile.rule.scale_action.type': {
      oneOf: ['ChangeCount', 'ExactCount', 'PercentChangeCount', 'ServiceAllowedNextValue'],
    },
  },
  azurerm_monitor_data_collection_rule: {
    'data_sources.performance_counter.sampling_frequency_in_seconds': { range: [1, 1800] },
    'data_sources.syslog.facility_names': { oneOf: syslogFacilities.split(' ') },
    'data_sources.syslog.log_levels': { oneOf: syslogLevels.split(' ') },
    kind: {
      oneOf: [
        'AgentDirectToStore',
        'AgentSettings',
        'Linux',
        'PlatformTelemetry',
        'Windows',
        'WorkspaceTransforms',
      ],
    },
  },
  azurerm_nat_gateway: { name: networkName, sku_name: { oneOf: ['Standard', 'StandardV2'] } },
  azurerm_network_interface: {
    'ip_configuration.private_ip_address_allocation': { oneOf: ['Dynamic', 'Static'] },
    name: networkName,
  },
  azurerm_network_security_group: {
    name: networkName,
    'security_rule.access': allowOrDeny,
    'security_rule.direction': { oneOf: ['Inbound', 'Outbound'] },
    'security_rule.priority': { range: [100, 4096] },
    'security_rule.protocol': { oneOf: ['*', 'Ah', 'Esp', 'Icmp', 'Tcp', 'Udp'] },
  },
  azurerm_private_dns_a_record: { ttl: { range: [0, 2_147_483_647] } },
  azurerm_private_endpoint: {
    name: networkName,
    'private_service_connection.private_connection_resource_id': azureResourceId,
    subnet_id: azureResourceId,
  },
  azurerm_public_ip: {
    allocation_method: { oneOf: ['Static', 'Dynamic'] },
    name: networkName,
    sku: { oneOf: ['Basic', 'Standard', 'StandardV2'] },
  },
  azurerm_role_assignment: {
    principal_id: guid,
    principal_type: { oneOf: ['User', 'Group', 'ServicePrincipal'] },
    scope: { pattern: /^\//, rule: 'must be an ARM scope' },
  },
  azurerm_storage_account: {
    account_replication_type: { oneOf: ['LRS', 'ZRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS'] },
    account_tier: { oneOf: ['Standard', 'Premium'] },
    'blob_properties.container_delete_retention_policy.days': { range: [1, 365] },
    'blob_properties.delete_retention_policy.days': { range: [1, 365] },
    min_tls_version: { pattern: /^TLS1_[0-3]$/, rule: 'must be a TLS version such as TLS1_2' },
    'network_rules.bypass': { oneOf: ['AzureServices', 'Logging', 'Metrics', 'None'] },
    'network_rules.default_action': allowOrDeny,
    name: { pattern: /^[a-z0-9]{3,24}$/, rule: '3 to 24 lower-case letters and digits' },
  },
  azurerm_subnet: {
    address_prefixes: cidr,
    name: networkName,
    private_endpoint_network_policies: {
      oneOf: ['Disabled', 'Enabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'],
    },
  },
  azurerm_user_assigned_identity: {
    name: {
      pattern: /^[a-z0-9][a-z0-9_-]{2,127}$/i,
      rule: '3 to 128 letters, digits, hyphens and underscores; starts with a letter or digit',
    },
  },
  azurerm_virtual_machine_extension: { protected_settings: { json: true }, settings: { json: true } },
  azurerm_virtual_network: { address_space: cidr, name: networkName },
};
