import { search } from 'jmespath';
import type { Json } from '../../azure/simulated-azure';
import { Dynamic, typeOf } from '../../protocol/value';
import type { Value } from '../../protocol/value';
import type { JsonObject } from './arm-response';
import { isJsonObject } from './arm-response';

/**
 * The `output` of azapi: the values asked for, or those by default. A list names paths, a map JMESPath queries.
 * @throws Error for a query that is no JMESPath.
 */
export function outputOf(response: JsonObject, exports: Value, byDefault: JsonObject): Dynamic {
  const wanted = exports instanceof Dynamic ? (exports.value as Json) : null;
  const picked = pick(response, wanted, byDefault) as Value;
  return new Dynamic(typeOf(picked), picked);
}

function pick(response: JsonObject, wanted: Json, byDefault: JsonObject): Json {
  if (Array.isArray(wanted)) {
    if (wanted.includes('*')) return response;
    return wanted.reduce<JsonObject>(
      (all, path) => merge(all, nest(String(path), at(response, String(path)))),
      {},
    );
  }
  if (!isJsonObject(wanted)) return byDefault;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, query]) => [name, queried(response, String(query))]),
  );
}

/** @throws Error for a query that is no JMESPath. */
export function queried(response: JsonObject, query: string): Json {
  try {
    return search(response, query) as Json;
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new Error(`response_export_values: a JMESPath query is needed, got "${query}": ${reason}`, {
      cause: failure,
    });
  }
}

function at(json: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (value, step) => (value as Record<string, Json> | null | undefined)?.[step],
      json,
    );
}

function nest(path: string, value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  return path.split('.').reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as JsonObject;
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key] ?? null;
    merged[key] = isJsonObject(before) && isJsonObject(value) ? merge(before, value) : value;
  }
  return merged;
}
