import { setTimeout } from 'node:timers/promises';
import { ProviderDied } from '../protocol/provider';
import { AccountTurns } from './account-turns';
import { parseArmId, resourceGroupId } from '../../text/arm-id';
import { AzureError } from './azure-error';
import { checkCreate, checkReferences } from './create-checks';
import type { Fault, Faults, Write } from './faults';
import { strikesLate } from './faults';
import { isOverlay } from './overlays';
import { findUse, stayingChild } from './references';
import { refusalOf } from './refusals';
import { RoleLag } from './role-lag';
import { checkServiceDelete, checkServiceWrite } from './services';
import type { SimulatedResource } from './simulated-azure';
import type { Features } from './soft-delete';
import { keptName, purges, softDeleteRule } from './soft-delete';
import type { Store } from './store';

/** Throttled requests that a provider repeats after the time in Retry-After before it gives up. */
const throttleRetries = 3;

/** The answer to a write never came back: Azure did it, the provider does not know. */
export class AnswerLost extends Error {}

/** The deploy's processes end at this write. */
class DeployKilled extends Error {}

interface ControlPlaneOptions {
  /** Ends the processes of the deploy without warning, for the faults that ask for it. @default - those faults fail */
  readonly killDeploy?: () => void;
  /** How long a write takes. Unit: milliseconds. @default - as long as it takes */
  readonly latencyMs?: (write: Write) => number;
}

/** Azure Resource Manager, simulated: takes writes, refuses what Azure would refuse, plays the faults asked for. */
export class ControlPlane {
  private readonly turns = new AccountTurns();
  private readonly roleLag = new RoleLag();

  constructor(
    readonly store: Store,
    private readonly faults: Faults,
    private readonly options: ControlPlaneOptions = {},
  ) {}

  /**
   * Creates a resource.
   * @throws AzureError when Azure would refuse, AnswerLost or ProviderDied when a fault says so.
   */
  create(resource: SimulatedResource, features: Features): Promise<void> {
    return this.write({ action: 'create', type: resource.type, id: resource.id }, fault => {
      this.checkRoles('create', resource, fault);
      checkCreate(this.store, resource, features);
      this.store.put(resource);
    });
  }

  /**
   * Changes a resource.
   * @throws AzureError when Azure would refuse, AnswerLost or ProviderDied when a fault says so.
   */
  update(resource: SimulatedResource): Promise<void> {
    return this.write({ action: 'update', type: resource.type, id: resource.id }, fault => {
      this.checkRoles('update', resource, fault);
      checkReferences(this.store, resource);
      checkServiceWrite(this.store, resource);
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
      else {
        checkServiceDelete(this.store, resource);
        this.deleteWithChildren(resource, features);
      }
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

  /** Refuses what runs as an identity whose role lags, and lets a role assignment lag when the fault says so. */
  private checkRoles(action: Write['action'], resource: SimulatedResource, fault: Fault | undefined): void {
    this.roleLag.check(this.store, { action, type: resource.type, id: resource.id }, resource);
    if (fault?.name === 'role-lag') this.roleLag.begin(resource, fault);
  }

  private async write(write: Write, action: (fault: Fault | undefined) => void): Promise<void> {
    const { latencyMs } = this.options;
    if (latencyMs) await setTimeout(latencyMs(write));
    try {
      const fault = await this.carryOut(write, action);
      if (fault?.name === 'answer-lost') throw new AnswerLost();
      if (fault?.name === 'provider-dies-late') throw new ProviderDied();
      if (fault?.name === 'deploy-killed-late') throw new DeployKilled();
    } catch (failure) {
      if (!(failure instanceof DeployKilled)) throw failure;
      (this.options.killDeploy ?? cannotKill)();
      // Nobody is left to wait for an answer, so none ever comes.
      await new Promise<never>(() => undefined);
    }
  }

  private async carryOut(
    write: Write,
    action: (fault: Fault | undefined) => void,
  ): Promise<Fault | undefined> {
    try {
      const fault = await this.fault(write);
      await this.turns.run(write.id, () => action(fault));
      this.store.record({ ...write, outcome: 'done' });
      return fault;
    } catch (failure) {
      this.store.record({ ...write, outcome: 'failed' });
      throw failure;
    }
  }

  /** The fault that leaves its mark on the write; those that keep it from being done are thrown. */
  private async fault(write: Write, retries = throttleRetries): Promise<Fault | undefined> {
    const fault = this.faults.strike(write);
    if (!fault || strikesLate(fault.name)) return fault;
    if (fault.name === 'role-lag' && write.type === 'azurerm_role_assignment') return fault;
    if (fault.name === 'provider-dies') throw new ProviderDied();
    if (fault.name === 'timeout') throw new Error('context deadline exceeded');
    if (fault.name === 'deploy-killed') throw new DeployKilled();
    if (fault.name === 'throttle' && retries > 0) return this.fault(write, retries - 1);
    throw refusalOf(fault.name, write);
  }
}

function cannotKill(): never {
  throw new Error('nothing says how to kill the deploy: pass killDeploy to startSimulation');
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
