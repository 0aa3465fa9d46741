import type { OpenModel } from '../catalog';
import { prefillCoefficients } from './coefficients';
import type { MeasuredClass } from './decode-model';
import type { Hardware, MeasuredSpeed } from './hardware';
import { measuredError, measuredPromptTokens } from './measured';
import { prefillErrors, prefillRange } from './prediction-errors';
import type { PredictionError } from './prediction-errors';
import { prefillRate } from './prefill-model';
import type { PrefillFeatures } from './prefill-model';
import { fewestDevices, fourDigits, isMixture, isWhole, partsOf, within } from './speed';
import type { Basis, DecodeLoad, Prefill } from './speed';

/** Prompt length that prefill is predicted for. */
const promptTokens = 1024;
/** Most embedding models read no more at once, and longer texts are cut to about as much. */
const embeddedTokens = 512;
/** Wider weights need no unpacking. */
const unpackedBits = 16;

/** How fast prompts are read, as predicted or as a measure moves that. */
export function prefill(load: DecodeLoad, measured: MeasuredSpeed | undefined): Prefill {
  const { hardware, model } = load;
  const features = prefillFeatures(load);
  const rate = prefillRate(features, prefillCoefficients);
  if (measured) {
    const same = prefillRate({ ...features, promptTokens: measuredPromptTokens }, prefillCoefficients);
    const moved = (rate * measured.promptTokensPerSecond) / same;
    return { ...prompted(moved, measuredError, measuredError), prefillBasis: 'measured' };
  }
  const error = prefillError(hardware, load.class, features.unpacked);
  return {
    ...prompted(rate, error.p90, error.overP90),
    prefillBasis: prefillBasis(hardware, load.class, error, model),
  };
}

function prefillFeatures({
  hardware,
  class: name,
  bandwidthGbs,
  model,
  quantisation,
}: DecodeLoad): PrefillFeatures {
  const { vectorTflops, instructions, chip } = hardware.compute;
  return {
    class: name,
    vectorTflops,
    instructions,
    chip,
    bandwidthGbs,
    ...partsOf(hardware),
    ...promptFeatures(model, quantisation.bitsPerWeight),
    promptTokens: model.kind === 'embedding' ? embeddedTokens : promptTokens,
  };
}

/** What reading prompts depends on of a model: predictions and the fit of their coefficients take the same. */
export function promptFeatures(
  model: Pick<OpenModel, 'shape' | 'parametersBillion' | 'activeParametersBillion'>,
  bitsPerWeight: number,
): Pick<PrefillFeatures, 'activeParametersBillion' | 'mixture' | 'layers' | 'heads' | 'unpacked'> {
  return {
    activeParametersBillion: model.activeParametersBillion,
    mixture: isMixture(model),
    layers: model.shape.layers,
    heads: model.shape.heads,
    unpacked: bitsPerWeight >= unpackedBits,
  };
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

export function prompted(rate: number, p90: number, overP90: number): Omit<Prefill, 'prefillBasis'> {
  return {
    prefillTokensPerSecond: rate,
    prefillErrorP90: p90,
    plannedPrefillTokensPerSecond: fourDigits(rate / (1 + overP90)),
  };
}
