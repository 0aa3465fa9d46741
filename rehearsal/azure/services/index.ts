import type { SimulatedResource } from '../simulated-azure';
import type { Store } from '../store';
import { armViewOf } from './arm-view';
import { COGNITIVE } from './cognitive';
import { COMPUTE } from './compute';
import { KEY_VAULT } from './key-vault';
import { MACHINE_LEARNING } from './machine-learning';
import type { ServiceRules } from './service';

const SERVICES: ReadonlyMap<string, ServiceRules> = new Map(
  [...COGNITIVE, ...COMPUTE, ...KEY_VAULT, ...MACHINE_LEARNING].map(rules => [rules.armType, rules]),
);

/** What the resource's service refuses of a create or change. @throws AzureError in the service's words */
export function checkServiceWrite(store: Store, resource: SimulatedResource): void {
  const view = armViewOf(resource);
  SERVICES.get(view.armType)?.checkWrite?.(store, view);
}

/** What the resource's service refuses of its deletion. @throws AzureError in the service's words */
export function checkServiceDelete(store: Store, resource: SimulatedResource): void {
  const view = armViewOf(resource);
  SERVICES.get(view.armType)?.checkDelete?.(store, view);
}
