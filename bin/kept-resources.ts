import { isOverlay } from '../rehearsal/azure/overlays';
import { keptName, purges, recovers, softDeleteRule } from '../rehearsal/azure/soft-delete';
import { deletionFeatures } from '../rehearsal/providers/azapi/delete-request';
import { featuresOf } from '../rehearsal/providers/azurerm/features';
import type { Stack } from '../rehearsal/run';
import { parseArmId } from '../text/arm-id';
import type { SimulatedResource } from '../rehearsal/simulation';
import type { StackState } from './stack-terraform';

/** What Azure keeps of a resource that is destroyed: its name, and what it held. */
interface KeptResource {
  /** ARM id. */
  readonly id: string;
  /** ARM type, such as `Microsoft.KeyVault/vaults`. */
  readonly type: string;
  readonly name: string;
  /** For how long. Unit: days. */
  readonly days: number;
  /** Whether a deploy within that time brings it back, with what it held; otherwise its name is taken until it is purged. */
  readonly recovered: boolean;
}

/** What Azure keeps of the resources of a state that is destroyed with the providers of its stack. */
export function keptResources(resources: StackState['resources'], { json }: Stack): KeptResource[] {
  const [azurerm] = json.provider?.azurerm ?? [];
  const features = featuresOf(azurerm ?? {});
  return resources.flatMap(({ type, attributes }) => {
    const id = parseArmId(typeof attributes.id === 'string' ? attributes.id : '');
    const rule = isOverlay(type) ? undefined : softDeleteRule(id?.type);
    if (!id || !rule) return [];
    const resource = { id: id.id, type, attributes: attributes as SimulatedResource['attributes'] };
    const own = type.startsWith('azurerm_') ? features : deletionFeatures(resource.attributes);
    if (purges(rule, resource, own)) return [];
    const { name, keptHours } = keptName(rule, resource, id.name);
    const recovered = recovers(rule, resource, own) || looksForDeleted(json, name);
    return [{ id: id.id, type: id.type, name, days: Math.ceil(keptHours / hoursADay), recovered }];
  });
}

const hoursADay = 24;

/** Whether each plan of a stack looks whether a vault of this name was deleted, to recover it. */
function looksForDeleted({ data }: Stack['json'], name: string): boolean {
  return JSON.stringify(data?.azapi_resource ?? {}).includes(`/deletedVaults/${name}"`);
}

export function keptText({ type, name, days, recovered }: KeptResource): string {
  const then = recovered
    ? 'a deploy within that time brings it back'
    : 'until then its name is taken, unless it is purged';
  return `${type} ${name} is kept by Azure for ${days} days: ${then}`;
}
