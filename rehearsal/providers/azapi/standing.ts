import { parseArmId } from '../../../text/arm-id';
import { isSimulatedType } from '../../azure/arm-types';
import { inlineChild } from '../../azure/inline-child';
import type { ControlPlane } from '../../azure/control-plane';

/** Children that Azure makes with their parent under a name of its own: `blobServices/default` of a storage account. */
const madeWithParent = /^(default|current|web|appsettings|logs)$/i;

/** Whether an id is that of a child which Azure makes with a parent that is there. */
export function isMadeWithParent(azure: ControlPlane, id: string): boolean {
  const { name = '', parent = '' } = parseArmId(id) ?? {};
  return madeWithParent.test(name) && azure.store.get(parent) !== undefined;
}

/**
 * Whether something stands under an id that a request changes or asks: a resource that was made, one that Azure makes with its parent,
 * or, below a parent that is there, one of a type of which the rehearsal cannot tell. Subscriptions and what belongs to Azure always are.
 */
export function isStanding(azure: ControlPlane, id: string): boolean {
  if (azure.store.get(id) ?? inlineChild(azure.store, id)) return true;
  // Whether it is registered or not.
  if (/\/subscriptionFeatureRegistrations\/[^/]+$/i.test(id)) return true;
  // A subscription, the tenant, a resource provider in one of them, and the providers' pages of locations.
  if (/^(\/subscriptions\/[^/]+)?(\/providers\/[^/]+(\/locations\/.*)?)?\/?$/i.test(id)) return true;
  const parsed = parseArmId(id);
  if (parsed?.parent === undefined) return false;
  const isChild = parsed.type.split('/').length > 2;
  const unknown = madeWithParent.test(parsed.name) || !isSimulatedType(parsed.type);
  return isChild && unknown && isStanding(azure, parsed.parent);
}
