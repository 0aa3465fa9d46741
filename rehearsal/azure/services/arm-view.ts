import { parseArmId } from '../../../text/arm-id';
import type { Json, SimulatedResource } from '../simulated-azure';

export type JsonObject = { readonly [key: string]: Json };

/** A resource as its service sees it, whichever provider wrote it. */
export interface ArmView {
  readonly id: string;
  /** In lower case. */
  readonly armType: string;
  /** `properties` of the body, as far as the services' rules read them. */
  readonly properties: JsonObject;
}

/** Where azurerm keeps a property, by Terraform type: property path → attribute path, both dotted. */
const attributesByPath: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azurerm_cognitive_account: {
    customSubDomainName: 'custom_subdomain_name',
    'networkAcls.defaultAction': 'network_acls.0.default_action',
  },
  azurerm_cognitive_deployment: { raiPolicyName: 'rai_policy_name' },
  azurerm_key_vault: {
    enablePurgeProtection: 'purge_protection_enabled',
    softDeleteRetentionInDays: 'soft_delete_retention_days',
  },
  azurerm_linux_virtual_machine: { 'securityProfile.uefiSettings.secureBootEnabled': 'secure_boot_enabled' },
  azurerm_virtual_machine_extension: { publisher: 'publisher', type: 'type' },
  azurerm_windows_virtual_machine: {
    'securityProfile.uefiSettings.secureBootEnabled': 'secure_boot_enabled',
  },
};

/** What the rules of a service read of a resource. */
export function armViewOf({ id, type, attributes }: SimulatedResource): ArmView {
  const armType = (parseArmId(id)?.type ?? '').toLowerCase();
  if (type.startsWith('azapi_'))
    return { id, armType, properties: objectAt(attributes['body'], 'properties') };
  const paths = Object.entries(attributesByPath[type] ?? {});
  const properties = paths.reduce<JsonObject>((all, [path, attribute]) => {
    const value = valueAt(attributes, attribute);
    return value === null || value === '' ? all : withValue(all, path.split('.'), value);
  }, {});
  return { id, armType, properties };
}

/** The value at a dotted path; null where there is none. */
export function valueAt(json: Json, path: string): Json {
  return path
    .split('.')
    .reduce<Json>((value, step) => (value as Record<string, Json | undefined> | null)?.[step] ?? null, json);
}

function objectAt(json: Json | undefined, key: string): JsonObject {
  const value = valueAt(json ?? null, key);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function withValue(object: JsonObject, [step = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { ...object, [step]: rest.length === 0 ? value : withValue(objectAt(object, step), rest, value) };
}
