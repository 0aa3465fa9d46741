import type { AcceleratorClass } from '../catalog';

/** Groups that prompt processing was measured for. */
export const prefillClasses = ['nvidia-graphics', 'nvidia-datacentre', 'apple'] as const;
export type PrefillClass = (typeof prefillClasses)[number] & AcceleratorClass;

export interface PrefillFeatures {
  readonly class: PrefillClass;
  readonly vectorTflops: number;
  readonly activeParametersBillion: number;
  readonly layers: number;
  readonly hidden: number;
  /** Length of the prompt. */
  readonly promptTokens: number;
  /** Whether weights are 16 bits wide, which spares unpacking them. */
  readonly unpacked: boolean;
}

export interface PrefillClassCoefficients {
  /** Tokens a second for one billion parameters at one TFLOPS of vector compute. */
  readonly rate: number;
  /** How the rate grows with compute; below 1, because large GPUs are harder to fill. */
  readonly exponent: number;
  /** Gain from weights that need no unpacking. */
  readonly unpackedGain: number;
  /** Slow-down for a billion of prompt tokens × layers × width, over a billion parameters: attention to what came before. */
  readonly attention: number;
}

export type PrefillCoefficients = Readonly<Record<PrefillClass, PrefillClassCoefficients>>;

/** Prompt tokens that one GPU processes a second. */
export function prefillRate(features: PrefillFeatures, coefficients: PrefillCoefficients): number {
  const { promptTokens, layers, hidden, activeParametersBillion: billion } = features;
  const own = coefficients[features.class];
  const attention = (own.attention * promptTokens * layers * hidden) / billion / 1e9;
  const plain = (own.rate * features.vectorTflops ** own.exponent) / billion;
  return (plain * (features.unpacked ? own.unpackedGain : 1)) / (1 + attention);
}

export function isPrefillClass(name: string): name is PrefillClass {
  return (prefillClasses as readonly string[]).includes(name);
}
