/**
 * Dominance: what another is nowhere worse than need not be looked at. Every filter of the engine is a use of it, so that
 * what a filter may drop is said in one list: a rule that looks at something new adds its dimension there, and from then
 * on nothing is dropped that is better in it.
 */

/**
 * Something that alternatives are compared in. Of `less` and `more`, an unknown value (null) compares with an unknown one
 * alone; `same` compares only what is equal in it.
 */
export type Dimension<T> = Measured<T> | Kept<T>;

interface Measured<T> {
  readonly id: string;
  readonly better: 'less' | 'more';
  readonly of: (value: T) => number | null;
}

interface Kept<T> {
  readonly id: string;
  readonly better: 'same';
  readonly of: (value: T) => string | number | boolean | null;
}

type Value = string | number | boolean | null;

/** Whether `a` is no worse than `b` in each dimension. */
export function dominates<T>(a: T, b: T, dimensions: readonly Dimension<T>[]): boolean {
  for (const { better, of } of dimensions) if (!isNoWorse(of(a), of(b), better)) return false;
  return true;
}

function isNoWorse(mine: Value, other: Value, better: Dimension<unknown>['better']): boolean {
  if (mine === other) return true;
  if (better === 'same' || mine === null || other === null) return false;
  return better === 'less' ? mine < other : mine > other;
}

/**
 * Those that no other dominates, in their order.
 * @param isTakenBefore tells apart two of which each may dominate the other: never true both ways round
 */
export function withoutDominated<T>(
  all: readonly T[],
  dimensions: readonly Dimension<T>[],
  isTakenBefore: (a: T, b: T) => boolean,
): T[] {
  // Each is compared with each, so what they are compared in is asked once.
  const valuesOf = all.map(each => dimensions.map(({ of }) => of(each)));
  const beats = (mine: readonly Value[], other: readonly Value[]): boolean =>
    dimensions.every(({ better }, i) => isNoWorse(mine[i] ?? null, other[i] ?? null, better));
  return all.filter((b, i) => {
    const other = valuesOf[i] ?? [];
    return !all.some((a, j) => a !== b && beats(valuesOf[j] ?? [], other) && isTakenBefore(a, b));
  });
}
