/** A lock as plain data. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One change of a single value: where, and what is there then. */
export interface Mutation {
  readonly at: readonly (string | number)[];
  readonly kind: 'same type' | 'other type' | 'missing' | 'extra';
  readonly value?: Json;
}

/** Every place of plain data, the whole left out. */
export function placesOf(data: Json, at: Mutation['at'] = []): Mutation['at'][] {
  const inside = Array.isArray(data)
    ? data.flatMap((each, i) => placesOf(each as Json, [...at, i]))
    : isObject(data)
      ? Object.entries(data).flatMap(([key, each]) => placesOf(each, [...at, key]))
      : [];
  return at.length === 0 ? inside : [at, ...inside];
}

export function valueAt(data: Json, at: Mutation['at']): Json {
  return at.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key] as Json, data);
}

/** The data with one value changed; the rest is shared. */
export function mutated(data: Json, { at, kind, value }: Mutation): Json {
  const [key, ...rest] = at;
  if (key === undefined) return value as Json;
  if (Array.isArray(data)) {
    const list = data as readonly Json[];
    if (rest.length === 0 && kind === 'missing') return list.filter((_, i) => i !== key);
    if (rest.length === 0 && kind === 'extra')
      return [...list.slice(0, Number(key)), value as Json, ...list.slice(Number(key))];
    return list.map((each, i) => (i === key ? mutated(each, { at: rest, kind, value }) : each));
  }
  const object = data as Readonly<Record<string, Json>>;
  if (rest.length > 0 || kind !== 'missing') {
    const own = Object.entries(object).filter(([name]) => name !== key);
    const changed =
      rest.length === 0 ? (value as Json) : mutated(object[key] as Json, { at: rest, kind, value });
    return Object.fromEntries([...own, [key, changed]]);
  }
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
