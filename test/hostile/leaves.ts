/** Where a text stands in a value: keys down to it, and whether it is the last key itself. */
export interface Leaf {
  readonly path: readonly PropertyKey[];
  readonly isKey: boolean;
}

/** Every text in plain data; keys too where `isMap` says that a user chooses them. */
export function leavesOf(
  value: unknown,
  isMap: (path: readonly PropertyKey[]) => boolean,
  path: readonly PropertyKey[] = [],
): Leaf[] {
  if (typeof value === 'string') return [{ path, isKey: false }];
  if (Array.isArray(value)) return value.flatMap((each, index) => leavesOf(each, isMap, [...path, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...(isMap(path) ? [{ path: [...path, key], isKey: true }] : []),
    ...leavesOf(each, isMap, [...path, key]),
  ]);
}

/** The value with another text at a leaf; what is not on the way there is the same. */
export function withText(value: unknown, { path, isKey }: Leaf, text: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((each, index) =>
      index === key ? withText(each, { path: rest, isKey }, text) : (each as unknown),
    );
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => {
      if (name !== key) return [name, each as unknown];
      return isKey && rest.length === 0
        ? [text, each as unknown]
        : [name, withText(each, { path: rest, isKey }, text)];
    }),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
