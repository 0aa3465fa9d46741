import { promptFeatures } from '../../sizing';
import { positive } from './csv';
import type { Row } from './csv';
import { measuredHardware } from './measured-hardware';
import { bitsPerWeight, measuredModel } from './measured-model';
import type { PrefillPoint, Skipped } from './point';
import { noIntegerProducts } from './measured-hardware';

/** Columns that `prefill-throughput.csv` must have, beside one or more `prefill_tps_` and a prompt length. */
export const prefillColumns = ['hardware', 'model', 'quant'] as const;

/** One row: a model on some hardware, at several prompt lengths. */
type Series = readonly PrefillPoint[];

/** The points of all rows, and why others have none. A row whose own figures contradict each other is set aside. */
export function prefillPoints(rows: readonly Row[]): (PrefillPoint | Skipped)[] {
  const series = rows.map(seriesOf);
  return series.flatMap((own, i): (PrefillPoint | Skipped)[] => {
    if ('why' in own) return [own];
    const packed = series.find((_, k) => isPackedTwin(rows[k] ?? {}, rows[i] ?? {}));
    const twin = packed && !('why' in packed) ? packed : undefined;
    const old = noIntegerProducts(own[0]) ?? replacedKernels(rows[i] ?? {}, own);
    const aside = old ?? disturbance(own, twin);
    if (aside === undefined) return [...own];
    const [first, ...rest] = own;
    const warmUp = old === undefined && rest.length > 1 && disturbance(rest, twin) === undefined;
    if (first && warmUp) return [{ ...first, aside: 'a disturbed run: its first prompt warmed up' }, ...rest];
    return own.map(point => ({ ...point, aside }));
  });
}

/** Engines older than this multiply on NVIDIA boards in another way than any that Berth installs. */
const kernelsReplaced = '2024-07';

function replacedKernels(row: Row, [first]: Series): string | undefined {
  const day = /\((\d{4}-\d{2}-\d{2})\)/.exec(row['source'] ?? '')?.[1];
  if (day === undefined || day >= kernelsReplaced) return undefined;
  if (!first?.features.class.startsWith('nvidia')) return undefined;
  return `an engine of before ${kernelsReplaced}, whose kernels were replaced`;
}

/** Prompt lengths shorter than a piece are slower without anything wrong. */
const shortestPiece = 512;

function seriesOf(row: Row): Series | Skipped {
  const label = `${row['hardware']}, ${row['model']}, ${row['quant']}`;
  const hardware = measuredHardware(row);
  const model = measuredModel(row['model'] ?? '');
  const bits = bitsPerWeight(row['quant'] ?? '', model);
  const stated = positive(row['mem_bandwidth_gbs']);
  const bandwidthGbs = typeof stated === 'number' ? stated : hardware.bandwidthGbs;
  const { class: name, device, gpus, share, compute, memoryGib } = hardware;
  if (bandwidthGbs === undefined) return { label, why: 'its memory bandwidth is not known' };
  if (!model) return { label, why: 'the shape of the model is not known' };
  if (bits === undefined) return { label, why: `its quantisation ${row['quant']} is not known` };
  const weightsGib = (model.parametersBillion * 1e9 * bits) / 8 / 2 ** 30;
  if (memoryGib !== undefined && weightsGib > memoryGib) {
    return {
      label,
      why: `the model does not fit: ${weightsGib.toFixed(1)} GiB of weights in ${memoryGib} GiB`,
    };
  }
  const { vectorTflops, instructions, chip } = compute;
  const points = measuredLengths(row).map(({ promptTokens, measured }) => ({
    features: {
      class: name,
      vectorTflops,
      instructions,
      chip,
      bandwidthGbs,
      gpus,
      share,
      ...promptFeatures(model, bits),
      promptTokens,
    },
    measured,
    device,
    source: row['source'] ?? '',
    label: `${label}, ${promptTokens} tokens`,
  }));
  return points.length > 0 ? points : { label, why: 'nothing was measured' };
}

function measuredLengths(row: Row): { promptTokens: number; measured: number }[] {
  return Object.entries(row).flatMap(([column, cell]) => {
    const promptTokens = Number(/^prefill_tps_(\d+)$/.exec(column)?.[1] ?? 0);
    const measured = positive(cell);
    return promptTokens > 0 && typeof measured === 'number' ? [{ promptTokens, measured }] : [];
  });
}

/** More than a measurement's own scatter. */
const rise = 1.15;
/** Weights that need no unpacking are read faster, so this much slower is not the GPU. */
const fall = 0.6;

/**
 * What shows in a row's own figures, without any prediction, that something else than the GPU was measured: pieces of a
 * prompt are all of one length, and each attends to those before it, so one GPU cannot read a longer prompt faster.
 */
function disturbance(own: Series, packed: Series | undefined): string | undefined {
  const full = own.filter(({ features }) => features.promptTokens >= shortestPiece);
  const [first] = full;
  if (!first) return undefined;
  const fastest = Math.max(...full.map(({ measured }) => measured));
  if (first.features.gpus === 1 && fastest > rise * first.measured) {
    return 'a disturbed run: faster for longer prompts';
  }
  const ratios = own.flatMap(point => {
    const twin = packed?.find(other => other.features.promptTokens === point.features.promptTokens);
    return twin ? [point.measured / twin.measured] : [];
  });
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1;
  return median < fall ? 'a disturbed run: far slower with 16-bit weights than with 4-bit ones' : undefined;
}

function isPackedTwin(other: Row, row: Row): boolean {
  const wide = (quantisation = ''): boolean => (bitsPerWeight(quantisation) ?? 0) >= 16;
  return (
    other['hardware'] === row['hardware'] &&
    other['model'] === row['model'] &&
    wide(row['quant']) &&
    !wide(other['quant'])
  );
}
