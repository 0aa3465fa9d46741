/** A Terraform type as its JSON notation writes it: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['tuple', readonly Type[]]
  | readonly ['object', Readonly<Record<string, Type>>];

/** A value that Terraform does not know before apply. There is one instance: {@link unknownValue}. */
export class Unknown {
  toJSON(): string {
    return '(known after apply)';
  }
}

/** The one unknown value. */
export const unknownValue = new Unknown();

/** A value of an attribute whose type is `dynamic`: it brings its own type. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/** A value as Terraform and a provider exchange it. */
export type Value = null | boolean | number | string | Unknown | Dynamic | readonly Value[] | ObjectValue;

/** An object or map value. */
export interface ObjectValue {
  readonly [key: string]: Value;
}

/** Whether the value is an object or a map, and not null, a list, an unknown or a dynamic. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic)
  );
}

/** Whether the value is a list, a set or a tuple. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether an unknown occurs anywhere in the value. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === unknownValue) return true;
  if (value instanceof Dynamic) return hasUnknown(value.value);
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether two values are equal; the type of a dynamic value does not count, only what it holds. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Dynamic || b instanceof Dynamic) {
    return a instanceof Dynamic && b instanceof Dynamic && equal(a.value, b.value);
  }
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => key in b && equal(a[key], b[key]));
}

/** The type that Terraform gives to a literal of this shape: tuples for lists, objects for maps. */
export function typeOf(value: Value): Type {
  if (value instanceof Dynamic) return value.type;
  if (isList(value)) return ['tuple', value.map(typeOf)];
  if (isObject(value)) return ['object', mapValues(value, typeOf)];
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'bool' : 'dynamic';
}

/** The same record with every value replaced. */
export function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A, key: string) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
