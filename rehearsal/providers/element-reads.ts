import type { Type, Value } from '../protocol/value';
import { mapValues, unknownValue } from '../protocol/value';
import type { ComputedValue } from './settle';
import { settle } from './settle';

/**
 * Lists whose elements stacks read by their place, by type: for `azurerm_kubernetes_cluster.a.kube_config[0].host`, `kube_config`; inside of
 * a block, the block's name stands before: `custom_dns_configs.ip_addresses`.
 */
export type ElementReads = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Computes as told, and where that knows nothing of a list whose element is read, that one element: Azure answers what code reads, and an
 * empty list would end a stack that is right.
 */
export function withElements(read: ReadonlySet<string> | undefined, computed: ComputedValue): ComputedValue {
  if (!read) return computed;
  const valueOf: ComputedValue = (name, type, owner, block) => {
    const known = computed(name, type, owner, block);
    const isRead = read.has(block === '' ? name : `${block}.${name}`);
    return known === undefined && isRead ? oneElement(name, type, valueOf) : known;
  };
  return valueOf;
}

function oneElement(name: string, type: Type, computed: ComputedValue): Value | undefined {
  if (!Array.isArray(type) || (type[0] !== 'list' && type[0] !== 'set')) return undefined;
  const element = type[1] as Type;
  const isObject = Array.isArray(element) && element[0] === 'object';
  const unknown = isObject
    ? mapValues(element[1] as Readonly<Record<string, Type>>, () => unknownValue)
    : unknownValue;
  return [settle(unknown, element, computed, isObject ? name : singular(name))];
}

function singular(name: string): string {
  return name.replace(/(?<=ss)es$|s$/, '');
}
