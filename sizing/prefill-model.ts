import type { AcceleratorClass } from '../catalog';

/** Groups that prompt processing was measured for. */
export const prefillClasses = ['nvidia-graphics', 'nvidia-datacentre', 'apple'] as const;
export type PrefillClass = (typeof prefillClasses)[number] & AcceleratorClass;

export interface PrefillFeatures {
  readonly class: PrefillClass;
  /** Of one GPU; null takes what is typical of the class at that bandwidth. */
  readonly vectorTflops: number | null;
  /** Power limit of one GPU; null takes what is typical of the class. */
  readonly boardWatt: number | null;
  /** Of one GPU, in 1e9 bytes a second. */
  readonly bandwidthGbs: number;
  /** GPUs that hold the layers in turn. */
  readonly gpus: number;
  readonly activeParametersBillion: number;
  readonly layers: number;
  /** Attention heads. */
  readonly heads: number;
  /** Length of the prompt. */
  readonly promptTokens: number;
  /** Whether weights are 16 bits wide, which spares unpacking them. */
  readonly unpacked: boolean;
}

export interface PrefillClassCoefficients {
  /** Tokens a second for one billion parameters at one TFLOPS of vector compute, where power is no limit. */
  readonly rate: number;
  /**
   * Tokens a second for one billion parameters and each watt of the power limit, where compute is no limit. A prompt keeps
   * a graphics board at its limit; null for other groups, which keep their clocks.
   */
  readonly perWatt: number | null;
  /** Gain from weights that need no unpacking: of what a watt brings, or of the rate where power is no limit. */
  readonly unpackedGain: number;
  /** Bytes moved for one token, layer and head, and for one token of the prompt before it: attention. */
  readonly attention: number;
}

export interface PrefillCoefficients {
  readonly classes: Readonly<Record<PrefillClass, PrefillClassCoefficients>>;
  /** How much of an ideal pipeline several GPUs reach, as an exponent from 0 (none of it) to 1. */
  readonly pipeline: number;
  /** What stands in for a board that no table lists; null watts where memory and CPU share the power. */
  readonly typical: Readonly<
    Record<PrefillClass, { readonly vectorPerGbs: number; readonly wattPerTflops: number | null }>
  >;
}

/** Tokens that a GPU reads at once; several GPUs work on several pieces of a prompt at the same time. */
const pieceTokens = 512;

/** Prompt tokens a second: the time to compute with the weights, and to attend to what came before. */
export function prefillRate(features: PrefillFeatures, coefficients: PrefillCoefficients): number {
  const { vectorPerGbs, wattPerTflops } = coefficients.typical[features.class];
  const vector = features.vectorTflops ?? vectorPerGbs * features.bandwidthGbs;
  const watt = features.boardWatt ?? (wattPerTflops === null ? null : wattPerTflops * vector);
  const own = coefficients.classes[features.class];
  const token =
    computeMilliseconds(features, vector, watt, own) + attentionMilliseconds(features, vector, own);
  const pieces = Math.max(1, features.promptTokens / pieceTokens);
  const pipeline = ((pieces + features.gpus - 1) / (pieces * features.gpus)) ** coefficients.pipeline;
  return 1e3 / (token * pipeline);
}

/** Clocks and the power limit both bound a graphics board: the root of the sum of the squares of their times. */
function computeMilliseconds(
  { activeParametersBillion: billion, unpacked }: PrefillFeatures,
  vector: number,
  watt: number | null,
  { rate, perWatt, unpackedGain }: PrefillClassCoefficients,
): number {
  const gain = unpacked ? unpackedGain : 1;
  if (perWatt === null || watt === null) return (1e3 * billion) / (rate * vector * gain);
  return 1e3 * billion * Math.hypot(1 / (rate * vector), 1 / (perWatt * watt * gain));
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

export function isPrefillClass(name: string): name is PrefillClass {
  return (prefillClasses as readonly string[]).includes(name);
}
