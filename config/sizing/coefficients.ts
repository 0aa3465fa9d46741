import type { DecodeCoefficients, MeasuredClass } from './decode-model';
import type { PrefillClass, PrefillCoefficients } from './prefill-model';

/**
 * Fitted on 2026-11-24 by `npm run bench -- fit` to 180 decoding and 182 prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '2026-11-24';

export const decodeCoefficients: DecodeCoefficients = {
  classes: {
    'nvidia-graphics': {
      bandwidthLoss: 0.03638,
      compute: 0.9815,
      layer: 44.11,
      width: 314.4,
    },
    'nvidia-datacentre': {
      bandwidthLoss: 0.03959,
      compute: 1.055,
      layer: 50.09,
      width: 1285,
    },
    apple: {
      bandwidthLoss: 0.03648,
      compute: 0.9861,
      layer: 95.52,
      width: 471,
    },
    embedded: {
      bandwidthLoss: 0.03528,
      compute: 0.9131,
      layer: 63.27,
      width: 375.4,
    },
    'other-gpu': {
      bandwidthLoss: 0.03857,
      compute: 1.029,
      layer: 53.16,
      width: 1151,
    },
    cpu: {
      bandwidthLoss: 0.2723,
      layer: 1112,
      compute: 0,
      width: 0,
    },
  },
  slowHostLayer: 43.19,
  mixtureLayer: 21.83,
  batchCompute: 21.39,
  batchLayer: 9.71,
  batchExperts: 0.4811,
  typicalTflops: {
    'nvidia-graphics': {
      vector: 0.03921,
      matrix: 0.08734,
    },
    'nvidia-datacentre': {
      vector: 0.01298,
      matrix: 0.153,
    },
    apple: {
      vector: 0.0315,
      matrix: 0.0315,
    },
    embedded: {
      vector: 0.01855,
      matrix: 0.1465,
    },
    'other-gpu': {
      vector: 0.0308,
      matrix: 0.09004,
    },
    cpu: {
      vector: 0,
      matrix: 0,
    },
  },
};

export const prefillCoefficients: PrefillCoefficients = {
  'nvidia-graphics': {
    rate: 3767,
    exponent: 0.5773,
    unpackedGain: 1.167,
    attention: 5.977,
  },
  'nvidia-datacentre': {
    rate: 1046,
    exponent: 1.074,
    unpackedGain: 1.106,
    attention: 4.707,
  },
  apple: {
    rate: 345.6,
    exponent: 0.9788,
    unpackedGain: 1.203,
    attention: 2.459,
  },
};

/** How far predictions are off for a device that the fit has not seen, as shares of the measured value. */
export interface PredictionError {
  readonly points: number;
  readonly devices: number;
  readonly median: number;
  readonly p90: number;
  /** 90th percentile of promising too much. */
  readonly overP90: number;
}

/** Each device left out in turn; batches and slow hosts apart from one sequence on a computer. */
export const decodeErrors: Readonly<Record<MeasuredClass | 'batched' | 'slow host', PredictionError>> = {
  apple: {
    points: 16,
    devices: 6,
    median: 0.08762,
    p90: 0.2258,
    overP90: 0.1815,
  },
  batched: {
    points: 14,
    devices: 2,
    median: 0.2435,
    p90: 1.703,
    overP90: 1.703,
  },
  cpu: {
    points: 6,
    devices: 5,
    median: 0.2156,
    p90: 0.731,
    overP90: 0.6711,
  },
  embedded: {
    points: 19,
    devices: 3,
    median: 0.1379,
    p90: 0.3934,
    overP90: 0.3911,
  },
  'nvidia-datacentre': {
    points: 51,
    devices: 7,
    median: 0.1041,
    p90: 0.219,
    overP90: 0.2114,
  },
  'nvidia-graphics': {
    points: 51,
    devices: 18,
    median: 0.07245,
    p90: 0.2252,
    overP90: 0.2055,
  },
  'other-gpu': {
    points: 5,
    devices: 3,
    median: 0.321,
    p90: 0.4538,
    overP90: 0,
  },
  'slow host': {
    points: 18,
    devices: 10,
    median: 0.2011,
    p90: 0.3989,
    overP90: 0.3989,
  },
};

export const prefillErrors: Readonly<
  Record<PrefillClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>
> = {
  apple: {
    packed: {
      points: 27,
      devices: 4,
      median: 0.1411,
      p90: 0.4475,
      overP90: 0.4475,
    },
    unpacked: {
      points: 16,
      devices: 3,
      median: 0.07741,
      p90: 0.2163,
      overP90: 0.2163,
    },
  },
  'nvidia-datacentre': {
    packed: {
      points: 24,
      devices: 3,
      median: 0.03786,
      p90: 0.09963,
      overP90: 0.06493,
    },
    unpacked: {
      points: 12,
      devices: 3,
      median: 0.3911,
      p90: 9.644,
      overP90: 9.644,
    },
  },
  'nvidia-graphics': {
    packed: {
      points: 68,
      devices: 13,
      median: 0.1374,
      p90: 0.302,
      overP90: 0.302,
    },
    unpacked: {
      points: 35,
      devices: 9,
      median: 0.1392,
      p90: 0.3732,
      overP90: 0.3732,
    },
  },
};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = {
  apple: [68.3, 800],
  cpu: [17.1, 333],
  embedded: [204.8, 273],
  'nvidia-datacentre': [732, 8000],
  'nvidia-graphics': [96, 1792],
  'other-gpu': [256, 800],
};
