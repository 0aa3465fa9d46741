import type { OpenModel, Quantisation } from '../catalog';
import {
  bandwidthRange,
  decodeCoefficients,
  decodeErrors,
  prefillCoefficients,
  prefillErrors,
} from './coefficients';
import { stepMilliseconds } from './decode-model';
import type { DecodeFeatures, MeasuredClass } from './decode-model';
import type { Hardware } from './hardware';
import { engineOf, kvBytesOfSequence } from './memory';
import { isPrefillClass, prefillRate } from './prefill-model';

/**
 * Fitted: measured on this kind of hardware, inside the range of the points. Extrapolated: the formula holds, but
 * nobody measured hardware like this. Unknown: no figure.
 */
export type Basis = 'fitted' | 'extrapolated' | 'unknown';

/** Speed of one machine that serves one model. */
export interface Throughput {
  readonly basis: Basis;
  /** Output tokens a second of one sequence while `parallel` run; null is unknown. */
  readonly decodeTokensPerSecond: number | null;
  /** Of all sequences together; null is unknown. */
  readonly totalDecodeTokensPerSecond: number | null;
  /** 90th percentile of the error on devices that the fit has not seen, as a share; null is unknown. */
  readonly errorP90: number | null;
  /** What to promise: the prediction, less what one device in ten falls short of it. */
  readonly plannedDecodeTokensPerSecond: number | null;
  readonly plannedTotalDecodeTokensPerSecond: number | null;
  readonly prefillBasis: Basis;
  /** Prompt tokens a second; null where hardware of this group was never measured, so that no latency follows from it. */
  readonly prefillTokensPerSecond: number | null;
  readonly prefillErrorP90: number | null;
  /** What to promise of it; null with it. */
  readonly plannedPrefillTokensPerSecond: number | null;
  /**
   * Prompt tokens a second for planning capacity: the planned figure, or where prompts were not measured the rate of
   * decoding in parallel, below which reading a prompt cannot fall. Null is unknown.
   */
  readonly prefillFloorTokensPerSecond: number | null;
}

const unknown: Throughput = {
  basis: 'unknown',
  decodeTokensPerSecond: null,
  totalDecodeTokensPerSecond: null,
  errorP90: null,
  plannedDecodeTokensPerSecond: null,
  plannedTotalDecodeTokensPerSecond: null,
  prefillBasis: 'unknown',
  prefillTokensPerSecond: null,
  prefillErrorP90: null,
  plannedPrefillTokensPerSecond: null,
  prefillFloorTokensPerSecond: null,
};

/** A mixture uses fewer parameters a token than this share of all; a lower share is how the fit told them apart. */
const mixtureBelow = 0.6;
/** Prompt length that prefill is predicted for. */
const promptTokens = 1024;
/**
 * Most that llama.cpp gains from parallel sequences on a GPU. Only vLLM was measured with eight at a time (2.4 to 6.6
 * times one sequence); this is a judgement at the low end. Without a GPU no gain was measured, so none is assumed.
 */
const llamaCppGain = 3;
const gainMeasuredAt = 8;

/**
 * Predicts the speed of one machine. Layers of a model that needs several GPUs run one GPU after another, so a token
 * moves at the speed of one.
 * @param parallel sequences at the same time, at least 1
 * @param contextTokens tokens that a sequence holds on average while it is decoded
 */
export function predictThroughput(
  hardware: Hardware,
  model: OpenModel,
  quantisation: Quantisation,
  parallel: number,
  contextTokens: number,
): Throughput {
  if (hardware.class === 'unknown' || hardware.memoryBandwidthGbs === null) return unknown;
  const features = decodeFeatures(hardware, hardware.class, hardware.memoryBandwidthGbs, model, quantisation);
  const rate = (sequences: number): number =>
    totalRate(features, model, quantisation, sequences, contextTokens);
  const total = rate(parallel);
  const batched = parallel > 1 && engineOf(quantisation) === 'vllm';
  const error = decodeErrors[batched ? 'batched' : hardware.class];
  const plan = (value: number): number => value / (1 + error.overP90);
  return {
    basis:
      model.kind === 'embedding'
        ? 'extrapolated'
        : decodeBasis(hardware, hardware.class, quantisation, parallel),
    decodeTokensPerSecond: total / parallel,
    totalDecodeTokensPerSecond: total,
    errorP90: error.p90,
    plannedDecodeTokensPerSecond: plan(total / parallel),
    plannedTotalDecodeTokensPerSecond: plan(total),
    ...prefill(hardware, model, quantisation, plan(rate(gainMeasuredAt))),
  };
}

