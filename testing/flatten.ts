/** A value of a plan with what Terraform says about it. */
export type Leaf =
  | { readonly kind: 'value'; readonly value: unknown; readonly sensitive: boolean }
  | { readonly kind: 'unknown' };

/**
 * The leaves of a planned value by their path, for example `network_rules[0].default_action`. Nulls and empty
 * collections are left out: providers fill them in where the code says nothing.
 * @param unknown mirrors the value: true where it is known only after apply
 * @param sensitive mirrors the value: true where it must not be shown
 */
export function flatten(value: unknown, unknown: unknown = {}, sensitive: unknown = {}): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect('', value, unknown, sensitive, leaves);
  return leaves;
}

function collect(
  path: string,
  value: unknown,
  unknown: unknown,
  sensitive: unknown,
  leaves: Map<string, Leaf>,
): void {
  if (unknown === true) {
    leaves.set(path, { kind: 'unknown' });
  } else if (sensitive === true) {
    if (!isEmpty(value)) leaves.set(path, { kind: 'value', value, sensitive: true });
  } else if (isCollection(value) || isCollection(unknown)) {
    for (const key of keysOf(value, unknown)) {
      collect(
        join(path, key, value ?? unknown),
        at(value, key),
        at(unknown, key),
        at(sensitive, key),
        leaves,
      );
    }
  } else if (!isEmpty(value)) {
    leaves.set(path, { kind: 'value', value, sensitive: false });
  }
}

function keysOf(...values: readonly unknown[]): string[] {
  return [...new Set(values.filter(isCollection).flatMap(value => Object.keys(value)))];
}

function at(value: unknown, key: string): unknown {
  return isCollection(value) ? (value as Record<string, unknown>)[key] : value === true ? true : undefined;
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (isCollection(value) && Object.keys(value).length === 0);
}

function join(path: string, key: string, parent: unknown): string {
  if (Array.isArray(parent)) return `${path}[${key}]`;
  const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}
