import type { OpenModel, Quantisation } from '../catalog';
import { decodeCoefficients } from './coefficients';
import { decodeRate } from './decode-model';
import type { DecodeFeatures, MeasuredClass } from './decode-model';
import type { Hardware, MeasuredSpeed } from './hardware';
import { engineOf, kvBytesOfSequence, weightsGib } from './memory';
import { measuredError, measuredOn, measuredOutputTokens } from './measured';
import { bandwidthRange, decodeErrors, unlistedDecodeErrors } from './prediction-errors';
import type { PredictionError } from './prediction-errors';
import { prefill, prompted } from './prompt-speed';
import { fewestDevices, fourDigits, isMixture, isWhole, partsOf, unknownThroughput, within } from './speed';
import type { Basis, DecodeLoad, Prefill, Throughput } from './speed';

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
  const measured = measuredOn(hardware, model, quantisation);
  const { class: name, memoryBandwidthGbs: bandwidthGbs } = hardware;
  if (name === 'unknown' || bandwidthGbs === null)
    return measured ? asMeasured(measured, parallel) : unknownThroughput;
  const load = (tokens: number): DecodeLoad => ({
    hardware,
    class: name,
    bandwidthGbs,
    model,
    quantisation,
    sequenceBytes: model.kind === 'embedding' ? 0 : kvBytesOfSequence(model.shape, tokens),
  });
  return {
    ...decode(load, parallel, contextTokens, measured),
    ...prefill(load(contextTokens), measured),
  };
}

/** Where nothing is predicted, several sequences are together as fast as one. */
function asMeasured(
  { decodeTokensPerSecond: one = 0, promptTokensPerSecond }: MeasuredSpeed,
  parallel: number,
): Throughput {
  return {
    ...decoded(one, parallel, { p90: measuredError, overP90: measuredError }),
    basis: parallel === 1 ? 'measured' : 'extrapolated',
    ...prompted(promptTokensPerSecond, measuredError, measuredError),
    prefillBasis: 'measured',
  };
}

type Decode = Omit<Throughput, keyof Prefill>;

/** A measure moves what is predicted of any number and length of sequences by as much as it moves its own prediction. */
function decode(
  load: (tokens: number) => DecodeLoad,
  parallel: number,
  contextTokens: number,
  measured: MeasuredSpeed | undefined,
): Decode {
  const own = load(contextTokens);
  const { hardware, class: name, model, quantisation } = own;
  const one = measured?.decodeTokensPerSecond;
  const factor = one === undefined ? 1 : one / totalRate(load(measuredOutputTokens / 2), 1);
  const total = factor * totalRate(own, parallel);
  if (one !== undefined && parallel === 1)
    return { ...decoded(total, 1, { p90: measuredError, overP90: measuredError }), basis: 'measured' };
  const error = decodeError(hardware, name, quantisation, parallel);
  const basis =
    model.kind === 'embedding' ? 'extrapolated' : decodeBasis(hardware, name, error, quantisation, parallel);
  return { ...decoded(total, parallel, error), basis };
}

function decoded(
  total: number,
  parallel: number,
  { p90, overP90 }: Pick<PredictionError, 'p90' | 'overP90'>,
): Omit<Decode, 'basis'> {
  const planned = fourDigits(total / (1 + overP90));
  return {
    decodeTokensPerSecond: total / parallel,
    totalDecodeTokensPerSecond: total,
    errorP90: p90,
    plannedDecodeTokensPerSecond: planned / parallel,
    plannedTotalDecodeTokensPerSecond: planned,
  };
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