function decodeFeatures(
  hardware: Hardware,
  measuredClass: MeasuredClass,
  bandwidthGbs: number,
  model: OpenModel,
  quantisation: Quantisation,
): Omit<DecodeFeatures, 'parallel' | 'cacheBytes'> {
  return {
    class: measuredClass,
    bandwidthGbs,
    vectorTflops: hardware.vectorTflops,
    matrixTflops: hardware.matrixTflops,
    layers: model.shape.layers,
    hidden: model.shape.hidden,
    activeParametersBillion: model.activeParametersBillion,
    mixture: model.activeParametersBillion < mixtureBelow * model.parametersBillion,
    weightBytes: (model.activeParametersBillion * 1e9 * quantisation.bitsPerWeight) / 8,
    slowHost: false,
  };
}

function totalRate(
  features: Omit<DecodeFeatures, 'parallel' | 'cacheBytes'>,
  model: OpenModel,
  quantisation: Quantisation,
  parallel: number,
  contextTokens: number,
): number {
  const sequence = model.kind === 'embedding' ? 0 : kvBytesOfSequence(model.shape, contextTokens);
  const at = (sequences: number): number =>
    (1e3 * sequences) /
    stepMilliseconds(
      { ...features, parallel: sequences, cacheBytes: sequence * sequences },
      decodeCoefficients,
    );
  if (engineOf(quantisation) === 'vllm') return at(parallel);
  return Math.min(at(parallel), at(1) * llamaCppGainAt(features.class, parallel));
}

function llamaCppGainAt(measuredClass: MeasuredClass, parallel: number): number {
  if (measuredClass === 'cpu') return 1;
  return Math.min(llamaCppGain, 1 + ((parallel - 1) * (llamaCppGain - 1)) / (gainMeasuredAt - 1));
}

function decodeBasis(
  hardware: Hardware,
  measuredClass: MeasuredClass,
  quantisation: Quantisation,
  parallel: number,
): Basis {
  const [slowest, fastest] = bandwidthRange[measuredClass];
  const bandwidth = hardware.memoryBandwidthGbs ?? 0;
  const measured = hardware.known && hardware.gpuCount <= 1 && bandwidth >= slowest && bandwidth <= fastest;
  const batched = parallel > 1 && (engineOf(quantisation) !== 'vllm' || parallel > gainMeasuredAt);
  return measured && !batched ? 'fitted' : 'extrapolated';
}

function prefill(
  hardware: Hardware,
  model: OpenModel,
  quantisation: Quantisation,
  parallelDecode: number,
): Pick<
  Throughput,
  | 'prefillBasis'
  | 'prefillTokensPerSecond'
  | 'prefillErrorP90'
  | 'plannedPrefillTokensPerSecond'
  | 'prefillFloorTokensPerSecond'
> {
  const { class: name, vectorTflops } = hardware;
  if (!isPrefillClass(name) || vectorTflops === null || model.kind === 'embedding') {
    return {
      prefillBasis: 'unknown',
      prefillTokensPerSecond: null,
      prefillErrorP90: null,
      plannedPrefillTokensPerSecond: null,
      prefillFloorTokensPerSecond: parallelDecode,
    };
  }
  const rate = prefillRate(
    {
      class: name,
      vectorTflops,
      activeParametersBillion: model.activeParametersBillion,
      layers: model.shape.layers,
      hidden: model.shape.hidden,
      promptTokens,
      unpacked: quantisation.bitsPerWeight >= 16,
    },
    prefillCoefficients,
  );
  const error = prefillErrors[name][quantisation.bitsPerWeight >= 16 ? 'unpacked' : 'packed'];
  const planned = rate / (1 + error.overP90);
  return {
    prefillBasis: hardware.known && hardware.gpuCount <= 1 ? 'fitted' : 'extrapolated',
    prefillTokensPerSecond: rate,
    prefillErrorP90: error.p90,
    plannedPrefillTokensPerSecond: planned,
    prefillFloorTokensPerSecond: planned,
  };
}
