import { BerthError } from '../../text/berth-error';

/** A training file, a plan or a job that cannot be used. */
export class TuneError extends BerthError {
  readonly kind = 'input';
}

/** The account cannot be asked: no login, no role, no quota, no way to it, or no SDK. */
export class TuneUnavailable extends BerthError {
  readonly kind = 'unavailable';
}
