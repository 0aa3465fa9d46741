import type { DecodeFeatures } from '../../sizing/decode-model';
import type { PrefillFeatures } from '../../sizing/prefill-model';

/** One measurement, ready to be predicted. */
export interface Point<F> {
  readonly features: F;
  readonly measured: number;
  /** Accelerator or computer: points of one device are left out together. */
  readonly device: string;
  /** Who measured it, and when; empty where the file does not say. */
  readonly source: string;
  readonly label: string;
  /** Why it is predicted but not fitted to; undefined for most. */
  readonly aside?: string;
}

export type DecodePoint = Point<DecodeFeatures>;
export type PrefillPoint = Point<PrefillFeatures>;

/** A row that cannot be predicted, and why. */
export interface Skipped {
  readonly label: string;
  readonly why: string;
}
