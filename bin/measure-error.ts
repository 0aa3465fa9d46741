import { BerthError } from '../text/berth-error';

/** Something that could not be measured; nothing was written. */
export class MeasureError extends BerthError {
  readonly kind = 'unavailable';
}
