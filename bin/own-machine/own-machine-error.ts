import { BerthError } from '../../text/berth-error';

/** Something that this machine lacks, or that could not be fetched or started; what ran before runs on. */
export class OwnMachineUnavailable extends BerthError {
  readonly kind = 'unavailable';
}

/** A file or value that was given for this machine and cannot be used. */
export class OwnMachineInput extends BerthError {
  readonly kind = 'input';
}
