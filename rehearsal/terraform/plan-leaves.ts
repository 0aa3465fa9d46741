/** What stands for a value that is known after apply only, and for one that is not to be shown. */
const knownAfterApply = '(known after apply)';
const hidden = '(sensitive)';

/** The single values of a planned object by their path, such as `identity[0].type`; an empty collection is one. */
type Leaves = ReadonlyMap<string, string>;

/**
 * What a plan says of a resource after the change.
 * @param unknown mirrors it, with `true` where a value is known after apply only
 * @param sensitive each mirrors it, with `true` where a value is not to be shown. @default - all is shown
 */
export function leavesOf(after: unknown, unknown: unknown, sensitive: readonly unknown[] = []): Leaves {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, later: unknown, secret: readonly unknown[], path: string): void => {
    if (later === true) return void leaves.set(path, knownAfterApply);
    const parts = new Set([...keysOf(value), ...keysOf(later)]);
    if (secret.includes(true) && value !== null && value !== undefined) return void leaves.set(path, hidden);
    if (parts.size === 0) return void leaves.set(path, JSON.stringify(value ?? null));
    const isList = Array.isArray(value) || Array.isArray(later);
    for (const key of parts) {
      const at = isList ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      const inner = secret.map(each => partOf(each, key));
      visit(partOf(value, key), partOf(later, key), inner, at);
    }
  };
  visit(after, unknown, sensitive, '');
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

/** A difference as one line. */
export function differenceLine({ path, rehearsed, real }: LeafDifference): string {
  return `${path}: ${rehearsed ?? 'absent'}, really ${real ?? 'absent'}`;
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
