import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { acceleratorClassOf, catalog, findAccelerator } from '../config/catalog';
import type { Accelerator, ModelShape, OpenModel } from '../config/catalog';
import { kvBytesOfSequence } from '../config/sizing/memory';
import type { DecodeFeatures, MeasuredClass } from '../config/sizing/decode-model';
import { isPrefillClass } from '../config/sizing/prefill-model';
import type { PrefillFeatures } from '../config/sizing/prefill-model';
import { readCsv } from './csv';
import type { Row } from './csv';

/** One measurement, ready to be predicted. */
export interface Point<F> {
  readonly features: F;
  readonly measured: number;
  /** Accelerator or computer: points of one device are left out together. */
  readonly device: string;
  readonly label: string;
}

export type DecodePoint = Point<DecodeFeatures>;
export type PrefillPoint = Point<PrefillFeatures>;

/** Points that cannot be predicted, and why. */
export interface Skipped {
  readonly label: string;
  readonly why: string;
}

export interface Points {
  readonly decode: readonly DecodePoint[];
  readonly prefill: readonly PrefillPoint[];
  readonly skipped: readonly Skipped[];
}

/** The points whose licence lets them ship. */
export const shippedMeasurements = join(__dirname, 'measurements');
const defaultContextTokens = 512;

/**
 * Reads `measured-throughput.csv` and `prefill-throughput.csv` of a directory.
 * @throws when the directory holds neither
 */
export function readPoints(directory: string): Points {
  const present = existsSync(directory) ? readdirSync(directory) : [];
  const decodeFile = present.find(name => name === 'measured-throughput.csv');
  const prefillFile = present.find(name => name === 'prefill-throughput.csv');
  if (!decodeFile && !prefillFile) {
    throw new Error(`${directory} holds neither measured-throughput.csv nor prefill-throughput.csv`);
  }
  const read = (name?: string): Row[] => (name ? readCsv(readFileSync(join(directory, name), 'utf8')) : []);
  const decode = read(decodeFile).map(decodePoint);
  const prefill = read(prefillFile).flatMap(prefillPoints);
  return {
    decode: decode.filter(result => 'features' in result),
    prefill: prefill.filter(result => 'features' in result),
    skipped: [...decode, ...prefill].filter(result => 'why' in result),
  };
}

function decodePoint(row: Row): DecodePoint | Skipped {
  const hardware = row['hardware'] ?? '';
  const label = [hardware, row['model'], row['quant'], `${row['concurrency']} at a time`].join(', ');
  const accelerator = findAccelerator(catalog, hardware);
  const bandwidthGbs = Number(row['mem_bandwidth_gbs']) || accelerator?.bandwidthGbs;
  const model = modelOf(row['model'] ?? '');
  const measured = Number(row['decode_tokens_per_s']);
  const weightBytes = model && weightBytesOf(row, model);
  if (!bandwidthGbs) return { label, why: 'its memory bandwidth is not known' };
  if (!model) return { label, why: 'the shape of the model is not known' };
  if (weightBytes === undefined) return { label, why: 'its quantisation is not known' };
  if (!(measured > 0)) return { label, why: 'nothing was measured' };
  const className = classOf(row);
  const features: DecodeFeatures = {
    class: className,
    bandwidthGbs,
    ...computeOf(accelerator),
    layers: model.shape.layers,
    hidden: model.shape.hidden,
    activeParametersBillion: model.active,
    mixture: model.active < 0.6 * model.total,
    weightBytes,
    ...batchOf(row, model),
    slowHost: /^(Pi|Radxa|HiFive)\b/.test(hardware) && className !== 'cpu',
  };
  return { features, measured, device: accelerator?.name ?? deviceName(hardware), label };
}

function computeOf(accelerator?: Accelerator): Pick<DecodeFeatures, 'vectorTflops' | 'matrixTflops'> {
  const { vectorTflops = null, matrixTflops = null } = accelerator ?? {};
  return { vectorTflops, matrixTflops };
}

function weightBytesOf(row: Row, model: Measured): number | undefined {
  const readGib = Number(row['bytes_read_per_token_gib']);
  if (readGib > 0) return readGib * 2 ** 30;
  const bits = bitsOf(row['quant'] ?? '');
  return bits === undefined ? undefined : (model.active * 1e9 * bits) / 8;
}

