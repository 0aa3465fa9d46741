import type { HardwareClass } from './hardware';

/** Groups that points were measured for. */
export type MeasuredClass = Exclude<HardwareClass, 'unknown'>;

/** What the time of one decoding step depends on. */
export interface DecodeFeatures {
  readonly class: MeasuredClass;
  /** Peak of one GPU or of the CPU's share, in 1e9 bytes a second. */
  readonly bandwidthGbs: number;
  /** Of one GPU; null takes what is typical of the class at that bandwidth. */
  readonly vectorTflops: number | null;
  readonly matrixTflops: number | null;
  readonly layers: number;
  readonly hidden: number;
  /** Parameters that one token uses. */
  readonly activeParametersBillion: number;
  /** Whether a token uses only some of the parameters. */
  readonly mixture: boolean;
  /** Weights read for one token. */
  readonly weightBytes: number;
  /** Keys and values read in one step, of all sequences together. */
  readonly cacheBytes: number;
  /** Sequences decoded in one step. */
  readonly parallel: number;
  /** A single-board computer that drives a full GPU: every kernel starts late. */
  readonly slowHost: boolean;
}

export interface ClassCoefficients {
  /** Time lost on the way from memory, over what peak bandwidth would take. */
  readonly bandwidthLoss: number;
  /** Milliseconds for a billion parameters at one TFLOPS of vector compute. */
  readonly compute: number;
  /** Microseconds a layer costs whatever its size: starting kernels, joining threads. */
  readonly layer: number;
  /** Nanoseconds for one layer and one unit of width at one TFLOPS: norms, rotations, sampling. */
  readonly width: number;
}

export interface DecodeCoefficients {
  readonly classes: Readonly<Record<MeasuredClass, ClassCoefficients>>;
  /** Microseconds a layer costs more on a slow host. */
  readonly slowHostLayer: number;
  /** Microseconds a layer costs more in a mixture of experts: choosing and gathering them. */
  readonly mixtureLayer: number;
  /** For each further sequence of a step: milliseconds for a billion parameters at one TFLOPS of matrix compute. */
  readonly batchCompute: number;
  /** For each further sequence of a step: microseconds a layer. */
  readonly batchLayer: number;
  /** For each further sequence of a mixture: share of a token's weights that no other sequence reads. */
  readonly batchExperts: number;
  /** TFLOPS for one 1e9 bytes a second where the accelerator is not known: the lower quartile of its class. */
  readonly typicalTflops: Readonly<
    Record<MeasuredClass, { readonly vector: number; readonly matrix: number }>
  >;
}

/**
 * Milliseconds of one decoding step, in which every parallel sequence advances by a token: the time to read weights and
 * caches, to compute with them, and to get through the layers.
 */
export function stepMilliseconds(features: DecodeFeatures, coefficients: DecodeCoefficients): number {
  const own = coefficients.classes[features.class];
  const typical = coefficients.typicalTflops[features.class];
  const vector = features.vectorTflops ?? typical.vector * features.bandwidthGbs;
  const matrix = features.matrixTflops ?? typical.matrix * features.bandwidthGbs;
  const more = features.parallel - 1;
  const experts = features.mixture ? coefficients.batchExperts * more : 0;
  const read = (features.weightBytes * (1 + experts) + features.cacheBytes) / 1e6 / features.bandwidthGbs;
  const compute = vector > 0 ? (own.compute * features.activeParametersBillion) / vector : 0;
  const width = vector > 0 ? (own.width * features.layers * features.hidden) / vector / 1e6 : 0;
  const layer =
    own.layer +
    (features.slowHost ? coefficients.slowHostLayer : 0) +
    (features.mixture ? coefficients.mixtureLayer : 0) +
    coefficients.batchLayer * more;
  const batch =
    matrix > 0 ? (coefficients.batchCompute * features.activeParametersBillion * more) / matrix : 0;
  return read * (1 + own.bandwidthLoss) + compute + width + (layer * features.layers) / 1e3 + batch;
}
