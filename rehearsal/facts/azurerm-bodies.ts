import type { Json } from '../azure/simulated-azure';

type Attributes = Readonly<Record<string, Json>>;

/** What a resource of azurerm is to a client that speaks ARM. */
interface ArmBody {
  /** The newest API version that azapi 2.12.0 knows: the one that it reads the resource with after a `moved` block. */
  readonly newest: string;
  /** What a GET answers besides id, name, type, location and tags. */
  readonly bodyOf: (attributes: Attributes) => { readonly [property: string]: Json };
}

/**
 * The ARM bodies of what azurerm makes, for the types whose states azapi takes over here. Sources: how azurerm 4.55.0 writes each
 * attribute (its resource's create function), and the version directories of azapi 2.12.0's embedded types; read 2026-11.
 */
const bodies: Readonly<Record<string, ArmBody>> = {
  azurerm_key_vault: { newest: '2026-03-01-preview', bodyOf: keyVault },
};

/** Undefined for the types whose body the rehearsal does not know. */
export function azurermBody(type: string): ArmBody | undefined {
  return bodies[type];
}

/** The types whose body is known. */
export function typesWithBody(): readonly string[] {
  return Object.keys(bodies);
}

function keyVault(vault: Attributes): { readonly [property: string]: Json } {
  return {
    properties: {
      tenantId: vault['tenant_id'] ?? '',
      sku: { family: 'A', name: vault['sku_name'] ?? 'standard' },
      accessPolicies: blocks(vault['access_policy']).map(policy => ({
        tenantId: policy['tenant_id'] ?? '',
        objectId: policy['object_id'] ?? '',
        permissions: {
          keys: policy['key_permissions'] ?? [],
          secrets: policy['secret_permissions'] ?? [],
          certificates: policy['certificate_permissions'] ?? [],
          storage: policy['storage_permissions'] ?? [],
        },
      })),
      enabledForDeployment: vault['enabled_for_deployment'] ?? false,
      enabledForDiskEncryption: vault['enabled_for_disk_encryption'] ?? false,
      enabledForTemplateDeployment: vault['enabled_for_template_deployment'] ?? false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: vault['soft_delete_retention_days'] ?? 90,
      enableRbacAuthorization:
        vault['rbac_authorization_enabled'] === true || vault['enable_rbac_authorization'] === true,
      ...(vault['purge_protection_enabled'] === true ? { enablePurgeProtection: true } : {}),
      publicNetworkAccess: vault['public_network_access_enabled'] === false ? 'Disabled' : 'Enabled',
      ...networkRules(vault),
    },
  };
}

function networkRules(vault: Attributes): { readonly [property: string]: Json } {
  const [rules] = blocks(vault['network_acls']);
  if (!rules) return {};
  const texts = (attribute: string): readonly Json[] => (rules[attribute] ?? []) as readonly Json[];
  return {
    networkAcls: {
      bypass: rules['bypass'] ?? '',
      defaultAction: rules['default_action'] ?? '',
      ipRules: texts('ip_rules').map(value => ({ value })),
      virtualNetworkRules: texts('virtual_network_subnet_ids').map(id => ({ id })),
    },
  };
}

function blocks(value: Json | undefined): readonly Attributes[] {
  return Array.isArray(value) ? (value as readonly Attributes[]) : [];
}
