import { catalog } from '../../catalog';
import type { ModelShape, OpenModel } from '../../catalog';

/** A model as a measurement names it. */
export interface MeasuredModel {
  readonly parametersBillion: number;
  readonly activeParametersBillion: number;
  readonly shape: ModelShape;
  /** Bits a weight has on average in the publisher's own file, where it has one. */
  readonly native: { readonly quantisation: string; readonly bitsPerWeight: number } | undefined;
}

/** Tunings of models of the catalogue for other work. */
const sameAs: Readonly<Record<string, string>> = { 'qwen3-coder-30b-a3b': 'qwen3-30b-a3b' };

/** Shapes that measurements name and the catalogue does not offer. */
const otherShapes: Readonly<Record<string, MeasuredModel>> = {
  'gemma-2b': shaped(2.51, 18, 2048, 1, 256),
  'llama-7b': shaped(6.74, 32, 4096, 32, 128),
  'llama-2-7b': shaped(6.74, 32, 4096, 32, 128),
  'llama-2-13b': shaped(13.02, 40, 5120, 40, 128),
  'llama-2-70b': shaped(68.98, 80, 8192, 8, 128),
  'qwen1.5-0.5b': shaped(0.62, 24, 1024, 16, 64),
  'qwen2.5-coder-7b': shaped(7.62, 28, 3584, 4, 128),
  'qwen3.6-27b': shaped(27, 64, 5120, 4, 256),
  'tinyllama-1.1b': shaped(1.1, 22, 2048, 4, 64),
};

/**
 * The catalogue's model of that name, else its closest relative of the same size (llama-3-8b has the shape of 3.1), else
 * the shape of a dense model of about that size. Undefined where the name tells no size, or a mixture's.
 */
export function measuredModel(name: string): MeasuredModel | undefined {
  if (otherShapes[name]) return otherShapes[name];
  const family = /^[a-z]+(?:-r1)?/.exec(name)?.[0] ?? name;
  const size = sizeOf(name);
  const model =
    catalog.openModels.find(candidate => candidate.id === (sameAs[name] ?? name)) ??
    catalog.openModels.find(candidate => candidate.id.startsWith(`${name}-`)) ??
    catalog.openModels.find(candidate => candidate.id.startsWith(family) && sizeOf(candidate.id) === size);
  return model ? fromCatalogue(model) : ofSize(name);
}

const bitsByFormat: Readonly<Record<string, number>> = {
  Q4_0: 4.5,
  'Q4 GGUF': 4.8944,
  'GPTQ-Int8': 8,
  'AWQ-INT4': 4.25,
  W4A16: 4.25,
  NVFP4: 4.5,
  'Q4_0 QAT': 4.5,
  '4-bit': 4.8944,
  'Q3_K_S 2.70bpw': 2.7,
};

/** Bits a weight has in a quantisation; undefined when it is not known. */
export function bitsPerWeight(quantisation: string, model?: MeasuredModel): number | undefined {
  if (model?.native?.quantisation === quantisation) return model.native.bitsPerWeight;
  const known = catalog.quantisations.find(row => row.name === quantisation);
  return known?.bitsPerWeight ?? bitsByFormat[quantisation];
}

function fromCatalogue(model: OpenModel): MeasuredModel {
  const { parametersBillion, activeParametersBillion, shape, nativeFileGib, nativeQuantisation } = model;
  const native =
    nativeFileGib === null || nativeQuantisation === null
      ? undefined
      : {
          quantisation: nativeQuantisation,
          bitsPerWeight: (nativeFileGib * 2 ** 30 * 8) / (parametersBillion * 1e9),
        };
  return { parametersBillion, activeParametersBillion, shape, native };
}

/** A quarter more or less is a model of about that size. */
const aboutTheSize = 1.25;

function ofSize(name: string): MeasuredModel | undefined {
  const billion = Number(sizeOf(name));
  if (!(billion > 0) || /\d+x\d+|\ba\d/i.test(name)) return undefined;
  const apart = (model: OpenModel): number => Math.abs(Math.log(model.parametersBillion / billion));
  const nearest = catalog.openModels
    .filter(model => model.kind !== 'embedding' && model.activeParametersBillion === model.parametersBillion)
    .toSorted((a, b) => apart(a) - apart(b))[0];
  if (!nearest || apart(nearest) > Math.log(aboutTheSize)) return undefined;
  return {
    parametersBillion: billion,
    activeParametersBillion: billion,
    shape: nearest.shape,
    native: undefined,
  };
}

function sizeOf(name: string): string | undefined {
  return /(\d+(?:\.\d+)?)b\b/i.exec(name)?.[1];
}

function shaped(
  billion: number,
  layers: number,
  hidden: number,
  kvHeads: number,
  headDim: number,
): MeasuredModel {
  const shape = {
    layers,
    hidden,
    heads: hidden / headDim,
    kvHeads,
    headDim,
    slidingWindow: null,
    fullContextLayers: layers,
  };
  return { parametersBillion: billion, activeParametersBillion: billion, shape, native: undefined };
}
