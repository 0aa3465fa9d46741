import { acceleratorClasses } from '../../catalog';
import type { AcceleratorClass } from '../../catalog';
import { decodeRate } from '../../sizing/decode-model';
import type { CpuCoefficients, DecodeCoefficients, GpuCoefficients } from '../../sizing/decode-model';
import { prefillClasses, prefillRate } from '../../sizing/prefill-model';
import type { PrefillClass, PrefillClassCoefficients, PrefillCoefficients } from '../../sizing/prefill-model';
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
};
const cpuStart: CpuCoefficients = { bandwidthLoss: 0.2, compute: 6, thread: 6 };
const prefillStart = { rate: 800, unpackedGain: 1.25, attention: 13 };
const onceStart = { perWatt: 150, pipeline: 0.7 };

const gpuNames = ['bandwidthLoss', 'compute', 'layer', 'width'] as const;
const sharedNames = ['slowHostStep', 'slowHostShare', 'mixtureLayer', 'batchCompute', 'batchLayer'] as const;
const cpuNames = ['bandwidthLoss', 'compute', 'thread'] as const;
const prefillNames = ['rate', 'unpackedGain', 'attention'] as const;
const onceNames = ['perWatt', 'pipeline'] as const;

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
  const fitted = leastSquares(p => residuals(gpu, gpuCoefficients(p, cpu)), {
    start: [...origin, ...new Array<number>(gpuNames.length * acceleratorClasses.length).fill(0)],
    priors: p => [
      ...p.slice(origin.length).map(difference => hold.classes * classPenalty * difference),
      ...origin.map((value, i) => hold.starts * (penalties[i] ?? 0) * ((p[i] ?? 0) - value)),
    ],
    outlierAt: hold.outliers * outlierAt.gpu,
  });
  return gpuCoefficients(fitted, cpu);
}

function fitCpu(points: readonly DecodePoint[], hold: Hold): CpuCoefficients {
  const origin = starts(logs(cpuStart, cpuNames), hold);
  const rest = gpuCoefficients([], cpuStart);
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
  const fitted = leastSquares(
    p => points.map(point => Math.log(prefillRate(point.features, prefillCoefficients(p)) / point.measured)),
    {
      start: [...origin, ...new Array<number>(prefillNames.length * prefillClasses.length).fill(0)],
      priors: p => [
        ...p.slice(origin.length).map(difference => hold.classes * classPenalty * difference),
        ...origin.map((value, i) => hold.starts * startPenalty.prefill * ((p[i] ?? 0) - value)),
      ],
      outlierAt: hold.outliers * outlierAt.gpu,
      weights: points.map(({ features }) => (features.gpus > 1 ? severalWeight : 1)),
    },
  );
  return prefillCoefficients(fitted);
}

function starts(origin: readonly number[], { moveStarts }: Hold): readonly number[] {
  if (moveStarts === undefined) return origin;
  const random = seededRandom(moveStarts);
  return origin.map(value => value + (random() < 0.5 ? -1 : 1) * Math.LN2);
}

function residuals(points: readonly DecodePoint[], coefficients: DecodeCoefficients): number[] {
  return points.map(point => Math.log(decodeRate(point.features, coefficients) / point.measured));
}

function gpuCoefficients(p: readonly number[], cpu: CpuCoefficients): DecodeCoefficients {
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
    typical,
  };
}

function cpuCoefficients(p: readonly number[]): CpuCoefficients {
  const value = (i: number): number => Math.exp(p[i] ?? 0);
  return { bandwidthLoss: value(0), compute: value(1), thread: value(2) };
}

function prefillCoefficients(p: readonly number[]): PrefillCoefficients {
  const size = prefillNames.length;
  const once = (i: number): number => Math.exp(p[size + i] ?? 0);
  const ofClass = (name: PrefillClass): PrefillClassCoefficients => {
    const at = size + onceNames.length + prefillClasses.indexOf(name) * size;
    const value = (i: number): number => Math.exp((p[i] ?? 0) + (p[at + i] ?? 0));
    // Graphics boards of one chip are sold with limits far apart; modules of a data centre keep their clocks.
    const perWatt = name === 'nvidia-graphics' ? once(0) : null;
    return { rate: value(0), perWatt, unpackedGain: value(1), attention: value(2) };
  };
  return {
    classes: {
      'nvidia-graphics': ofClass('nvidia-graphics'),
      'nvidia-datacentre': ofClass('nvidia-datacentre'),
      apple: ofClass('apple'),
    },
    pipeline: once(1),
    typical: boards,
  };
}

function logs<N extends string>(values: Readonly<Record<N, number>>, names: readonly N[]): number[] {
  return names.map(name => Math.log(values[name]));
}
