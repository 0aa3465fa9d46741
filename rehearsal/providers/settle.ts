import type { ObjectValue, Type, Value } from '../protocol/value';
import { unknownValue, isList, isObject, mapValues } from '../protocol/value';

/**
 * Gives the value that Azure computes for an attribute; undefined when no rule is known.
 * @param block name of the block that the owner is; empty for the resource itself
 */
export type ComputedValue = (
  name: string,
  type: Type,
  owner: ObjectValue,
  block: string,
) => Value | undefined;

/**
 * Replaces everything still unknown after a plan by what Azure computes. Attributes without a rule become empty:
 * null for text and objects, zero, false, and empty collections.
 */
export function settle(
  value: Value,
  type: Type,
  computed: ComputedValue,
  name = '',
  owner: ObjectValue = {},
  block = '',
): Value {
  if (value === unknownValue) return computed(name, type, owner, block) ?? emptyOf(type);
  if (!Array.isArray(type) || value === null) return value;
  if (type[0] === 'object' && isObject(value)) {
    const fields = type[1] as Readonly<Record<string, Type>>;
    return mapValues(value, (inner, key) =>
      settle(inner, fields[key] ?? 'dynamic', computed, key, value, name),
    );
  }
  if ((type[0] === 'list' || type[0] === 'set') && isList(value)) {
    return value.map(inner => settle(inner, type[1] as Type, computed, name, owner, block));
  }
  return value;
}

function emptyOf(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'dynamic' || type[0] === 'object') return null;
  return type[0] === 'map' ? {} : [];
}