function batchOf(row: Row, model: Measured): Pick<DecodeFeatures, 'parallel' | 'cacheBytes'> {
  const parallel = Number(row['concurrency']) || 1;
  const context = Number(row['context']) || defaultContextTokens;
  return { parallel, cacheBytes: kvBytesOfSequence(model.shape, context) * parallel };
}

function prefillPoints(row: Row): (PrefillPoint | Skipped)[] {
  const hardware = row['hardware'] ?? '';
  const label = `${hardware}, ${row['model']}, ${row['quant']}`;
  const accelerator = findAccelerator(catalog, hardware);
  const model = modelOf(row['model'] ?? '');
  if (/\*\s*\d/.test(hardware))
    return [{ label, why: 'several GPUs share one prompt, which is not predicted' }];
  if (!accelerator || !isPrefillClass(accelerator.class)) return [{ label, why: 'its compute is not known' }];
  if (!model) return [{ label, why: 'the shape of the model is not known' }];
  const { class: className, vectorTflops, name } = accelerator;
  return [512, 1024, 4096, 8192]
    .map(promptTokens => ({ promptTokens, measured: Number(row[`prefill_tps_${promptTokens}`]) }))
    .filter(({ measured }) => measured > 0)
    .map(({ promptTokens, measured }) => ({
      features: {
        class: className,
        vectorTflops,
        activeParametersBillion: model.active,
        layers: model.shape.layers,
        hidden: model.shape.hidden,
        promptTokens,
        unpacked: (bitsOf(row['quant'] ?? '') ?? 0) >= 16,
      },
      measured,
      device: name,
      label: `${label}, ${promptTokens} tokens`,
    }));
}

function classOf(row: Row): MeasuredClass {
  if (row['device_class']?.endsWith('cpu')) return 'cpu';
  const named = acceleratorClassOf(catalog, row['hardware'] ?? '');
  return named ?? (row['device_class'] === 'edge-gpu' ? 'embedded' : 'other-gpu');
}

/** Names of the same computer differ in what follows its model. */
function deviceName(hardware: string): string {
  return hardware.replace(/\s*[-–(].*$/, '').trim();
}

const bitsByFormat: Readonly<Record<string, number>> = {
  Q4_0: 4.5,
  'Q4 GGUF': 4.8944,
  'GPTQ-Int8': 8,
  'AWQ-INT4': 4.25,
  W4A16: 4.25,
};

function bitsOf(quantisation: string): number | undefined {
  const known = catalog.quantisations.find(row => row.name === quantisation);
  return known?.bitsPerWeight ?? bitsByFormat[quantisation];
}

interface Measured {
  readonly total: number;
  readonly active: number;
  readonly shape: ModelShape;
}

/** Shapes that measurements name and the catalogue does not offer. */
const otherShapes: Readonly<Record<string, Measured>> = {
  'llama-2-7b': shaped(6.74, 32, 4096, 32, 128),
  'qwen3.6-27b': shaped(27, 64, 5120, 4, 256),
};

function shaped(billion: number, layers: number, hidden: number, kvHeads: number, headDim: number): Measured {
  const shape = {
    layers,
    hidden,
    heads: kvHeads,
    kvHeads,
    headDim,
    slidingWindow: null,
    fullContextLayers: layers,
  };
  return { total: billion, active: billion, shape };
}

/** The catalogue's model of that name, else its closest relative of the same size: llama-3-8b has the shape of 3.1. */
function modelOf(name: string): Measured | undefined {
  if (otherShapes[name]) return otherShapes[name];
  const size = /(\d+(?:\.\d+)?)b\b/.exec(name)?.[1];
  const family = /^[a-z]+(?:-r1)?/.exec(name)?.[0] ?? name;
  const model =
    catalog.openModels.find(candidate => candidate.id === name) ??
    catalog.openModels.find(candidate => candidate.id.startsWith(`${name}-`)) ??
    catalog.openModels.find(candidate => candidate.id.startsWith(family) && sizeOf(candidate) === size);
  return (
    model && { total: model.parametersBillion, active: model.activeParametersBillion, shape: model.shape }
  );
}

function sizeOf(model: OpenModel): string | undefined {
  return /(\d+(?:\.\d+)?)b\b/.exec(model.id)?.[1];
}
