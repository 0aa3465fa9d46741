import type { OpenModel, Quantisation } from '../catalog';
import type { MeasuredClass } from './decode-model';
import type { Hardware } from './hardware';

/**
 * Measured: by the team, of this model on this hardware. Fitted: measured on this kind of hardware, inside the range of the
 * points. Extrapolated: the formula holds, but nobody measured hardware like this. Unknown: no figure.
 */
export type Basis = 'measured' | 'fitted' | 'extrapolated' | 'unknown';

/** Speed of one machine that serves one model. */
export interface Throughput {
  readonly basis: Basis;
  /** Output tokens a second of one sequence while `parallel` run; null is unknown. */
  readonly decodeTokensPerSecond: number | null;
  /** Of all sequences together; null is unknown. */
  readonly totalDecodeTokensPerSecond: number | null;
  /** 90th percentile of the error on devices that the fit has not seen, as a share; null is unknown. */
  readonly errorP90: number | null;
  /** What to promise, in four digits: the prediction, less what one device in ten falls short of it. */
  readonly plannedDecodeTokensPerSecond: number | null;
  readonly plannedTotalDecodeTokensPerSecond: number | null;
  readonly prefillBasis: Basis;
  /** Prompt tokens a second; null is unknown. */
  readonly prefillTokensPerSecond: number | null;
  readonly prefillErrorP90: number | null;
  /** What to promise of it; null with it. */
  readonly plannedPrefillTokensPerSecond: number | null;
}

/** The part of it that is about prompts. */
export type Prefill = Pick<
  Throughput,
  'prefillBasis' | 'prefillTokensPerSecond' | 'prefillErrorP90' | 'plannedPrefillTokensPerSecond'
>;

const unknownPrefill: Prefill = {
  prefillBasis: 'unknown',
  prefillTokensPerSecond: null,
  prefillErrorP90: null,
  plannedPrefillTokensPerSecond: null,
};

/** Of hardware that nothing is known of. */
export const unknownThroughput: Throughput = {
  basis: 'unknown',
  decodeTokensPerSecond: null,
  totalDecodeTokensPerSecond: null,
  errorP90: null,
  plannedDecodeTokensPerSecond: null,
  plannedTotalDecodeTokensPerSecond: null,
  ...unknownPrefill,
};

/** A group with fewer measured devices than this says too little of the next one: it extrapolates. */
export const fewestDevices = 5;
/** A mixture uses fewer parameters a token than this share of all; a lower share is how the fit told them apart. */
const mixtureBelow = 0.6;
/** A model on one machine, with sequences of one length. */
export interface DecodeLoad {
  readonly hardware: Hardware;
  readonly class: MeasuredClass;
  readonly bandwidthGbs: number;
  readonly model: OpenModel;
  readonly quantisation: Quantisation;
  /** Keys and values of one sequence. */
  readonly sequenceBytes: number;
}

/** GPUs of a machine, or its part of one. */
export function partsOf({ gpuCount }: Hardware): { readonly gpus: number; readonly share: number } {
  return { gpus: Math.max(1, gpuCount), share: gpuCount > 0 ? Math.min(1, gpuCount) : 1 };
}

export function isMixture(model: Pick<OpenModel, 'parametersBillion' | 'activeParametersBillion'>): boolean {
  return model.activeParametersBillion < mixtureBelow * model.parametersBillion;
}

/** What is planned by, as a lock records it: predictions carry no more. */
export function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

/** Parts of a GPU were measured on one board only. */
export function isWhole(gpuCount: number): boolean {
  return gpuCount === 0 || gpuCount >= 1;
}

/** Where nothing bounds it, nothing is outside. */
export function within(range: readonly [number, number] | null, value: number | null): boolean {
  return range === null || (value !== null && value >= range[0] && value <= range[1]);
}
