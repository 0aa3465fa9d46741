/** What came of requests at a steady rate. */
export interface Load<T> {
  readonly result: T;
  /** Unit: seconds. */
  readonly seconds: number;
  /** How often each answer came, by what callers call it. */
  readonly answers: ReadonlyMap<string, number>;
  /** Why a request failed, one line each. */
  readonly failures: readonly string[];
}

/**
 * Asks at a steady rate while something is done, whether or not the request before has its answer.
 * @param perSecond requests a second @param ask what a good answer is called; throws of any other
 */
export async function underLoad<T>(
  perSecond: number,
  ask: () => Promise<string>,
  work: () => Promise<T>,
): Promise<Load<T>> {
  const answers = new Map<string, number>();
  const failures: string[] = [];
  const calls: Promise<void>[] = [];
  const begin = Date.now();
  const count = (answer: string): void => void answers.set(answer, (answers.get(answer) ?? 0) + 1);
  const askOne = (): void => {
    const since = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
    const failed = (error: unknown): void => void failures.push(`after ${since()}: ${String(error)}`);
    calls.push(ask().then(count, failed));
  };
  // A timer that comes late makes up for what it missed.
  const timer = setInterval(() => {
    while (calls.length < ((Date.now() - begin) / 1000) * perSecond) askOne();
  }, 1000 / perSecond);
  let result: T;
  try {
    result = await work();
  } finally {
    clearInterval(timer);
  }
  const seconds = (Date.now() - begin) / 1000;
  await Promise.all(calls);
  return { result, seconds, answers, failures };
}

/** Rate, duration, count and failures of a load, in a line and one for each failure. */
export function loadText(what: string, perSecond: number, load: Load<unknown>): string {
  const { seconds, answers, failures } = load;
  const asked = [...answers.values()].reduce((sum, each) => sum + each, failures.length);
  const by = [...answers].map(([answer, times]) => `${times} by ${answer}`).join(', ');
  const first = failures.slice(0, 5).map(each => `\n  ${each}`);
  return `${what}: ${perSecond} requests a second for ${seconds.toFixed(0)} s, ${asked} requests (${by}), ${failures.length} failed${first.join('')}`;
}
