import { findOpenModel, findQuantisation } from '../../catalog';
import type { OpenModel, Quantisation } from '../../catalog';
import type { Setting } from '../setting';
import type { WeightsArtifact } from '../unit';

/** Weights that a machine or device can be given. */
export interface LoadableWeights {
  /** Name that callers use: the model's, or the key of own fine-tuned weights. */
  readonly model: string;
  readonly version: string;
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  readonly artifact: WeightsArtifact;
}

/** Tried where the environment names no file; the first is what most users of small models run. */
const usualQuantisations = ['Q4_K_M', 'Q8_0'];

/** What the environment verified, and every other open model in the usual quantisations: from the file whose hash is published, else still without one. */
export function loadableWeights({ environment, catalog }: Setting): LoadableWeights[] {
  const named = Object.entries(environment.weights).flatMap(([id, weights]) => {
    const open = findOpenModel(catalog, weights.model);
    const quantisation = findQuantisation(catalog, weights.quantisation);
    if (!open.found || !quantisation.found) return [];
    const { format, url, revision, sha256 } = weights;
    const model = weights.fineTuned ? id : open.value.id;
    const artifact = { id, format, quantisation: weights.quantisation, url, revision, sha256 };
    // Sizing tells models apart by id: two fine-tuned ones of the same base are two.
    return [{ model, version: revision, open: open.value, quantisation: quantisation.value, artifact }];
  });
  const known = new Set(named.map(({ model, quantisation }) => `${model} ${quantisation.name}`));
  const others = catalog.openModels.flatMap(open =>
    usualOf(open)
      .filter(name => !known.has(`${open.id} ${name}`))
      .flatMap(name => unnamed(open, name, catalog)),
  );
  return [...named, ...others];
}

/** A publisher's own four-bit format is better than one made from it. */
function usualOf({ nativeQuantisation }: OpenModel): readonly string[] {
  return nativeQuantisation === 'MXFP4' ? ['MXFP4'] : usualQuantisations;
}

function unnamed(open: OpenModel, name: string, catalog: Setting['catalog']): LoadableWeights[] {
  const quantisation = findQuantisation(catalog, name);
  if (!quantisation.found) return [];
  const published = open.files?.find(file => file.quantisation === name);
  const artifact: WeightsArtifact = {
    id: null,
    format: 'gguf',
    quantisation: name,
    url: published?.url ?? null,
    revision: published?.revision ?? null,
    sha256: published?.sha256 ?? null,
  };
  return [{ model: open.id, version: name, open, quantisation: quantisation.value, artifact }];
}
