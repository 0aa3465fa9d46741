import { isOverlay } from '../rehearsal/azure/overlays';
import { purges, recovers, softDeleteRule } from '../rehearsal/azure/soft-delete';
import { deletionFeatures } from '../rehearsal/providers/azapi/delete-request';
import { featuresOf } from '../rehearsal/providers/azurerm/features';
import type { Stack } from '../rehearsal/run';
import { parseArmId } from '../text/arm-id';
import type { StateResource } from './stack-terraform';

/** What Azure keeps of a resource that is destroyed: its name, and what it held. */
export interface KeptResource {
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

/** What Azure keeps of resources that are destroyed with the providers of a stack. */
export function keptResources(
  resources: readonly StateResource[],
  { json: { provider } }: Stack,
): KeptResource[] {
  const [azurerm] = provider?.azurerm ?? [];
  const features = featuresOf(azurerm ?? {});
  return resources.flatMap(({ type, attributes }) => {
    const id = parseArmId(typeof attributes.id === 'string' ? attributes.id : '');
    const rule = isOverlay(type) ? undefined : softDeleteRule(id?.type);
    if (!id || !rule) return [];
    const resource = { id: id.id, type, attributes };
    const own = type.startsWith('azurerm_') ? features : deletionFeatures(attributes);
    if (purges(rule, resource, own)) return [];
    const days = Math.ceil(rule.keptHours(resource) / hoursADay);
    return [{ id: id.id, type: id.type, name: id.name, days, recovered: recovers(rule, own) }];
  });
}

const hoursADay = 24;

export function keptText({ type, name, days, recovered }: KeptResource): string {
  const then = recovered
    ? 'a deploy within that time brings it back'
    : 'until then its name is taken, unless it is purged';
  return `${type} ${name} is kept by Azure for ${days} days: ${then}`;
}
