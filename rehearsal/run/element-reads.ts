import type { ElementReads } from '../providers/element-reads';
import { contentsOf } from './stack';
import type { Stack } from './stack';

/** An attribute of a resource and what follows it, as it stands in the JSON of a configuration. */
const reference = /\b((?:data\.)?[a-z]\w*_\w+)\.[\w-]+(?:\[[^\]]*\])?((?:\.\w+|\[\d+\])+)/g;

/** The lists of which stacks read elements by their place: `kube_config[0]`, `kube_config.0`. */
export function elementReads(stacks: readonly Stack[]): ElementReads {
  const reads = new Map<string, Set<string>>();
  for (const content of stacks.flatMap(contentsOf)) {
    for (const [, type = '', way = ''] of JSON.stringify(content).matchAll(reference)) {
      const lists = listsOn(way);
      if (lists.length > 0) reads.set(type, new Set([...(reads.get(type) ?? []), ...lists]));
    }
  }
  return reads;
}

/** Of `.custom_dns_configs[0].ip_addresses.0`, both lists, the second with the name of what it is in. */
function listsOn(way: string): string[] {
  const steps = way.match(/\w+/g) ?? [];
  return steps.flatMap((step, i) => {
    if (!/^\d+$/.test(step)) return [];
    const names = steps.slice(0, i).filter(each => !/^\d+$/.test(each));
    return [names.slice(-2).join('.')];
  });
}
