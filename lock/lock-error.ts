import { BerthError } from '../text/berth-error';

/** A lock that is missing, unreadable, or no longer satisfies its environment, with everything that moved. */
export class LockError extends BerthError {
  readonly kind = 'lock';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
