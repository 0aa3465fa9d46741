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
  /** Tokens a second for one billion parameters at one TFLOPS of vector compute and ten watts. */
  readonly rate: number;
  /**
   * How the rate grows with compute. It grows with the power limit by the rest to 1, because a prompt keeps a graphics
   * board at its limit; other groups have an exponent of 1.
   */
  readonly exponent: number;
  /** Gain from weights that need no unpacking. */
  readonly unpackedGain: number;
  /** Bytes moved for one token, layer and head, and for one token of the prompt before it: attention. */
  readonly attention: number;
}

export interface PrefillCoefficients {
  readonly classes: Readonly<Record<PrefillClass, PrefillClassCoefficients>>;
  /** How much of an ideal pipeline several GPUs reach, as an exponent from 0 (none of it) to 1. */
  readonly pipeline: number;
  readonly typical: Readonly<
    Record<PrefillClass, { readonly vectorPerGbs: number; readonly wattPerTflops: number }>
  >;
}

/** Tokens that a GPU reads at once; several GPUs work on several pieces of a prompt at the same time. */
const pieceTokens = 512;
/** Pieces that llama.cpp hands out before it waits for all: its batch of 2,048 tokens. */
const piecesAtOnce = 4;

/** Prompt tokens a second: the time to compute with the weights, and to attend to what came before. */
export function prefillRate(features: PrefillFeatures, coefficients: PrefillCoefficients): number {
  const { promptTokens, bandwidthGbs, activeParametersBillion: billion } = features;
  const own = coefficients.classes[features.class];
  const typical = coefficients.typical[features.class];
  const vector = features.vectorTflops ?? typical.vectorPerGbs * bandwidthGbs;
  const watt = features.boardWatt ?? typical.wattPerTflops * vector;
  const power = vector ** own.exponent * (watt / 10) ** (1 - own.exponent);
  const compute = (1e3 * billion) / (own.rate * power * (features.unpacked ? own.unpackedGain : 1));
  const attention = (own.attention * promptTokens * features.layers * features.heads) / bandwidthGbs / 1e6;
  const pieces = Math.min(piecesAtOnce, Math.max(1, promptTokens / pieceTokens));
  const pipeline = ((pieces + features.gpus - 1) / (pieces * features.gpus)) ** coefficients.pipeline;
  return 1e3 / ((compute + attention) * pipeline);
}

export function isPrefillClass(name: string): name is PrefillClass {
  return (prefillClasses as readonly string[]).includes(name);
}
