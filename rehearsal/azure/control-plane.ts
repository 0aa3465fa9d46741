import { ProviderDied } from '../protocol/provider';
import { AccountTurns } from './account-turns';
import { parseArmId, resourceGroupId } from './arm-id';
import { AzureError } from './azure-error';
import { checkCreate, checkReferences } from './create-checks';
import type { Faults, Write } from './faults';
import { refusalOf } from './faults';
import { isOverlay } from './overlays';
import { findUse, stayingChild } from './references';
import type { SimulatedResource } from './simulated-azure';
import type { Features } from './soft-delete';
import { keptName, purges, softDeleteRule } from './soft-delete';
import type { Store } from './store';

/** Throttled requests that a provider repeats after the time in Retry-After before it gives up. */
const THROTTLE_RETRIES = 3;

/** The answer to a write never came back: Azure did it, the provider does not know. */
export class AnswerLost extends Error {}

/** Azure Resource Manager, simulated: takes writes, refuses what Azure would refuse, plays the faults asked for. */
export class ControlPlane {
  private readonly turns = new AccountTurns();

  constructor(
    readonly store: Store,
    private readonly faults: Faults,
  ) {}

  /**
   * Creates a resource.
   * @throws AzureError when Azure would refuse, AnswerLost or ProviderDied when a fault says so.
   */
  create(resource: SimulatedResource, features: Features): Promise<void> {
    return this.write({ action: 'create', type: resource.type, id: resource.id }, () => {
      checkCreate(this.store, resource, features);
      this.store.put(resource);
    });
  }

  /**
   * Changes a resource.
   * @throws AzureError when Azure would refuse, AnswerLost or ProviderDied when a fault says so.
   */
  update(resource: SimulatedResource): Promise<void> {
    return this.write({ action: 'update', type: resource.type, id: resource.id }, () => {
      checkReferences(this.store, resource);
      this.store.put(resource);
    });
  }

  /**
   * Deletes a resource with its children.
   * @throws AzureError when Azure would refuse, AnswerLost or ProviderDied when a fault says so.
   */
  delete(resource: SimulatedResource, features: Features): Promise<void> {
    return this.write({ action: 'delete', type: resource.type, id: resource.id }, () => {
      if (isOverlay(resource.type)) this.store.dropOverlay(resource.id, resource.type);
      else this.deleteWithChildren(resource, features);
    });
  }

  /**
   * Plays a request that changes no record: an action on a resource.
   * @throws AzureError, AnswerLost or ProviderDied when a fault says so.
   */
  request(write: Write): Promise<void> {
    return this.write(write, () => undefined);
  }

  private deleteWithChildren(resource: SimulatedResource, features: Features): void {
    const live = this.store.list();
    const prefix = `${resource.id.toLowerCase()}/`;
    const doomed = live.filter(
      other => other.id === resource.id || other.id.toLowerCase().startsWith(prefix),
    );
    if (resource.type === 'azurerm_resource_group') refuseFullGroup(resource, doomed, features);
    const staying = stayingChild(resource, live);
    if (staying) {
      throw new AzureError(
        409,
        'CannotDeleteResource',
        `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${staying.id}'. ` +
          'Please delete all nested resources before deleting this resource.',
      );
    }
    const use = findUse(doomed, live);
    if (use) {
      throw new AzureError(
        400,
        use.code,
        `${use.resource.id} is in use by ${use.user.id} and cannot be deleted.`,
      );
    }
    for (const gone of this.store.drop(resource.id)) this.keepName(gone, features);
  }

  private keepName(gone: SimulatedResource, features: Features): void {
    const parsed = parseArmId(gone.id);
    const rule = isOverlay(gone.type) ? undefined : softDeleteRule(parsed?.type);
    if (rule && !purges(rule, gone, features)) this.store.keep(keptName(rule, gone, parsed?.name ?? gone.id));
  }

  private async write(write: Write, action: () => void): Promise<void> {
    try {
      const fault = await this.fault(write);
      await this.turns.run(write.id, action);
      if (fault === 'answer-lost') throw new AnswerLost();
      this.store.record({ ...write, outcome: 'done' });
    } catch (failure) {
      this.store.record({ ...write, outcome: failure instanceof AnswerLost ? 'done' : 'failed' });
      throw failure;
    }
  }

  private async fault(write: Write, retries = THROTTLE_RETRIES): Promise<string | undefined> {
    const fault = this.faults.strike(write);
    if (fault === 'provider-dies') throw new ProviderDied();
    if (fault === 'timeout') throw new Error('context deadline exceeded');
    if (fault === 'throttle' && retries > 0) return this.fault(write, retries - 1);
    const refusal = fault && refusalOf(fault, write);
    if (refusal) throw refusal;
    return fault;
  }
}

/** azurerm looks into a resource group before it deletes it, unless the feature is switched off. */
function refuseFullGroup(
  group: SimulatedResource,
  doomed: readonly SimulatedResource[],
  features: Features,
): void {
  if (features['resource_group.prevent_deletion_if_contains_resources'] === false) return;
  const inside = doomed.filter(({ id }) => id !== group.id && resourceGroupId(id) && parseArmId(id));
  if (inside.length === 0) return;
  const ids = inside.map(({ id }) => `* ${id}`).join('\n');
  throw new AzureError(
    409,
    'ResourceGroupNotEmpty',
    `the Resource Group still contains Resources. Terraform is configured to check for Resources within the Resource ` +
      `Group when deleting it, and to raise an error if they still exist:\n${ids}`,
  );
}
