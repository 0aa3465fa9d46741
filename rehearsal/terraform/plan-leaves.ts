/** What stands for a value that is known after apply only. */
const knownAfterApply = '(known after apply)';

/** The single values of a planned object by their path, such as `identity[0].type`; an empty collection is one. */
type Leaves = ReadonlyMap<string, string>;

/**
 * What a plan says of a resource after the change.
 * @param unknown mirrors it, with `true` where a value is known after apply only
 */
export function leavesOf(after: unknown, unknown: unknown): Leaves {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, later: unknown, path: string): void => {
    if (later === true) return void leaves.set(path, knownAfterApply);
    const parts = new Set([...keysOf(value), ...keysOf(later)]);
    if (parts.size === 0) return void leaves.set(path, JSON.stringify(value ?? null));
    const isList = Array.isArray(value) || Array.isArray(later);
    for (const key of parts)
      visit(
        partOf(value, key),
        partOf(later, key),
        isList ? `${path}[${key}]` : path ? `${path}.${key}` : key,
      );
  };
  visit(after, unknown, '');
  return leaves;
}

/** A value that two plans have differently; undefined where one does not have it. */
export interface LeafDifference {
  readonly path: string;
  readonly rehearsed: string | undefined;
  readonly real: string | undefined;
}

/** Where the leaves of one resource differ. */
export function leafDifferences(rehearsed: Leaves, real: Leaves): LeafDifference[] {
  return [...new Set([...rehearsed.keys(), ...real.keys()])]
    .map(path => ({ path, rehearsed: rehearsed.get(path), real: real.get(path) }))
    .filter(difference => difference.rehearsed !== difference.real);
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
