import { formatProblem } from '../config/parse/problem';
import type { Problem } from '../config/parse/problem';
import { BerthError } from '../text/berth-error';

/** A lock that is missing, unreadable, or no longer satisfies its environment, with everything that moved. */
export class LockError extends BerthError {
  readonly kind = 'lock';

  /** @param problems sentences, and what has a place in the file */
  constructor(readonly problems: readonly (string | Problem)[]) {
    super(problems.map(each => (typeof each === 'string' ? each : formatProblem(each))).join('\n'));
  }
}
