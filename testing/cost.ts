import { attributesOf, isChanged } from './attribute-changes';
import type { Attribute } from './attribute-changes';
import type { Leaf } from './node';
import { plannedResources } from './plans';
import type { PlanSubject, PlannedResource } from './plans';

/** A change of a plan that is likely to change the bill. */
export interface CostChange {
  /** Address with the stack's name before it. */
  readonly place: string;
  /** Type of the resource in Terraform. */
  readonly type: string;
  /** What the plan does to it. */
  readonly action: 'created' | 'destroyed' | 'changed';
  /** What the price depends on: the attributes that change, or those that a created resource starts with. */
  readonly attributes: readonly CostAttribute[];
}

/** An attribute on which a price depends, in words. */
export interface CostAttribute {
  /** For example `sku.capacity`. */
  readonly path: string;
  /** @default - it is created, or was not set */
  readonly before?: string;
  /** @default - not set any more */
  readonly after?: string;
}

/**
 * What Azure does not bill by itself, and providers that deploy nothing. Everything else counts as billed: a list of
 * what is free can be incomplete without hiding a cost.
 */
const freeTypes = [
  /^azurerm_(resource_group|virtual_network|subnet|network_security_(group|rule)|route(_table)?|network_interface)$/,
  /^azurerm_(application_security_group|availability_set|proximity_placement_group|user_assigned_identity)$/,
  /^azurerm_(role_(assignment|definition)|federated_identity_credential|management_(lock|group)|key_vault_access_policy)$/,
  /^azurerm_.*_(association|virtual_network_link|policy_assignment)$|^azurerm_policy_/,
  /^azurerm_(private_)?dns_(a|aaaa|caa|cname|mx|ns|ptr|srv|txt)_record$/,
  /^azurerm_(monitor_diagnostic_setting|monitor_data_collection_rule|monitor_action_group)$/,
  /^(terraform|random|null|time|local|tls)_/,
];

/** Attributes that prices depend on, by their last name, in Terraform's spelling. */
const costlyName = new RegExp(
  `^(${[
    'sku',
    '.*_sku',
    'sku_.*',
    '(vm_|node_|instance_|machine_|.*_disk_)?size',
    '.*size_(in_)?[gmt]b',
    '(.*_)?capacity',
    '(.*_)?tier',
    '(.*_)?instances',
    'instance_type',
    '((.*_)?(node|instance|worker|replica|partition|min|max|unit|shard|core|cpu|gpu)_)?count',
    '(min|max)_replicas',
    '(.*_)?(cpu|gpu|memory|vcores?|v?cpus)(_limit|_in_gb)?',
    '(.*_)?storage_([gmt]b)',
    '(.*_)?throughput(_.*)?',
    'disk_(iops|mbps)_.*',
    'account_replication_type',
    'storage_account_type',
    'license_type',
    'edition',
    'offer_type',
    'zone_redundan(t|cy_enabled)',
    'retention_in_days',
    'daily_quota_gb',
    'location',
  ].join('|')})$`,
);

/** Changes that are likely to change the bill, in the order of stacks and addresses. It knows no prices. */
export function costChanges(subject: PlanSubject): CostChange[] {
  return plannedResources(subject)
    .filter(({ type }) => !freeTypes.some(free => free.test(type)))
    .flatMap(resource => {
      const action = actionOf(resource);
      if (!action) return [];
      const attributes = attributesOf(resource.change).filter(attribute => isCostly(attribute, resource));
      const shown = action === 'changed' ? attributes.filter(isChanged) : attributes;
      if (action === 'changed' && shown.length === 0) return [];
      return [{ place: resource.place, type: resource.type, action, attributes: shown.map(inWords) }];
    });
}

/** One line a change, for people. */
export function costLine({ place, action, attributes }: CostChange): string {
  const said = attributes.map(({ path, before, after }) => {
    if (action === 'created') return `${path} ${after}`;
    if (action === 'destroyed') return `${path} ${before}`;
    return `${path}: ${before ?? '(none)'} -> ${after ?? '(none)'}`;
  });
  if (action === 'changed') return `${place}: ${said.join(', ')}`;
  return `${place}: ${action}${said.length > 0 ? ` (${said.join(', ')})` : ''}`;
}

function actionOf({ change: { actions } }: PlannedResource): CostChange['action'] | undefined {
  const [creates, deletes] = [actions.includes('create'), actions.includes('delete')];
  if (creates && !deletes) return 'created';
  if (deletes && !creates) return 'destroyed';
  return actions.includes('update') || (creates && deletes) ? 'changed' : undefined;
}

function isCostly({ path }: Attribute, { type }: PlannedResource): boolean {
  const names = path
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .map(inSnakeCase);
  if (names[0] === 'tags' || names[0] === 'timeouts') return false;
  if (names.includes('sku')) return true;
  // Which model is deployed, and which version of it, decides what a token costs.
  if (type === 'azurerm_cognitive_deployment' && names[0] === 'model') return true;
  // The bounds between which something scales by itself are what it may cost.
  if (names.includes('capacity') && /^(minimum|maximum|default)$/.test(names.at(-1) ?? '')) return true;
  // A standby is a second server.
  if (names.includes('high_availability')) return true;
  if (/^(vm_)?priority$/.test(names.at(-1) ?? '')) return /machine|kubernetes/.test(type);
  return costlyName.test(names.at(-1) as string);
}

/** azapi bodies are written as ARM has them: `vmSize`. */
function inSnakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function inWords({ path, before, after }: Attribute): CostAttribute {
  return { path, before: word(before), after: word(after) };
}

function word(leaf: Leaf | undefined): string | undefined {
  if (!leaf) return undefined;
  if (leaf.kind === 'unknown') return '(known after apply)';
  return leaf.sensitive ? '(sensitive)' : JSON.stringify(leaf.value);
}
