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

/** Whether `a` is no worse than `b` in each dimension. */
export function dominates<T>(a: T, b: T, dimensions: readonly Dimension<T>[]): boolean {
  for (const dimension of dimensions) {
    if (dimension.better === 'same') {
      if (dimension.of(a) !== dimension.of(b)) return false;
      continue;
    }
    const [mine, other] = [dimension.of(a), dimension.of(b)];
    if (mine === other) continue;
    if (mine === null || other === null) return false;
    if (dimension.better === 'less' ? !(mine < other) : !(mine > other)) return false;
  }
  return true;
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
  return all.filter(b => !all.some(a => a !== b && dominates(a, b, dimensions) && isTakenBefore(a, b)));
}
