/** A lock that is missing, unreadable, or no longer satisfies its environment, with everything that moved. */
export class LockError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'LockError';
  }
}
