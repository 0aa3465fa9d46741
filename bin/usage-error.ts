import { BerthError } from '../text/berth-error';

/** A command that was called wrongly. */
export class UsageError extends BerthError {
  readonly kind = 'usage';
}
