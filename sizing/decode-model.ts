import type { AcceleratorClass } from '../catalog';

/** Groups that points were measured for. */
export type MeasuredClass = AcceleratorClass | 'cpu';

/** What the time of one decoding step depends on. */
export interface DecodeFeatures {
  readonly class: MeasuredClass;
  /** Peak of one GPU or of the CPU's share, in 1e9 bytes a second. */
  readonly bandwidthGbs: number;
  /** Of one GPU, or of the CPU's cores; null takes what is typical of the class at that bandwidth. */
  readonly vectorTflops: number | null;
  /** Of one GPU; null as above. A CPU has none. */
  readonly matrixTflops: number | null;
  /** Of a CPU; null takes what is typical. A GPU's are not asked for. */
  readonly cores: number | null;
  readonly layers: number;
  readonly hidden: number;
  /** Parameters that one token uses. */
  readonly activeParametersBillion: number;
  /** Whether a token uses only some of the parameters. */
  readonly mixture: boolean;
  /** Weights read for one token. */
  readonly weightBytes: number;
  /** All weights, which many sequences of a mixture read together. */
  readonly allWeightBytes: number;
  /** Keys and values read in one step, of all sequences together. */
  readonly cacheBytes: number;
  /** Sequences decoded in one step. */
  readonly parallel: number;
  /** GPUs that hold the layers in turn. */
  readonly gpus: number;
  /** Part of a GPU that others use too, at most 1. */
  readonly share: number;
  /** What boards share that are as fast for what they have; null is unknown. */
  readonly chip: string | null;
  /** Some cores of a CPU whose memory others use too; `bandwidthGbs` is the sockets'. */
  readonly sharedMemory: boolean;
  /** A single-board computer that drives a full GPU: what the host does for each token takes longer. */
  readonly slowHost: boolean;
}

export interface GpuCoefficients {
  /** Time lost on the way from memory, over what peak bandwidth would take. */
  readonly bandwidthLoss: number;
  /** Milliseconds for a billion parameters at one TFLOPS of vector compute. */
  readonly compute: number;
  /** Microseconds a layer costs whatever its size: starting kernels, waiting for memory. */
  readonly layer: number;
  /** Nanoseconds for one layer and one unit of width at one TFLOPS: norms, rotations, short products. */
  readonly width: number;
}

export interface CpuCoefficients {
  /** As for a GPU. */
  readonly bandwidthLoss: number;
  /** The same for a machine that has some of the cores. */
  readonly sharedLoss: number;
  /** Milliseconds for a billion parameters at one TFLOPS. */
  readonly compute: number;
  /** Microseconds that a layer costs for each core: threads that wait for each other. */
  readonly thread: number;
}

export interface DecodeCoefficients {
  readonly gpu: Readonly<Record<AcceleratorClass, GpuCoefficients>>;
  readonly cpu: CpuCoefficients;
  /** Milliseconds a step takes longer on a slow host where the whole step starts at once (CUDA, Metal). */
  readonly slowHostStep: number;
  /** Share by which overheads grow on a slow host where each kernel starts on its own (Vulkan). */
  readonly slowHostShare: number;
  /** Microseconds a layer costs more in a mixture of experts at 40 TFLOPS: choosing and gathering them. */
  readonly mixtureLayer: number;
  /** For each further sequence of a step: milliseconds for a billion parameters at one TFLOPS of matrix compute. */
  readonly batchCompute: number;
  /** For each further sequence of a step: microseconds a layer. */
  readonly batchLayer: number;
  /** Microseconds a layer that several GPUs cannot go below: a token's way through them is started kernel by kernel. */
  readonly severalLayer: number;
  /** How much longer a step takes on a part of a GPU than its part alone explains. */
  readonly slicing: number;
  /** What a step takes of what is predicted, by chip that was measured; 1 for others. */
  readonly chips: Readonly<Record<string, number>>;
  readonly typical: TypicalCompute;
}

