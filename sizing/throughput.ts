import type { OpenModel, Quantisation } from '../catalog';
import { decodeCoefficients, prefillCoefficients } from './coefficients';
import { decodeRate } from './decode-model';
import type { DecodeFeatures, MeasuredClass } from './decode-model';
import type { Hardware } from './hardware';
import { engineOf, kvBytesOfSequence, weightsGib } from './memory';
import {
  bandwidthRange,
  decodeErrors,
  prefillErrors,
  prefillRange,
  unlistedDecodeErrors,
} from './prediction-errors';
import type { PredictionError } from './prediction-errors';
import { prefillRate } from './prefill-model';
import type { PrefillFeatures } from './prefill-model';

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

type Prefill = Pick<
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
/** Prompt length that prefill is predicted for. */
const promptTokens = 1024;
/** Most embedding models read no more at once, and longer texts are cut to about as much. */
const embeddedTokens = 512;
/**
 * Most that llama.cpp gains from parallel sequences on a GPU. Only vLLM was measured with eight at a time (2.4 to 6.6
 * times one sequence); this is a judgement at the low end. Without a GPU no gain was measured, so none is assumed.
 */
export const llamaCppGain = 3;
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
  if (hardware.class === 'unknown' || hardware.memoryBandwidthGbs === null) return unknownThroughput;
  const load: DecodeLoad = {
    hardware,
    class: hardware.class,
    bandwidthGbs: hardware.memoryBandwidthGbs,
    model,
    quantisation,
    sequenceBytes: model.kind === 'embedding' ? 0 : kvBytesOfSequence(model.shape, contextTokens),
  };
  const total = totalRate(load, parallel);
  const error = decodeError(hardware, hardware.class, quantisation, parallel);
  const plan = 1 + error.overP90;
  const planned = fourDigits(total / plan);
  return {
    basis:
      model.kind === 'embedding'
        ? 'extrapolated'
        : decodeBasis(hardware, hardware.class, error, quantisation, parallel),
    decodeTokensPerSecond: total / parallel,
    totalDecodeTokensPerSecond: total,
    errorP90: error.p90,
    plannedDecodeTokensPerSecond: planned / parallel,
    plannedTotalDecodeTokensPerSecond: planned,
    ...prefill(load),
  };
}

/** What is planned by, as a lock records it: predictions carry no more. */
export function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

/** A model on one machine, with sequences of one length. */
interface DecodeLoad {
  readonly hardware: Hardware;
  readonly class: MeasuredClass;
  readonly bandwidthGbs: number;
  readonly model: OpenModel;
  readonly quantisation: Quantisation;
  /** Keys and values of one sequence. */
  readonly sequenceBytes: number;
}

function totalRate(load: DecodeLoad, parallel: number): number {
  const rate = decodeRate(decodeFeatures(load, parallel), decodeCoefficients);
  if (engineOf(load.quantisation) === 'vllm') return rate;
  const single = parallel === 1 ? rate : decodeRate(decodeFeatures(load, 1), decodeCoefficients);
  return Math.min(rate, single * llamaCppGainAt(load.class, parallel));
}

function decodeFeatures(load: DecodeLoad, parallel: number): DecodeFeatures {
  const { model, quantisation } = load;
  const allWeightBytes = weightsGib(model, quantisation) * 2 ** 30;
  const activeShare = model.activeParametersBillion / model.parametersBillion;
  const { vectorTflops, matrixTflops, cores, chip } = load.hardware.compute;
  return {
    class: load.class,
    bandwidthGbs: load.bandwidthGbs,
    vectorTflops,
    matrixTflops,
    cores,
    ...modelFeatures(model),
    weightBytes: allWeightBytes * activeShare,
    allWeightBytes,
    cacheBytes: load.sequenceBytes * parallel,
    parallel,
    ...partsOf(load.hardware),
    chip,
    sharedMemory: load.hardware.sharedMemory,
    slowHost: false,
  };
}

/** What decoding depends on of a model: predictions and the fit of their coefficients take the same. */
export function modelFeatures(
  model: Pick<OpenModel, 'shape' | 'parametersBillion' | 'activeParametersBillion'>,
): Pick<DecodeFeatures, 'layers' | 'hidden' | 'activeParametersBillion' | 'mixture'> {
  return {
    layers: model.shape.layers,
    hidden: model.shape.hidden,
    activeParametersBillion: model.activeParametersBillion,
    mixture: isMixture(model),
  };
}

export function isMixture(model: Pick<OpenModel, 'parametersBillion' | 'activeParametersBillion'>): boolean {
  return model.activeParametersBillion < mixtureBelow * model.parametersBillion;
}

