/** A thing to do, and the names of those that must be done before. */
interface Step {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Does steps in the order of their dependencies, at most `limit` at a time. A step behind one that failed is skipped.
 * @param task answers whether the step succeeded
 * @returns names of the skipped steps
 */
export async function inOrder<T extends Step>(
  steps: readonly T[],
  limit: number,
  task: (step: T) => Promise<boolean>,
): Promise<string[]> {
  const waiting = new Map(steps.map(step => [step.name, step]));
  const done = new Set<string>();
  const running = new Set<Promise<void>>();
  const isDone = (name: string): boolean => done.has(name) || !steps.some(step => step.name === name);
  for (;;) {
    const ready = [...waiting.values()].filter(({ dependencies }) => dependencies.every(isDone));
    for (const step of ready.slice(0, limit - running.size)) {
      waiting.delete(step.name);
      const run: Promise<void> = task(step).then(succeeded => {
        running.delete(run);
        if (succeeded) done.add(step.name);
      });
      running.add(run);
    }
    if (running.size === 0) return [...waiting.keys()];
    await Promise.race(running).catch(async error => {
      await Promise.allSettled(running);
      throw error;
    });
  }
}

/** The same steps the other way round: what depended on a step now comes before it. */
export function reversed<T extends Step>(steps: readonly T[]): (T & Step)[] {
  return steps.map(step => ({
    ...step,
    dependencies: steps
      .filter(({ dependencies }) => dependencies.includes(step.name))
      .map(({ name }) => name),
  }));
}

/** The steps so that each stands behind those it depends on; otherwise as they were. */
export function sorted<T extends Step>(steps: readonly T[]): T[] {
  const placed = new Set<T>();
  const place = (step: T): void => {
    if (placed.has(step)) return;
    for (const dependency of step.dependencies) {
      const found = steps.find(({ name }) => name === dependency);
      if (found) place(found);
    }
    placed.add(step);
  };
  steps.forEach(place);
  return [...placed];
}
