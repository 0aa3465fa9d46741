import { BerthError } from '../../text/berth-error';

/** A file as its publisher states it, or as it was downloaded. */
export interface StatedFile {
  readonly url: string;
  /** Commit or release. */
  readonly revision: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Who says so, for people. */
  readonly by: string;
}

/** What is published cannot be had, or not as a machine needs it. Nothing was written. */
export class FileUnavailable extends BerthError {
  readonly kind = 'unavailable';
}

/** What is published is not what was asked for; the message says what there is. Nothing was written. */
export class FileUnfit extends BerthError {
  readonly kind = 'input';
}
