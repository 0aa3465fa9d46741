/** One element of two sequences laid side by side. */
interface Step<T> {
  readonly kind: 'same' | 'removed' | 'added';
  readonly element: T;
}

/** The shortest way from one sequence to another, removals before additions. @param keyOf what makes two elements equal */
export function sequenceDiff<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (element: T) => string,
): Step<T>[] {
  const [a, b] = [before.map(keyOf), after.map(keyOf)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (elements: readonly T[]): Step<T>[] => elements.map(element => ({ kind: 'same', element }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end), keyOf),
    ...same(before.slice(before.length - end)),
  ];
}

/** By the lengths of the longest common subsequences of all ends. */
function middle<T>(before: readonly T[], after: readonly T[], keyOf: (element: T) => string): Step<T>[] {
  const [a, b] = [before.map(keyOf), after.map(keyOf)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const steps: Step<T>[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ kind: 'same', element: before[i++] as T });
      j++;
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ kind: 'removed', element: before[i++] as T });
    } else {
      steps.push({ kind: 'added', element: after[j++] as T });
    }
  }
  return steps;
}
