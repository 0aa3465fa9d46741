import { BerthError } from '../text/berth-error';

/** Thrown when no Terraform is found, or one that is too old. The message says how to get one. */
export class TerraformUnusable extends BerthError {
  readonly kind = 'unavailable';
}

/** Thrown when no CLI can deploy here. The message is one sentence: which Node.js, which CLI, what to do. */
export class CdktfUnusable extends BerthError {
  readonly kind = 'unavailable';
}

/** Thrown when an app does not synthesise. The message is what the app said. */
export class SynthesisFailed extends BerthError {
  readonly kind = 'input';
}
