import { BerthError } from '../../text/berth-error';

/** Thrown when the real providers cannot be used. The message says all that is missing. */
export class RealProvidersUnavailable extends BerthError {
  readonly kind = 'unavailable';
}
