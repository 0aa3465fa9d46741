/** Smaller first. Infinity equals itself here, which a difference would call not a number. */
export function compare<T extends string | number>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
