import { modelFeatures } from '../../sizing';
import type { DecodeFeatures } from '../../sizing/decode-model';
import { kvBytesOfSequence } from '../../sizing/memory';
import { positive } from './csv';
import type { Row } from './csv';
import { measuredHardware, noIntegerProducts } from './measured-hardware';
import type { MeasuredHardware } from './measured-hardware';
import { bitsPerWeight, measuredModel } from './measured-model';
import type { MeasuredModel } from './measured-model';
import type { DecodePoint, Skipped } from './point';

/** Columns that `measured-throughput.csv` must have; others are read where they are there. */
export const decodeColumns = ['hardware', 'model', 'quant', 'decode_tokens_per_s'] as const;

const defaultContextTokens = 512;
/** Engines that Berth installs, and those that share their kernels. */
const engines = /llama\.?cpp|llamafile|ollama|vllm|sglang/i;
const numbers = [
  'mem_bandwidth_gbs',
  'bytes_read_per_token_gib',
  'concurrency',
  'decode_tokens_per_s',
  'context',
] as const;
type Numbers = Readonly<Partial<Record<(typeof numbers)[number], number>>>;

/** The point of a row, a second one where its note states the gain of several sequences, or why there is none. */
export function decodePoints(row: Row): (DecodePoint | Skipped)[] {
  const point = decodePoint(row);
  if (!('features' in point)) return [point];
  const gain = /([\d.]+)x throughput at concurrency (\d+)/.exec(row['note'] ?? '');
  if (!gain) return [point];
  const parallel = Number(gain[2]);
  const single = point.features;
  return [
    point,
    {
      ...point,
      features: { ...single, parallel, cacheBytes: single.cacheBytes * parallel },
      measured: point.measured * Number(gain[1]),
      label: labelOf(row, parallel),
    },
  ];
}

function decodePoint(row: Row): DecodePoint | Skipped {
  const cells = numbersOf(row);
  const { concurrency: parallel = 1 } = cells.values;
  const label = labelOf(row, parallel);
  const hardware = measuredHardware(row);
  const model = measuredModel(row['model'] ?? '');
  const { decode_tokens_per_s: measured } = cells.values;
  // What a part of a CPU was measured to read is no fact of a catalogue machine: its sockets are.
  const bandwidthGbs =
    (hardware.ofSocket ? undefined : cells.values.mem_bandwidth_gbs) ?? hardware.bandwidthGbs;
  const why = cells.problem ?? whyNot(row, hardware, model, bandwidthGbs, measured);
  if (why !== undefined || !model || !bandwidthGbs || !measured)
    return { label, why: why ?? 'nothing was measured' };
  const weights = weightsOf(row, cells.values, model);
  if (!weights)
    return { label, why: `its quantisation ${row['quant']} is not known, nor the bytes read for a token` };
  if (hardware.memoryGib !== undefined && weights.allWeightBytes > hardware.memoryGib * 2 ** 30) {
    const needed = (weights.allWeightBytes / 2 ** 30).toFixed(1);
    return { label, why: `the model does not fit: ${needed} GiB of weights in ${hardware.memoryGib} GiB` };
  }
  const { values } = cells;
  const aside = engines.test(row['runtime'] || 'llama.cpp')
    ? noIntegerProducts(hardware)
    : `another engine, ${row['runtime']}`;
  return {
    features: featuresOf(hardware, model, weights, { ...values, mem_bandwidth_gbs: bandwidthGbs }),
    measured,
    device: hardware.device,
    source: row['source'] ?? '',
    label,
    ...(aside === undefined ? {} : { aside }),
  };
}

function labelOf(row: Row, parallel: number): string {
  return [row['hardware'], row['model'], row['quant'], `${parallel} at a time`].join(', ');
}

function numbersOf(row: Row): { values: Numbers; problem?: string } {
  const read = numbers.map(
    name => [name, name === 'context' && row[name]?.trim() === '0' ? 0 : positive(row[name])] as const,
  );
  const bad = read.find(([, value]) => typeof value === 'object');
  const values = Object.fromEntries(read.filter(([, value]) => typeof value === 'number'));
  return bad ? { values, problem: `${bad[0]} is "${row[bad[0]]}", which is no number above 0` } : { values };
}

function whyNot(
  row: Row,
  hardware: MeasuredHardware,
  model: MeasuredModel | undefined,
  bandwidthGbs: number | undefined,
  measured: number | undefined,
): string | undefined {
  if (hardware.class === 'cpu' && /risc-?v/i.test(row['hardware'] ?? '')) {
    return 'its CPU is neither amd64 nor arm64';
  }
  if (!model) return 'the shape of the model is not known';
  if (bandwidthGbs === undefined) return 'its memory bandwidth is not known';
  if (measured === undefined) return 'nothing was measured';
  return undefined;
}

type Weights = Pick<DecodeFeatures, 'weightBytes' | 'allWeightBytes'>;

function weightsOf(row: Row, values: Numbers, model: MeasuredModel): Weights | undefined {
  const bits = bitsPerWeight(row['quant'] ?? '', model);
  const readGib = values.bytes_read_per_token_gib;
  if (readGib === undefined && bits === undefined) return undefined;
  const weightBytes =
    readGib === undefined ? (model.activeParametersBillion * 1e9 * (bits ?? 0)) / 8 : readGib * 2 ** 30;
  return {
    weightBytes,
    allWeightBytes: (weightBytes * model.parametersBillion) / model.activeParametersBillion,
  };
}

function featuresOf(
  hardware: MeasuredHardware,
  model: MeasuredModel,
  weights: Weights,
  { mem_bandwidth_gbs: bandwidthGbs = 0, concurrency: parallel = 1, context = defaultContextTokens }: Numbers,
): DecodeFeatures {
  const { vectorTflops, matrixTflops, cores } = hardware.compute;
  return {
    class: hardware.class,
    bandwidthGbs,
    vectorTflops,
    matrixTflops,
    cores,
    ...modelFeatures(model),
    ...weights,
    cacheBytes: kvBytesOfSequence(model.shape, context) * parallel,
    parallel,
    slowHost: hardware.slowHost,
    gpus: hardware.gpus,
    share: hardware.share,
    chip: hardware.compute.chip,
    sharedMemory: hardware.ofSocket,
  };
}
