/** What a value must be. The rule's words go into the message. */
export interface ValueRule {
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** Says in words what `pattern` asks for. */
  readonly rule?: string;
  readonly range?: readonly [least: number, most: number];
}

const GUID: ValueRule = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  rule: 'must be a GUID',
};

const CIDR: ValueRule = {
  pattern: /^(((25[0-5]|2[0-4]\d|1?\d?\d)(\.|(?=\/))){4}\/(3[0-2]|[12]?\d)|[0-9a-f:]+\/\d{1,3})$/i,
  rule: 'must be a CIDR range such as 10.0.0.0/24',
};

const NETWORK_NAME: ValueRule = {
  pattern: /^[a-z0-9]([a-z0-9_.-]{0,78}[a-z0-9_])?$/i,
  rule: '1 to 80 letters, digits, underscores, periods and hyphens; starts with a letter or digit, ends with one or an underscore',
};

const IDENTITY_TYPE: ValueRule = {
  oneOf: ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'],
};

const AZURE_RESOURCE_ID: ValueRule = {
  pattern: /^\/(subscriptions|providers)\//i,
  rule: 'must be an ARM id',
};

/**
 * Rules by resource type and dotted path, only those that are certain.
 * Source: validation of azurerm 4.55 and Microsoft Learn, "Naming rules and restrictions for Azure resources" and
 * "Azure OpenAI deployment types" (MicrosoftDocs, CC BY 4.0), read 2026-11.
 */
export const VALUE_RULES: Readonly<Record<string, Readonly<Record<string, ValueRule>>>> = {
  azurerm_resource_group: {
    name: {
      pattern: /^[-\w._()]{0,89}[-\w_()]$/,
      rule: '1 to 90 letters, digits, periods, underscores, hyphens and parentheses; does not end with a period',
    },
  },
  azurerm_cognitive_account: {
    name: {
      pattern: /^[a-z0-9][a-z0-9_.-]{1,63}$/i,
      rule: '2 to 64 letters, digits, periods, hyphens and underscores; starts with a letter or digit',
    },
    custom_subdomain_name: {
      pattern: /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i,
      rule: '2 to 64 letters, digits and hyphens; starts and ends with a letter or digit',
    },
    kind: {
      oneOf: [
        'Academic',
        'AIServices',
        'AnomalyDetector',
        'Bing.Autosuggest',
        'Bing.Autosuggest.v7',
        'Bing.CustomSearch',
        'Bing.Search',
        'Bing.Search.v7',
        'Bing.Speech',
        'Bing.SpellCheck',
        'Bing.SpellCheck.v7',
        'CognitiveServices',
        'ComputerVision',
        'ContentModerator',
        'ContentSafety',
        'ConversationalLanguageUnderstanding',
        'CustomSpeech',
        'CustomVision.Prediction',
        'CustomVision.Training',
        'Emotion',
        'Face',
        'FormRecognizer',
        'ImmersiveReader',
        'LUIS',
        'LUIS.Authoring',
        'MetricsAdvisor',
        'OpenAI',
        'Personalizer',
        'QnAMaker',
        'Recommendations',
        'SpeakerRecognition',
        'Speech',
        'SpeechServices',
        'SpeechTranslation',
        'TextAnalytics',
        'TextTranslation',
        'WebLM',
      ],
    },
    'identity.type': IDENTITY_TYPE,
    'network_acls.default_action': { oneOf: ['Allow', 'Deny'] },
    sku_name: {
      oneOf: [
        'C2',
        'C3',
        'C4',
        'D3',
        'DC0',
        'E0',
        'F0',
        'F1',
        'P0',
        'P1',
        'P2',
        'S',
        'S0',
        'S1',
        'S2',
        'S3',
        'S4',
        'S5',
        'S6',
      ],
    },
  },
  azurerm_cognitive_deployment: {
    cognitive_account_id: AZURE_RESOURCE_ID,
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
    sku_name: { oneOf: ['standard', 'premium'] },
    soft_delete_retention_days: { range: [7, 90] },
    tenant_id: GUID,
  },
  azurerm_lb: { sku: { oneOf: ['Basic', 'Standard', 'Gateway'] } },
  azurerm_lb_probe: { protocol: { oneOf: ['Http', 'Https', 'Tcp'] } },
  azurerm_lb_rule: { protocol: { oneOf: ['All', 'Tcp', 'Udp'] } },
  azurerm_linux_virtual_machine: {
    'admin_ssh_key.public_key': {
      pattern: /^ssh-(rsa|ed25519) AAAA[0-9A-Za-z+/]+={0,3}( .*)?\s*$/,
      rule: 'must be a complete RSA or Ed25519 public key in OpenSSH format',
    },
    'identity.type': IDENTITY_TYPE,
    name: {
      pattern: /^[a-z0-9]([a-z0-9_.-]{0,62}[a-z0-9_])?$/i,
      rule: '1 to 64 letters, digits, periods, hyphens and underscores; starts with a letter or digit, ends with one or an underscore',
    },
    'os_disk.caching': { oneOf: ['None', 'ReadOnly', 'ReadWrite'] },
    'os_disk.storage_account_type': {
      oneOf: ['Premium_LRS', 'Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_ZRS'],
    },
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
    'identity.type': IDENTITY_TYPE,
    name: {
      pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}$/,
      rule: '3 to 33 letters, digits, hyphens and underscores; starts with a letter or digit',
    },
  },
  azurerm_nat_gateway: { name: NETWORK_NAME, sku_name: { oneOf: ['Standard', 'StandardV2'] } },
  azurerm_network_interface: { name: NETWORK_NAME },
  azurerm_network_security_group: {
    name: NETWORK_NAME,
    'security_rule.access': { oneOf: ['Allow', 'Deny'] },
    'security_rule.direction': { oneOf: ['Inbound', 'Outbound'] },
    'security_rule.priority': { range: [100, 4096] },
    'security_rule.protocol': { oneOf: ['*', 'Ah', 'Esp', 'Icmp', 'Tcp', 'Udp'] },
  },
  azurerm_private_endpoint: { name: NETWORK_NAME, subnet_id: AZURE_RESOURCE_ID },
  azurerm_public_ip: {
    allocation_method: { oneOf: ['Static', 'Dynamic'] },
    name: NETWORK_NAME,
    sku: { oneOf: ['Basic', 'Standard', 'StandardV2'] },
  },
  azurerm_role_assignment: {
    principal_id: GUID,
    principal_type: { oneOf: ['User', 'Group', 'ServicePrincipal'] },
    scope: { pattern: /^\//, rule: 'must be an ARM scope' },
  },
  azurerm_storage_account: {
    account_replication_type: { oneOf: ['LRS', 'ZRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS'] },
    account_tier: { oneOf: ['Standard', 'Premium'] },
    name: { pattern: /^[a-z0-9]{3,24}$/, rule: '3 to 24 lower-case letters and digits' },
  },
  azurerm_subnet: { address_prefixes: CIDR, name: NETWORK_NAME },
  azurerm_user_assigned_identity: {
    name: {
      pattern: /^[a-z0-9][a-z0-9_-]{2,127}$/i,
      rule: '3 to 128 letters, digits, hyphens and underscores; starts with a letter or digit',
    },
  },
  azurerm_virtual_network: { address_space: CIDR, name: NETWORK_NAME },
};
