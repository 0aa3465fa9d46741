import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../azure/simulated-azure';
import { fromJson, toJson } from '../protocol/codec';
import type { ObjectValue, Type, Value } from '../protocol/value';
import { mapValues } from '../protocol/value';

/**
 * The state of a resource after a refresh: what the simulated Azure holds, under the types that the state already
 * has where the content is the same. Attributes that Azure does not store stay as they are.
 */
export function refresh(current: ObjectValue, live: Readonly<Record<string, Json>>, type: Type): ObjectValue {
  const fields = type[0] === 'object' ? (type[1] as Readonly<Record<string, Type>>) : {};
  return mapValues(current, (value, name): Value => {
    const found = live[name];
    if (found === undefined || isDeepStrictEqual(toJson(value), found)) return value;
    return fromJson(found, fields[name] ?? 'dynamic');
  });
}
