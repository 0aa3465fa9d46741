import { acceleratorClasses, cpuInstructions } from '../../catalog';
import type { AcceleratorClass } from '../../catalog';
import { decodeRate } from '../../sizing/decode-model';
import type {
  CpuCoefficients,
  DecodeCoefficients,
  GpuCoefficients,
  MeasuredClass,
} from '../../sizing/decode-model';
import { prefillRate } from '../../sizing/prefill-model';
import type { PrefillClassCoefficients, PrefillCoefficients } from '../../sizing/prefill-model';
import { leastSquares } from './least-squares';
import type { DecodePoint, PrefillPoint } from './point';
import { seededRandom } from '../seeded-random';
import { typicalBoards, typicalCompute } from './typical';

/** How tightly a fit is held: factors of what ships. */
export interface Hold {
  /** Of the error beyond which a point counts linearly. */
  readonly outliers: number;
  /** Of what a class pays for differing from the others. */
  readonly classes: number;
  /** Of what a shared coefficient pays for leaving its start. */
  readonly starts: number;
  /** Doubles or halves each start, by this seed; @default as they are */
  readonly moveStarts?: number;
}

export const asShipped: Hold = { outliers: 1, classes: 1, starts: 1 };

/** Beyond 15 % an error counts linearly; CPUs scatter more. */
const outlierAt = { gpu: 0.15, cpu: 0.3 };
/** How dearly a class pays for differing from the others, a factor of e in one coefficient. */
const classPenalty = 0.3;
/** How dearly a shared coefficient pays for leaving its start. */
const startPenalty = { gpu: 0.3, cpu: 0.1, prefill: 0.1 };
/** Few devices were measured in batches, so the expected share of peak compute counts for more. */
const batchPenalty = 1;
/** How dearly a chip pays for being faster or slower than its class, a factor of e. */
const chipPenalty = 0.5;
/** A prompt on several GPUs says less of each. */
const severalWeight = 0.25;

/** Where each fit starts, and what it returns to where points say little. */
const gpuStart: GpuCoefficients = { bandwidthLoss: 0.1, compute: 1.2, layer: 60, width: 300 };
const sharedStart = {
  slowHostStep: 0.9,
  slowHostShare: 0.5,
  mixtureLayer: 30,
  /** An eighth of peak compute. */
  batchCompute: 16,
  batchLayer: 20,
  severalLayer: 110,
  slicing: 1.1,
};
const cpuStart: CpuCoefficients = { bandwidthLoss: 0.5, sharedLoss: 1.5, compute: 5, thread: 4 };
const prefillStart = { rate: 800, unpackedGain: 1.4, attention: 13 };
const onceStart = {
  passing: 60,
  piece: 350,
  mixture: 1.5,
  slicing: 1.1,
  pipeline: 0.7,
  neon: 0.5,
  avx2: 0.7,
  avx512: 0.9,
  amx: 1.5,
};

const gpuNames = ['bandwidthLoss', 'compute', 'layer', 'width'] as const;
const sharedNames = [
  'slowHostStep',
  'slowHostShare',
  'mixtureLayer',
  'batchCompute',
  'batchLayer',
  'severalLayer',
  'slicing',
] as const;
const cpuNames = ['bandwidthLoss', 'sharedLoss', 'compute', 'thread'] as const;
const prefillNames = ['rate', 'unpackedGain', 'attention'] as const;
const onceNames = ['passing', 'piece', 'mixture', 'slicing', 'pipeline', ...cpuInstructions] as const;
/** Groups that prompts are predicted for. */
const prefillClasses: readonly MeasuredClass[] = [...acceleratorClasses, 'cpu'];

/** Coefficients that points may move, one by one; those of a class are held to the common ones. */
export const freeParameters = {
  decode: gpuNames.length * (1 + acceleratorClasses.length) + sharedNames.length + cpuNames.length,
  prefill: prefillNames.length * (1 + prefillClasses.length) + onceNames.length,
};

const typical = typicalCompute();
const boards = typicalBoards();

/** Coefficients of the decoding model from points, with classes held together where a class has few of its own. */
export function fitDecode(points: readonly DecodePoint[], hold = asShipped): DecodeCoefficients {
  const cpu = fitCpu(
    points.filter(point => point.features.class === 'cpu'),
    hold,
  );
  const gpu = points.filter(point => point.features.class !== 'cpu');
  const origin = starts([...logs(gpuStart, gpuNames), ...logs(sharedStart, sharedNames)], hold);
  const penalties = [...gpuNames, ...sharedNames].map(name =>
    name === 'batchCompute' ? batchPenalty : startPenalty.gpu,
  );
  const chips = chipsOf(gpu);
  const classes = gpuNames.length * acceleratorClasses.length;
  const chipsAt = origin.length + classes;
  const fitted = leastSquares(p => residuals(gpu, gpuCoefficients(p, cpu, chips)), {
    start: [...origin, ...new Array<number>(classes + chips.length).fill(0)],
    priors: p => [
      ...p.slice(origin.length, chipsAt).map(difference => hold.classes * classPenalty * difference),
      ...p.slice(chipsAt).map(difference => chipPenalty * difference),
      ...origin.map((value, i) => hold.starts * (penalties[i] ?? 0) * ((p[i] ?? 0) - value)),
    ],
    outlierAt: hold.outliers * outlierAt.gpu,
  });
  return gpuCoefficients(fitted, cpu, chips);
}

