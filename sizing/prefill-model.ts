import type { CpuInstructions } from '../catalog';
import type { MeasuredClass } from './decode-model';

export interface PrefillFeatures {
  readonly class: MeasuredClass;
  /** Of one GPU or of the CPU's cores; null takes what is typical of the class at that bandwidth. */
  readonly vectorTflops: number | null;
  /** Of a CPU; null takes the slowest. A GPU has none. */
  readonly instructions: CpuInstructions | null;
  /** What boards share that are as fast for what they have; null is unknown. */
  readonly chip: string | null;
  /** Of one GPU or of the CPU's sockets, in 1e9 bytes a second. */
  readonly bandwidthGbs: number;
  /** GPUs that hold the layers in turn. */
  readonly gpus: number;
  /** Part of a GPU that others use too, at most 1. */
  readonly share: number;
  readonly activeParametersBillion: number;
  readonly mixture: boolean;
  readonly layers: number;
  /** Attention heads. */
  readonly heads: number;
  /** Length of the prompt. */
  readonly promptTokens: number;
  /** Whether weights are 16 bits wide, which spares unpacking them. */
  readonly unpacked: boolean;
}

export interface PrefillClassCoefficients {
  /** Tokens a second for one billion parameters at one TFLOPS of vector compute. */
  readonly rate: number;
  /** Gain from weights that need no unpacking. */
  readonly unpackedGain: number;
  /** Bytes moved for one token, layer and head, and for one token of the prompt before it: attention. */
  readonly attention: number;
}

export interface PrefillCoefficients {
  readonly classes: Readonly<Record<MeasuredClass, PrefillClassCoefficients>>;
  /** What a CPU's instructions bring of the rate of its class. */
  readonly instructions: Readonly<Record<CpuInstructions, number>>;
  /** Milliseconds a CPU takes for a billion parameters at 1e9 bytes a second, whatever its cores: weights pass by them. */
  readonly passing: number;
  /** Microseconds a layer takes on a GPU for each piece of a prompt, whatever its length. */
  readonly piece: number;
  /** How much longer parameters take in a mixture, whose experts see few tokens each. */
  readonly mixture: number;
  /** How much longer a part of a GPU takes than its part alone explains. */
  readonly slicing: number;
  /** How much of an ideal pipeline several GPUs reach, as an exponent from 0 (none of it) to 1. */
  readonly pipeline: number;
  /** What a prompt takes of what is predicted, by chip that was measured; 1 for others. */
  readonly chips: Readonly<Record<string, number>>;
  /** TFLOPS for one 1e9 bytes a second, where no table lists the hardware. */
  readonly typical: Readonly<Record<MeasuredClass, number>>;
}

/** Tokens that a GPU reads at once; several GPUs work on several pieces of a prompt at the same time. */
const pieceTokens = 512;

/** Prompt tokens a second: the time to compute with the weights, and to attend to what came before. */
export function prefillRate(features: PrefillFeatures, coefficients: PrefillCoefficients): number {
  const { class: name, bandwidthGbs, promptTokens, gpus } = features;
  const vector = features.vectorTflops ?? coefficients.typical[name] * bandwidthGbs;
  const slowdown =
    (coefficients.chips[features.chip ?? ''] ?? 1) * (features.share < 1 ? coefficients.slicing : 1);
  const token =
    computeMilliseconds(features, vector, coefficients) +
    attentionMilliseconds(features, vector, coefficients.classes[name]) +
    pieceMilliseconds(features, coefficients);
  const pieces = Math.max(1, promptTokens / pieceTokens);
  const pipeline = ((pieces + gpus - 1) / (pieces * gpus)) ** coefficients.pipeline;
  return 1e3 / (token * slowdown * pipeline);
}

function computeMilliseconds(
  { class: name, activeParametersBillion, mixture, unpacked, instructions, bandwidthGbs }: PrefillFeatures,
  vector: number,
  coefficients: PrefillCoefficients,
): number {
  const { rate, unpackedGain } = coefficients.classes[name];
  const gain = unpacked ? unpackedGain : 1;
  const cpu = name === 'cpu' ? coefficients.instructions[instructions ?? 'neon'] : 1;
  const spread = mixture ? coefficients.mixture : 1;
  const passing = name === 'cpu' ? (coefficients.passing * activeParametersBillion) / bandwidthGbs : 0;
  return (1e3 * activeParametersBillion * spread) / (rate * vector * gain * cpu) + passing;
}

/** Of one token: a piece starts as many kernels as it has layers, however short it is. */
function pieceMilliseconds(
  { class: name, layers, promptTokens, share }: PrefillFeatures,
  { piece }: PrefillCoefficients,
): number {
  if (name === 'cpu') return 0;
  return (piece * layers) / share / 1e3 / Math.min(promptTokens, pieceTokens);
}

/** 1e9 bytes a second that go with one TFLOPS on most graphics boards. */
const bytesPerTflops = 20;

/** Half of attention multiplies, the other half passes over the products: as long as each other on most boards. */
function attentionMilliseconds(
  { promptTokens, layers, heads, bandwidthGbs }: PrefillFeatures,
  vector: number,
  { attention }: PrefillClassCoefficients,
): number {
  const each = (attention / 2) * promptTokens * layers * heads;
  return (each / bandwidthGbs + each / (bytesPerTflops * vector)) / 1e6;
}