/** What stands in where an accelerator or a CPU is not in the tables: medians of those that are. */
export interface TypicalCompute {
  /** TFLOPS for one 1e9 bytes a second. */
  readonly gpu: Readonly<Record<AcceleratorClass, { readonly vector: number; readonly matrix: number }>>;
  readonly cpu: { readonly vector: number; readonly cores: number };
}

/** Compute that the mixture's cost is stated at. */
const mixtureTflops = 40;

/**
 * Milliseconds of one decoding step, in which every parallel sequence advances by a token: the time to read weights and
 * caches, to compute with them, and to get through the layers.
 */
function stepMilliseconds(features: DecodeFeatures, coefficients: DecodeCoefficients): number {
  const { class: name } = features;
  return name === 'cpu' ? cpuStep(features, coefficients) : gpuStep(features, name, coefficients);
}

/** Tokens a second of all sequences together. */
export function decodeRate(features: DecodeFeatures, coefficients: DecodeCoefficients): number {
  return (1e3 * features.parallel) / stepMilliseconds(features, coefficients);
}

function gpuStep(features: DecodeFeatures, name: AcceleratorClass, coefficients: DecodeCoefficients): number {
  const own = coefficients.gpu[name];
  const typical = coefficients.typical.gpu[name];
  const vector = features.vectorTflops ?? typical.vector * features.bandwidthGbs;
  const matrix = features.matrixTflops ?? typical.matrix * features.bandwidthGbs;
  const more = features.parallel - 1;
  const billion = features.activeParametersBillion;
  const read = readMilliseconds(features) * (1 + own.bandwidthLoss);
  const compute = (own.compute * billion) / vector;
  const mixture = features.mixture ? (coefficients.mixtureLayer * mixtureTflops) / vector : 0;
  const width = (own.width * features.hidden) / vector / 1e3;
  const overhead = ((own.layer / features.share + mixture + width) * features.layers) / 1e3;
  const batch =
    more *
    ((coefficients.batchCompute * billion) / matrix + (coefficients.batchLayer * features.layers) / 1e3);
  const alone = (read + compute + overhead) * chipFactor(features, coefficients);
  const several = features.gpus > 1 ? (coefficients.severalLayer * features.layers) / 1e3 : 0;
  return Math.hypot(alone, several) + hostMilliseconds(features, overhead, coefficients) + batch;
}

function chipFactor(
  { chip, share }: Pick<DecodeFeatures, 'chip' | 'share'>,
  { chips, slicing }: Pick<DecodeCoefficients, 'chips' | 'slicing'>,
): number {
  return (chips[chip ?? ''] ?? 1) * (share < 1 ? slicing : 1);
}

/** What a slow host adds. */
function hostMilliseconds(
  features: DecodeFeatures,
  overhead: number,
  { slowHostShare, slowHostStep }: DecodeCoefficients,
): number {
  if (!features.slowHost) return 0;
  return features.class === 'other-gpu' ? slowHostShare * overhead : slowHostStep;
}

function cpuStep(features: DecodeFeatures, coefficients: DecodeCoefficients): number {
  const { cpu: own, typical } = coefficients;
  const vector = features.vectorTflops ?? typical.cpu.vector * features.bandwidthGbs;
  const cores = features.cores ?? typical.cpu.cores;
  const loss = features.sharedMemory ? own.sharedLoss : own.bandwidthLoss;
  const read = readMilliseconds(features) * (1 + loss);
  const compute = (own.compute * features.activeParametersBillion * features.parallel) / vector;
  return read + compute + (own.thread * cores * features.layers) / 1e3;
}

function readMilliseconds(features: DecodeFeatures): number {
  return (weightsRead(features) + features.cacheBytes) / 1e6 / features.bandwidthGbs;
}

/** Bytes of weights of one step. Each sequence of a mixture picks its experts without regard to the others. */
function weightsRead({ mixture, weightBytes, allWeightBytes, parallel }: DecodeFeatures): number {
  if (!mixture || parallel === 1) return weightBytes;
  return allWeightBytes * (1 - (1 - weightBytes / allWeightBytes) ** parallel);
}
