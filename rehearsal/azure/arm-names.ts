import { parseArmId } from '../../text/arm-id';

/**
 * An id as azurerm words it in its messages: `Subnet (Subscription: "…" … Subnet Name: "x")`.
 * Ids that are no ARM ids are shown as they are.
 */
export function describeId(id: string): string {
  const parsed = parseArmId(id);
  if (!parsed) return `"${id}"`;
  const pairs: string[] = [];
  if (parsed.subscription) pairs.push(`Subscription: "${parsed.subscription}"`);
  if (parsed.resourceGroup) pairs.push(`Resource Group Name: "${parsed.resourceGroup}"`);
  const segments = id.split('/').slice(1);
  const at = segments.map(segment => segment.toLowerCase()).lastIndexOf('providers');
  const types = at < 0 ? [] : segments.slice(at + 2);
  for (let i = 0; i + 1 < types.length; i += 2)
    pairs.push(`${labelOf(types[i] ?? '')} Name: "${types[i + 1]}"`);
  return `${labelOf(parsed.type.split('/').at(-1) ?? '')} (${pairs.join('\n')})`;
}

/** `virtualNetworks` is a `Virtual Network`. */
function labelOf(segment: string): string {
  const words = segment.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, first => first.toUpperCase());
  return words
    .replace(/ies$/, 'y')
    .replace(/(ss|x)es$/, '$1')
    .replace(/([^s])s$/, '$1');
}
