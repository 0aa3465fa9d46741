import { BerthError } from '../../text/berth-error';

/** A key, token or certificate that could not be read. */
export class SecretUnavailable extends BerthError {
  readonly kind = 'unavailable';
}
