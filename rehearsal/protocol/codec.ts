import { ExtensionCodec, decode, encode } from '@msgpack/msgpack';
import type { Type, Value } from './value';
import { Dynamic, unknownValue, Unknown, isList, isObject, mapValues, typeOf } from './value';
import type { Json } from '../azure/simulated-azure';

/** Extension 0 is an unknown value, extension 12 an unknown with refinements, which are not used here. */
const extensions = new ExtensionCodec();
extensions.register({
  type: 0,
  encode: value => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => unknownValue,
});
extensions.register({ type: 12, encode: () => null, decode: () => unknownValue });

type OnDynamic = (raw: unknown) => unknown;

/** Rebuilds a value along its type, so that objects hold every attribute and dynamics are unwrapped. */
function walk(raw: unknown, type: Type, onDynamic: OnDynamic): unknown {
  if (raw === unknownValue) return unknownValue;
  if (raw === null || raw === undefined) return null;
  if (type === 'dynamic') return onDynamic(raw);
  if (type === 'number') return Number(raw);
  if (typeof type === 'string') return raw;
  switch (type[0]) {
    case 'list':
    case 'set':
      return array(raw, type).map(item => walk(item, type[1], onDynamic));
    case 'tuple':
      return array(raw, type).map((item, i) => walk(item, type[1][i] ?? 'dynamic', onDynamic));
    case 'map':
      return mapValues(record(raw, type), item => walk(item, type[1], onDynamic));
    case 'object': {
      const fields = record(raw, type);
      return mapValues(type[1], (fieldType, name) => walk(fields[name], fieldType, onDynamic));
    }
  }
}

function array(raw: unknown, type: Type): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw new Error(`a value of type ${JSON.stringify(type)} must be a list, got ${typeof raw}`);
}

function record(raw: unknown, type: Type): Readonly<Record<string, unknown>> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Record<string, unknown>;
  throw new Error(`a value of type ${JSON.stringify(type)} must be an object, got ${typeof raw}`);
}

/**
 * Encodes a value for Terraform as msgpack.
 * @throws Error when the value does not have the shape of its type.
 */
export function encodeValue(value: Value, type: Type): Buffer {
  const onDynamic: OnDynamic = raw => {
    const { type: own, value: inner } =
      raw instanceof Dynamic ? raw : new Dynamic(typeOf(raw as Value), raw as Value);
    return [Buffer.from(JSON.stringify(own)), walk(inner, own, onDynamic)];
  };
  const bytes = encode(walk(value, type, onDynamic), { extensionCodec: extensions, ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Decodes a msgpack value from Terraform. Integers beyond 2^53 lose precision. */
export function decodeValue(bytes: Buffer, type: Type): Value {
  const onDynamic: OnDynamic = raw => {
    if (!Array.isArray(raw)) throw new Error('a dynamic value must come with its type');
    const own = JSON.parse(Buffer.from(raw[0] as Uint8Array).toString()) as Type;
    return new Dynamic(own, walk(raw[1], own, onDynamic) as Value);
  };
  return walk(decode(bytes, { extensionCodec: extensions }), type, onDynamic) as Value;
}

/** Reads a value from the JSON of a state file, in which a dynamic is `{"value", "type"}`. */
export function decodeStateJson(text: string, type: Type): Value {
  const onDynamic: OnDynamic = raw => {
    const { type: own, value } = raw as { readonly type: Type; readonly value: unknown };
    return new Dynamic(own, walk(value, own, onDynamic) as Value);
  };
  return walk(JSON.parse(text), type, onDynamic) as Value;
}

/**
 * The value as plain JSON, for the simulated Azure.
 * @throws Error when the value still holds an unknown.
 */
export function toJson(value: Value): Json {
  if (value instanceof Unknown) throw new Error('an unknown value cannot be stored');
  if (value instanceof Dynamic) return toJson(value.value);
  if (isList(value)) return value.map(toJson);
  return isObject(value) ? mapValues(value, toJson) : (value as Json);
}

/** A value of the given type from plain JSON: missing attributes are null, a dynamic gets the type of its literal. */
export function fromJson(json: Json | undefined, type: Type): Value {
  return walk(json, type, raw => new Dynamic(typeOf(raw as Value), raw as Value)) as Value;
}
