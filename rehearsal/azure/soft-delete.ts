import { armViewOf } from './services/arm-view';
import type { JsonObject } from './services/arm-view';
import { asksToRecover } from './services/key-vault';
import type { SimulatedResource, SoftDeletedName } from './simulated-azure';

/** Flags of a provider's `features` block: `key_vault.purge_soft_delete_on_destroy`. */
export type Features = Readonly<Record<string, boolean>>;

/** How Azure keeps the name of a deleted resource, and what the provider does about it. */
interface SoftDeleteRule {
  /** How long the name is kept. Unit: hours. */
  readonly keptHours: (properties: JsonObject) => number;
  /** Feature that purges on destroy, and whether the provider has it on by default. */
  readonly purge?: readonly [feature: string, byDefault: boolean];
  /** Feature that recovers a kept name on create, and whether the provider has it on by default. */
  readonly recover?: readonly [feature: string, byDefault: boolean];
  /** Whether the body of a create asks for the kept resource, whichever provider sends it. */
  readonly asksToRecover?: (properties: JsonObject) => boolean;
  /** Azure itself recovers the kept resource when one of the same id is created. */
  readonly recoversBySelf?: boolean;
  /** Purging is refused, whatever the features say. */
  readonly protected?: (properties: JsonObject) => boolean;
  readonly code: string;
  readonly reason: (id: string) => string;
}

const hoursADay = 24;

const cognitive: SoftDeleteRule = {
  keptHours: () => 48,
  purge: ['cognitive_account.purge_soft_delete_on_destroy', true],
  code: 'FlagMustBeSetForRestore',
  reason: id =>
    `An existing resource with ID '${id}' has been soft-deleted. To restore the resource, you must specify ` +
    "'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.",
};

const keyVault: SoftDeleteRule = {
  keptHours: ({ softDeleteRetentionInDays: days }) => Number(days ?? 90) * hoursADay,
  purge: ['key_vault.purge_soft_delete_on_destroy', true],
  recover: ['key_vault.recover_soft_deleted_key_vaults', true],
  asksToRecover,
  protected: ({ enablePurgeProtection }) => enablePurgeProtection === true,
  code: 'ConflictError',
  reason: id =>
    `A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault ${id}.`,
};

const workspaceRule: SoftDeleteRule = {
  keptHours: () => 14 * hoursADay,
  purge: ['machine_learning.purge_soft_deleted_workspace_on_destroy', false],
  code: 'Conflict',
  reason: id => `Soft-deleted workspace exists. Please purge or recover it. Workspace: ${id}`,
};

const logAnalytics: SoftDeleteRule = {
  keptHours: () => 14 * hoursADay,
  purge: ['log_analytics_workspace.permanently_delete_on_destroy', false],
  recoversBySelf: true,
  code: 'Conflict',
  reason: id => `The workspace ${id} is soft-deleted.`,
};

const apiManagement: SoftDeleteRule = {
  keptHours: () => 48,
  purge: ['api_management.purge_soft_delete_on_destroy', true],
  recover: ['api_management.recover_soft_deleted', true],
  code: 'ServiceAlreadyExistsInSoftDeletedState',
  reason: id =>
    `Api service ${id} was soft-deleted. In order to create the new service with the same name, purge it.`,
};

/**
 * Rules by ARM type. Durations and messages: Microsoft Learn pages on soft delete of each service; features and
 * their defaults: azurerm 4.55 provider documentation, "The Features Block"; read 2026-11.
 */
const rules: Readonly<Record<string, SoftDeleteRule>> = {
  'microsoft.cognitiveservices/accounts': cognitive,
  'microsoft.keyvault/vaults': keyVault,
  'microsoft.machinelearningservices/workspaces': workspaceRule,
  'microsoft.operationalinsights/workspaces': logAnalytics,
  'microsoft.apimanagement/service': apiManagement,
};

/** What a provider without a features block does: it neither purges nor recovers. */
export const noFeatures: Features = Object.fromEntries(
  Object.values(rules)
    .flatMap(({ purge, recover }) => [purge?.[0], recover?.[0]])
    .flatMap(feature => (feature ? [[feature, false]] : [])),
);

/** The rule for an ARM type; undefined when Azure forgets a deleted name at once. */
export function softDeleteRule(armType: string | undefined): SoftDeleteRule | undefined {
  return rules[armType?.toLowerCase() ?? ''];
}

/** Whether destroying this resource also purges it. */
export function purges(rule: SoftDeleteRule, resource: SimulatedResource, features: Features): boolean {
  if (rule.protected?.(armViewOf(resource).properties) || !rule.purge) return false;
  return features[rule.purge[0]] ?? rule.purge[1];
}

/** Whether creating a resource of a kept name brings the kept one back. */
export function recovers(rule: SoftDeleteRule, resource: SimulatedResource, features: Features): boolean {
  if (rule.recoversBySelf || rule.asksToRecover?.(armViewOf(resource).properties)) return true;
  return rule.recover ? (features[rule.recover[0]] ?? rule.recover[1]) : false;
}

/** The record of a name that Azure keeps. */
export function keptName(rule: SoftDeleteRule, resource: SimulatedResource, name: string): SoftDeletedName {
  const { id, type, attributes } = resource;
  const { location } = attributes;
  return {
    id,
    type,
    name,
    keptHours: rule.keptHours(armViewOf(resource).properties),
    ...(typeof location === 'string' ? { location } : {}),
  };
}