function fitCpu(points: readonly DecodePoint[], hold: Hold): CpuCoefficients {
  const origin = starts(logs(cpuStart, cpuNames), hold);
  const rest = gpuCoefficients([], cpuStart, []);
  const fitted = leastSquares(p => residuals(points, { ...rest, cpu: cpuCoefficients(p) }), {
    start: origin,
    priors: p => p.map((value, i) => hold.starts * startPenalty.cpu * (value - (origin[i] ?? 0))),
    outlierAt: hold.outliers * outlierAt.cpu,
  });
  return cpuCoefficients(fitted);
}

/** Coefficients of the prompt model from points, with classes held together as for decoding. */
export function fitPrefill(points: readonly PrefillPoint[], hold = asShipped): PrefillCoefficients {
  const origin = starts([...logs(prefillStart, prefillNames), ...logs(onceStart, onceNames)], hold);
  const chips = chipsOf(points);
  const classes = prefillNames.length * prefillClasses.length;
  const chipsAt = origin.length + classes;
  const fitted = leastSquares(
    p =>
      points.map(point =>
        Math.log(prefillRate(point.features, prefillCoefficients(p, chips)) / point.measured),
      ),
    {
      start: [...origin, ...new Array<number>(classes + chips.length).fill(0)],
      priors: p => [
        ...p.slice(origin.length, chipsAt).map(difference => hold.classes * classPenalty * difference),
        ...p.slice(chipsAt).map(difference => chipPenalty * difference),
        ...origin.map((value, i) => hold.starts * startPenalty.prefill * ((p[i] ?? 0) - value)),
      ],
      outlierAt: hold.outliers * outlierAt.gpu,
      weights: points.map(({ features }) => (features.gpus > 1 ? severalWeight : 1)),
    },
  );
  return prefillCoefficients(fitted, chips);
}

function starts(origin: readonly number[], { moveStarts }: Hold): readonly number[] {
  if (moveStarts === undefined) return origin;
  const random = seededRandom(moveStarts);
  return origin.map(value => value + (random() < 0.5 ? -1 : 1) * Math.LN2);
}

function residuals(points: readonly DecodePoint[], coefficients: DecodeCoefficients): number[] {
  return points.map(point => Math.log(decodeRate(point.features, coefficients) / point.measured));
}

/** Fewer points of a chip say more of themselves than of it. */
const fewestOfChip = 4;

/** Chips that were measured, by name. */
function chipsOf(
  points: readonly { readonly features: { readonly chip: string | null } }[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { features } of points) {
    if (features.chip !== null) counts.set(features.chip, (counts.get(features.chip) ?? 0) + 1);
  }
  return [...counts].flatMap(([chip, count]) => (count >= fewestOfChip ? [chip] : [])).toSorted();
}

function chipFactors(chips: readonly string[], differences: readonly number[]): Record<string, number> {
  return Object.fromEntries(chips.map((chip, i) => [chip, Math.exp(differences[i] ?? 0)]));
}

function gpuCoefficients(
  p: readonly number[],
  cpu: CpuCoefficients,
  chips: readonly string[],
): DecodeCoefficients {
  const size = gpuNames.length;
  const differencesAt = size + sharedNames.length;
  const ofClass = (name: AcceleratorClass): GpuCoefficients => {
    const at = differencesAt + acceleratorClasses.indexOf(name) * size;
    const value = (i: number): number => Math.exp((p[i] ?? 0) + (p[at + i] ?? 0));
    return { bandwidthLoss: value(0), compute: value(1), layer: value(2), width: value(3) };
  };
  const shared = (i: number): number => Math.exp(p[size + i] ?? 0);
  return {
    gpu: {
      'nvidia-graphics': ofClass('nvidia-graphics'),
      'nvidia-datacentre': ofClass('nvidia-datacentre'),
      apple: ofClass('apple'),
      embedded: ofClass('embedded'),
      'other-gpu': ofClass('other-gpu'),
    },
    cpu,
    slowHostStep: shared(0),
    slowHostShare: shared(1),
    mixtureLayer: shared(2),
    batchCompute: shared(3),
    batchLayer: shared(4),
    severalLayer: shared(5),
    slicing: shared(6),
    chips: chipFactors(chips, p.slice(differencesAt + size * acceleratorClasses.length)),
    typical,
  };
}

function cpuCoefficients(p: readonly number[]): CpuCoefficients {
  const value = (i: number): number => Math.exp(p[i] ?? 0);
  return { bandwidthLoss: value(0), sharedLoss: value(1), compute: value(2), thread: value(3) };
}

function prefillCoefficients(p: readonly number[], chips: readonly string[]): PrefillCoefficients {
  const size = prefillNames.length;
  const classesAt = size + onceNames.length;
  const once = (i: number): number => Math.exp(p[size + i] ?? 0);
  const ofClass = (name: MeasuredClass): PrefillClassCoefficients => {
    const at = classesAt + prefillClasses.indexOf(name) * size;
    const value = (i: number): number => Math.exp((p[i] ?? 0) + (p[at + i] ?? 0));
    return { rate: value(0), unpackedGain: value(1), attention: value(2) };
  };
  return {
    classes: {
      'nvidia-graphics': ofClass('nvidia-graphics'),
      'nvidia-datacentre': ofClass('nvidia-datacentre'),
      apple: ofClass('apple'),
      embedded: ofClass('embedded'),
      'other-gpu': ofClass('other-gpu'),
      cpu: ofClass('cpu'),
    },
    passing: once(0),
    piece: once(1),
    mixture: once(2),
    slicing: once(3),
    pipeline: once(4),
    instructions: { neon: once(5), avx2: once(6), avx512: once(7), amx: once(8) },
    chips: chipFactors(chips, p.slice(classesAt + size * prefillClasses.length)),
    typical: boards,
  };
}

function logs<N extends string>(values: Readonly<Record<N, number>>, names: readonly N[]): number[] {
  return names.map(name => Math.log(values[name]));
}
