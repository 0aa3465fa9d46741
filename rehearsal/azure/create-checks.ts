import { parseArmId } from '../../text/arm-id';
import { privateLinkGroups } from '../facts/private-link-groups';
import { isKnownParent, isSimulatedType } from './arm-types';
import { AzureError } from './azure-error';
import { checkGlobalName } from './global-names';
import { inlineChild } from './inline-child';
import { isOverlay } from './overlays';
import { armIdsIn } from './references';
import { checkRoles } from './role-checks';
import { checkServiceWrite } from './services';
import type { Json, SimulatedResource } from './simulated-azure';
import type { Features } from './soft-delete';
import { recovers, softDeleteRule } from './soft-delete';
import type { Store } from './store';

/**
 * What Azure makes by itself and is no resource of a configuration: the system disk of a machine, the network watcher of each region, and where a
 * vault keeps backups of machines. Sources: Microsoft Learn, "Enable or disable Azure Network Watcher" and the REST reference of protected items, read
 * 2026-11.
 */
const madeByAzure =
  /\/disks\/[^/]+_OsDisk_1_[0-9a-f]{32}$|\/resourceGroups\/NetworkWatcherRG(\/providers\/Microsoft\.Network\/networkWatchers\/NetworkWatcher_[a-z0-9]+)?$|\/backupFabrics\/Azure(\/protectionContainers\/iaasvmcontainer;[^/]+)?$/i;

/**
 * What Azure checks before it creates a resource.
 * @throws AzureError for a missing parent, a name in use or in soft delete, and references to nothing.
 */
export function checkCreate(store: Store, resource: SimulatedResource, features: Features): void {
  checkParent(store, resource);
  checkReferences(store, resource);
  checkServiceWrite(store, resource);
  if (isOverlay(resource.type)) return;
  checkRoles(store, resource);
  checkPrivateLink(resource);
  checkGlobalName(store, resource);
  checkKeptName(store, resource, features);
}

function checkParent(store: Store, resource: SimulatedResource): void {
  if (isOverlay(resource.type)) return;
  const parsed = parseArmId(resource.id);
  const parent = parsed?.parent && parseArmId(parsed.parent);
  if (!parsed || !parent || parent.type === 'Microsoft.Resources/subscriptions') return;
  if (isThere(store, parent.id)) return;
  if (parent.type === 'Microsoft.Resources/resourceGroups') {
    throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${parent.name}' could not be found.`);
  }
  if (!isKnownParent(parent.type)) return;
  throw new AzureError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${parsed.type}', because the parent resource '${parent.id}' could not be found.`,
  );
}

/** The current revision of an API answers to the name without the revision. */
function isThere(store: Store, id: string): boolean {
  const revisions = `${id};rev=`.toLowerCase();
  return (
    madeByAzure.test(id) ||
    store.get(id) !== undefined ||
    inlineChild(store, id) !== undefined ||
    store.list().some(live => live.id.toLowerCase().startsWith(revisions))
  );
}

/**
 * Checks that every resource that this one names exists.
 * @throws AzureError naming the attribute and the id.
 */
export function checkReferences(store: Store, resource: SimulatedResource): void {
  for (const { path, id } of armIdsIn(resource.attributes, resource.id)) {
    if (isManagedGroup(path) || isBelow(id, resource.id)) continue;
    if (!isSimulatedType(parseArmId(id)?.type ?? '') || isThere(store, id)) continue;
    throw new AzureError(
      400,
      'InvalidResourceReference',
      `Resource ${id} referenced by ${path} of resource ${resource.id} was not found. ` +
        'Please make sure that the referenced resource exists.',
    );
  }
}

/** Whether an id is of a child, which a resource makes in a block of its own. */
function isBelow(id: string, parent: string): boolean {
  return id.toLowerCase().startsWith(`${parent.toLowerCase()}/`);
}

/** A resource group that Azure makes for what a resource manages: it is named, and need not be there. */
function isManagedGroup(path: string): boolean {
  return /(managed_?resource_?group|node_?resource_?group)(_?id|_?name)?$/i.test(path);
}

/** A private endpoint names which part of the resource it leads to. */
function checkPrivateLink({ type, attributes }: SimulatedResource): void {
  const connections = attributes['private_service_connection'];
  if (type !== 'azurerm_private_endpoint' || !Array.isArray(connections)) return;
  for (const connection of connections as readonly Readonly<Record<string, Json>>[]) {
    const target = parseArmId(String(connection['private_connection_resource_id']))?.type ?? '';
    const groups = privateLinkGroups[target.toLowerCase()];
    const named = connection['subresource_names'];
    const wrong =
      groups && Array.isArray(named) ? named.find(name => !groups.includes(String(name))) : undefined;
    if (wrong === undefined) continue;
    throw new AzureError(
      400,
      'BadRequest',
      `Call to ${target} failed. Error message: the group id '${String(wrong)}' is not one of ${groups?.join(', ')}.`,
    );
  }
}

function checkKeptName(store: Store, resource: SimulatedResource, features: Features): void {
  const parsed = parseArmId(resource.id);
  const rule = softDeleteRule(parsed?.type);
  const kept = store
    .softDeleted()
    .find(
      name =>
        name.name.toLowerCase() === parsed?.name.toLowerCase() &&
        parseArmId(name.id)?.type.toLowerCase() === parsed.type.toLowerCase(),
    );
  if (!rule || !kept) return;
  const sameResource = kept.id.toLowerCase() === resource.id.toLowerCase();
  const nameIsGlobal = /keyvault|apimanagement/i.test(parsed?.type ?? '');
  if (!sameResource && !nameIsGlobal) return;
  if (sameResource && recovers(rule, resource, features)) return store.release(kept.id);
  throw new AzureError(409, rule.code, rule.reason(kept.id));
}