function llamaCppGainAt(measuredClass: MeasuredClass, parallel: number): number {
  if (measuredClass === 'cpu') return 1;
  return Math.min(llamaCppGain, 1 + ((parallel - 1) * (llamaCppGain - 1)) / (gainMeasuredAt - 1));
}

/** Hardware that the tables do not list is predicted from its bandwidth alone, and that errs more. */
function decodeError(
  hardware: Hardware,
  measuredClass: MeasuredClass,
  quantisation: Quantisation,
  parallel: number,
): PredictionError {
  if (parallel > 1 && engineOf(quantisation) === 'vllm') return decodeErrors.batched;
  if (hardware.compute.vectorTflops === null) return unlistedDecodeErrors[measuredClass];
  if (hardware.gpuCount > 1) return decodeErrors['several GPUs'];
  if (isWhole(hardware.gpuCount) && (hardware.compute.chip ?? '') in decodeCoefficients.chips)
    return decodeErrors['measured chip'];
  return decodeErrors[hardware.sharedMemory ? 'shared cpu' : measuredClass];
}

function decodeBasis(
  hardware: Hardware,
  measuredClass: MeasuredClass,
  error: PredictionError,
  quantisation: Quantisation,
  parallel: number,
): Basis {
  const listed = hardware.known && hardware.compute.vectorTflops !== null;
  const measured =
    listed &&
    isWhole(hardware.gpuCount) &&
    within(bandwidthRange[measuredClass], hardware.memoryBandwidthGbs);
  const batched = parallel > 1 && (engineOf(quantisation) !== 'vllm' || parallel > gainMeasuredAt);
  return measured && error.devices >= fewestDevices && !batched ? 'fitted' : 'extrapolated';
}

function prefill(load: DecodeLoad): Prefill {
  const { hardware, model, quantisation } = load;
  const unpacked = quantisation.bitsPerWeight >= 16;
  const rate = prefillRate(prefillFeatures(load, unpacked), prefillCoefficients);
  const error = prefillError(hardware, load.class, unpacked);
  return {
    prefillBasis: prefillBasis(hardware, load.class, error, model),
    prefillTokensPerSecond: rate,
    prefillErrorP90: error.p90,
    plannedPrefillTokensPerSecond: fourDigits(rate / (1 + error.overP90)),
  };
}

function prefillFeatures(
  { hardware, class: name, bandwidthGbs, model }: DecodeLoad,
  unpacked: boolean,
): PrefillFeatures {
  const { vectorTflops, instructions, chip } = hardware.compute;
  return {
    class: name,
    vectorTflops,
    instructions,
    chip,
    bandwidthGbs,
    ...partsOf(hardware),
    activeParametersBillion: model.activeParametersBillion,
    mixture: isMixture(model),
    layers: model.shape.layers,
    heads: model.shape.heads,
    promptTokens: model.kind === 'embedding' ? embeddedTokens : promptTokens,
    unpacked,
  };
}

/** GPUs of a machine, or its part of one. */
function partsOf({ gpuCount }: Hardware): { readonly gpus: number; readonly share: number } {
  return { gpus: Math.max(1, gpuCount), share: gpuCount > 0 ? Math.min(1, gpuCount) : 1 };
}

function prefillError(
  { gpuCount, compute }: Hardware,
  name: MeasuredClass,
  unpacked: boolean,
): PredictionError {
  if (compute.vectorTflops === null) return prefillErrors.unlisted;
  return gpuCount > 1 ? prefillErrors.several : prefillErrors[name][unpacked ? 'unpacked' : 'packed'];
}

/** Generative models were measured; embeddings are read by the same kernels. */
function prefillBasis(
  { known, gpuCount, compute }: Hardware,
  name: MeasuredClass,
  error: PredictionError,
  model: OpenModel,
): Basis {
  const range = prefillRange[name];
  const measured =
    range !== null &&
    within(range.vectorTflops, compute.vectorTflops) &&
    within(range.activeParametersBillion, model.activeParametersBillion) &&
    model.kind !== 'embedding' &&
    !isMixture(model);
  return known && isWhole(gpuCount) && measured && error.devices >= fewestDevices ? 'fitted' : 'extrapolated';
}

/** Parts of a GPU were measured on one board only. */
function isWhole(gpuCount: number): boolean {
  return gpuCount === 0 || gpuCount >= 1;
}

/** Where nothing bounds it, nothing is outside. */
function within(range: readonly [number, number] | null, value: number | null): boolean {
  return range === null || (value !== null && value >= range[0] && value <= range[1]);
}
