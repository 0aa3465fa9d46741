import { hexOf, uuidOf } from '../../azure/uuid';
import type { Json } from '../../azure/simulated-azure';
import { Dynamic, typeOf } from '../../protocol/value';
import type { Value } from '../../protocol/value';
import { isJsonObject } from './arm-response';

/** Names on the way to a value; a number is the place in a list. */
export type Way = readonly (string | number)[];

/** What stacks read of `output`s, by what is asked: {@link readsKey}. */
export type OutputReads = ReadonlyMap<string, readonly Way[]>;

/** What is asked of Azure. @param kind `azapi_resource` or `data.azapi_resource_action`, for example */
export function readsKey(kind: string, type: unknown, action: unknown): string {
  const armType = String(type).split('@')[0] ?? '';
  return `${kind} ${armType} ${typeof action === 'string' ? action : ''}`.toLowerCase();
}

/** What the stacks read of what is asked. @param action of a resource. @default - none */
export function readsOf(reads: OutputReads, kind: string, type: unknown, action?: unknown): readonly Way[] {
  return reads.get(readsKey(kind, type, action)) ?? [];
}

/**
 * An `output` of what the rehearsal has no schema of, with a made-up value for each thing that the stacks read of it and nobody
 * knows, in the form that its name suggests.
 */
export function withReads(output: Value, ways: readonly Way[], id: string): Value {
  if (!(output instanceof Dynamic) || ways.length === 0) return output;
  const filled = ways.reduce<Json>((json, way) => put(json, way, id), output.value as Json) as Value;
  return new Dynamic(typeOf(filled), filled);
}

function put(json: Json, [step, ...rest]: Way, id: string): Json {
  if (typeof step === 'number') {
    const list = Array.isArray(json) ? json : [];
    const padded = Array.from({ length: Math.max(list.length, step + 1) }, (_, i) => list[i] ?? null);
    return padded.map((element, i) => (i === step ? inner(element, rest, id, 'value') : element));
  }
  if (step === undefined) return json;
  if (json !== null && !isJsonObject(json)) return json;
  return { ...json, [step]: inner(json?.[step] ?? null, rest, id, step) };
}

function inner(json: Json, rest: Way, id: string, name: string): Json {
  if (rest.length > 0) return put(json, rest, id);
  return json ?? madeUp(id, name);
}

function madeUp(id: string, name: string): string {
  if (/ip(address)?$/i.test(name)) return `192.0.2.${1 + (parseInt(hexOf(4, id, name), 16) % 254)}`;
  if (/(uri|url|endpoint)$/i.test(name)) return `https://${hexOf(12, id)}.simulated.azure.example/`;
  if (/(fqdn|host_?name|domain)$/i.test(name)) return `${hexOf(12, id)}.simulated.azure.example`;
  if (/resourceGroup$/.test(name)) return `rg-simulated-${hexOf(8, id)}`;
  if (/id$/i.test(name)) return uuidOf(id, name);
  return `simulated-${name}-${hexOf(8, id, name)}`;
}
