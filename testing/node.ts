/** A value of a plan with what Terraform says about it. */
export type Leaf =
  | { readonly kind: 'value'; readonly value: unknown; readonly sensitive: boolean }
  | { readonly kind: 'unknown' };

/** A place in a planned value: plain data, and two mirrors of it. */
export interface Node {
  readonly value: unknown;
  /** `true` where the value is known only after apply. */
  readonly unknown: unknown;
  /** `true` where the value must not be shown. */
  readonly sensitive: unknown;
}

/** Nulls and empty collections, of which nothing is unknown: providers fill them in where the code says nothing. */
export function isEmpty({ value, unknown }: Node): boolean {
  if (unknown === true) return false;
  if (isCollection(value) || isCollection(unknown))
    return keysOf({ value, unknown }).every(
      key => at(value, key) === undefined && !holdsTrue(at(unknown, key)),
    );
  return value === null || value === undefined;
}

/** Whether there is nothing below: a scalar, or something of which only the whole is spoken of. */
export function isLeaf(node: Node): boolean {
  return (
    node.unknown === true ||
    node.sensitive === true ||
    (!isCollection(node.value) && !isCollection(node.unknown))
  );
}

export function isList({ value, unknown }: Node): boolean {
  return Array.isArray(value ?? unknown);
}

export function leafOf(node: Node): Leaf | undefined {
  if (node.unknown === true) return { kind: 'unknown' };
  return isEmpty(node)
    ? undefined
    : { kind: 'value', value: node.value, sensitive: holdsTrue(node.sensitive) };
}

export function keysOf({ value, unknown }: Pick<Node, 'value' | 'unknown'>): string[] {
  return [...new Set([value, unknown].filter(isCollection).flatMap(each => Object.keys(each)))];
}

export function childOf(node: Node, key: string): Node {
  const sensitive = node.sensitive === true ? true : at(node.sensitive, key);
  return { value: at(node.value, key), unknown: at(node.unknown, key), sensitive };
}

function holdsTrue(mirror: unknown): boolean {
  return mirror === true || (isCollection(mirror) && Object.values(mirror).some(holdsTrue));
}

function at(value: unknown, key: string): unknown {
  return isCollection(value) ? (value as Record<string, unknown>)[key] : undefined;
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
