import type { OpenModel, Quantisation } from '../catalog';
import type { Hardware, MeasuredSpeed } from './hardware';

/** How a measure is taken: as llama-bench does where nobody tells it otherwise. */
export const measuredPromptTokens = 512;
export const measuredOutputTokens = 128;

/**
 * 90th percentile of how far another machine of the same size is off what was measured on one, as a share: the spread between
 * machines of one size and cloud in the runs of SpareCores/sc-inspector-data, 2025-04 to 2026-08.
 */
export const measuredError = 0.11;

/** What was measured of a model on some hardware. */
export function measuredOn(
  { measured = [] }: Hardware,
  model: OpenModel,
  quantisation: Quantisation,
): MeasuredSpeed | undefined {
  return measured.find(each => each.model === model.id && each.quantisation === quantisation.name);
}

/** A measure, and the machine size or device that it was taken on. */
interface MeasuredOn extends MeasuredSpeed {
  readonly on: string;
}

/** Hardware with what was measured on it. @param name of the machine size or device */
export function withMeasures(hardware: Hardware, measured: readonly MeasuredOn[], name: string): Hardware {
  const own = measured.filter(({ on }) => on === name);
  return own.length > 0 ? { ...hardware, measured: own } : hardware;
}
