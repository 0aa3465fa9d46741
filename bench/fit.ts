import { catalog } from '../config/catalog';
import type { DecodeCoefficients, DecodeFeatures, MeasuredClass } from '../config/sizing/decode-model';
import { stepMilliseconds } from '../config/sizing/decode-model';
import type { PrefillClassCoefficients, PrefillCoefficients } from '../config/sizing/prefill-model';
import { prefillClasses, prefillRate } from '../config/sizing/prefill-model';
import { leastSquares } from './least-squares';
import type { DecodePoint, PrefillPoint } from './points';

/** Beyond 15 % an error counts linearly. */
const outlierAt = 0.15;
/** How dearly a class pays for differing from the others, a factor of e in one coefficient. */
const classPenalty = 0.3;
/** How dearly a shared coefficient pays for leaving its start; only holds what the points do not decide. */
const startPenalty = 0.1;

const gpuClasses = ['nvidia-graphics', 'nvidia-datacentre', 'apple', 'embedded', 'other-gpu'] as const;

const own = ['bandwidthLoss', 'compute', 'layer', 'width'] as const;
const shared = ['slowHostLayer', 'mixtureLayer', 'batchCompute', 'batchLayer', 'batchExperts'] as const;
const start = {
  bandwidthLoss: 0.15,
  compute: 2,
  layer: 70,
  width: 200,
  slowHostLayer: 50,
  mixtureLayer: 50,
  batchCompute: 8,
  batchLayer: 20,
  batchExperts: 0.5,
};
/** A CPU computes as it reads, so only reading and the layers are told apart. */
const cpuStart = { bandwidthLoss: 0.5, layer: 800 };

/** Coefficients of the decoding model from points, with classes held together where a class has few of its own. */
export function fitDecode(points: readonly DecodePoint[]): DecodeCoefficients {
  const gpu = points.filter(point => point.features.class !== 'cpu');
  const cpu = points.filter(point => point.features.class === 'cpu');
  const origin = [...own, ...shared].map(name => Math.log(start[name]));
  const differences = gpuClasses.length * own.length;
  const fitted = leastSquares(p => residuals(gpu, gpuCoefficients(p)), {
    start: [...origin, ...new Array<number>(differences).fill(0)],
    priors: p => [
      ...p.slice(origin.length).map(difference => classPenalty * difference),
      ...origin.map((value, i) => startPenalty * ((p[i] ?? 0) - value)),
    ],
    outlierAt,
  });
  const cpuOrigin = [Math.log(cpuStart.bandwidthLoss), Math.log(cpuStart.layer)];
  const cpuFitted = leastSquares(p => residuals(cpu, withCpu(gpuCoefficients(fitted), p)), {
    start: cpuOrigin,
    priors: p => p.map((value, i) => startPenalty * (value - (cpuOrigin[i] ?? 0))),
    outlierAt,
  });
  return withCpu(gpuCoefficients(fitted), cpuFitted);
}

/** Coefficients of the prompt model from points, with classes held together as for decoding. */
export function fitPrefill(points: readonly PrefillPoint[]): PrefillCoefficients {
  const origin = [1000, 0.9, 1.15, 4].map(Math.log);
  const size = origin.length;
  const ofClass = (p: readonly number[], index: number): PrefillClassCoefficients => {
    const value = (i: number): number => Math.exp((p[i] ?? 0) + (p[size + index * size + i] ?? 0));
    return { rate: value(0), exponent: value(1), unpackedGain: value(2), attention: value(3) };
  };
  const coefficients = (p: readonly number[]): PrefillCoefficients => ({
    'nvidia-graphics': ofClass(p, 0),
    'nvidia-datacentre': ofClass(p, 1),
    apple: ofClass(p, 2),
  });
  const fitted = leastSquares(
    p => points.map(point => Math.log(prefillRate(point.features, coefficients(p)) / point.measured)),
    {
      start: [...origin, ...new Array<number>(size * prefillClasses.length).fill(0)],
      priors: p => [
        ...p.slice(size).map(difference => classPenalty * difference),
        ...origin.map((value, i) => startPenalty * ((p[i] ?? 0) - value)),
      ],
      outlierAt,
    },
  );
  return coefficients(fitted);
}

/** Tokens a second of all sequences together, as the coefficients predict them. */
export function predictedRate(features: DecodeFeatures, coefficients: DecodeCoefficients): number {
  return (1e3 * features.parallel) / stepMilliseconds(features, coefficients);
}

function residuals(points: readonly DecodePoint[], coefficients: DecodeCoefficients): number[] {
  return points.map(point => Math.log(predictedRate(point.features, coefficients) / point.measured));
}

function gpuCoefficients(p: readonly number[]): DecodeCoefficients {
  const common = (i: number): number => p[i] ?? 0;
  const sharedAt = own.length;
  const differencesAt = sharedAt + shared.length;
  const ofClass = (index: number): DecodeCoefficients['classes'][MeasuredClass] => {
    const value = (i: number): number => Math.exp(common(i) + common(differencesAt + index * own.length + i));
    return { bandwidthLoss: value(0), compute: value(1), layer: value(2), width: value(3) };
  };
  const value = (i: number): number => Math.exp(common(sharedAt + i));
  return {
    classes: {
      'nvidia-graphics': ofClass(0),
      'nvidia-datacentre': ofClass(1),
      apple: ofClass(2),
      embedded: ofClass(3),
      'other-gpu': ofClass(4),
      cpu: { ...cpuStart, compute: 0, width: 0 },
    },
    slowHostLayer: value(0),
    mixtureLayer: value(1),
    batchCompute: value(2),
    batchLayer: value(3),
    batchExperts: value(4),
    typicalTflops,
  };
}

function withCpu(coefficients: DecodeCoefficients, p: readonly number[]): DecodeCoefficients {
  const cpu = { bandwidthLoss: Math.exp(p[0] ?? 0), layer: Math.exp(p[1] ?? 0), compute: 0, width: 0 };
  return { ...coefficients, classes: { ...coefficients.classes, cpu } };
}

const typicalTflops: DecodeCoefficients['typicalTflops'] = {
  'nvidia-graphics': typicalOf('nvidia-graphics'),
  'nvidia-datacentre': typicalOf('nvidia-datacentre'),
  apple: typicalOf('apple'),
  embedded: typicalOf('embedded'),
  'other-gpu': typicalOf('other-gpu'),
  cpu: { vector: 0, matrix: 0 },
};

function typicalOf(name: MeasuredClass): { vector: number; matrix: number } {
  const members = catalog.accelerators.filter(accelerator => accelerator.class === name);
  const lowerQuartile = (ratios: number[]): number =>
    ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 4)] ?? 0;
  return {
    vector: lowerQuartile(members.map(member => member.vectorTflops / member.bandwidthGbs)),
    matrix: lowerQuartile(members.map(member => member.matrixTflops / member.bandwidthGbs)),
  };
}
