/** Values by a key, in the order in which the keys first occur. */
export function groupBy<T, K>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const members = groups.get(key);
    if (members) members.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** Smaller first. Infinity equals itself here, which a difference would call not a number. */
export function compare<T extends string | number>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The first of what is never empty. @param empty what it would be, such as `a unit without workloads` */
export function firstOf<T>(values: readonly T[], empty: string): T {
  const [first] = values;
  if (first === undefined) throw new Error(`${empty} is asked for, which is a fault in the placement`);
  return first;
}

/** The first of numbered names that is not taken. @param nameOf the name with a number @param first number to try */
export function firstFree(
  nameOf: (number: number) => string,
  isTaken: (name: string) => boolean,
  first: number,
): string {
  let number = first;
  while (isTaken(nameOf(number))) number++;
  return nameOf(number);
}
