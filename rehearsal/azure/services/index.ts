import type { SimulatedResource } from '../simulated-azure';
import type { Store } from '../store';
import { armViewOf } from './arm-view';
import { cognitive } from './cognitive';
import { compute } from './compute';
import { keyVault } from './key-vault';
import { machineLearning } from './machine-learning';
import type { ServiceRules } from './service';

const services: ReadonlyMap<string, ServiceRules> = new Map(
  [...cognitive, ...compute, ...keyVault, ...machineLearning].map(rules => [rules.armType, rules]),
);

/** What the resource's service refuses of a create or change. @throws AzureError in the service's words */
export function checkServiceWrite(store: Store, resource: SimulatedResource): void {
  const view = armViewOf(resource);
  services.get(view.armType)?.checkWrite?.(store, view);
}

/** What the resource's service refuses of its deletion. @throws AzureError in the service's words */
export function checkServiceDelete(store: Store, resource: SimulatedResource): void {
  const view = armViewOf(resource);
  services.get(view.armType)?.checkDelete?.(store, view);
}
