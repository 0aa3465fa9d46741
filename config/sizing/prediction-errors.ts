import type { MeasuredClass } from './decode-model';
import type { PrefillClass } from './prefill-model';

/**
 * Written by `npm run bench -- fit` on 2026-11-24: how far predictions are off for a device that the fit has not seen, as
 * shares of the measured value.
 */
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
    median: 0.09143,
    p90: 0.281,
    overP90: 0.1977,
  },
  batched: {
    points: 15,
    devices: 3,
    median: 0.2253,
    p90: 1.007,
    overP90: 1.007,
  },
  cpu: {
    points: 17,
    devices: 10,
    median: 0.1485,
    p90: 0.3813,
    overP90: 0.317,
  },
  embedded: {
    points: 19,
    devices: 3,
    median: 0.1885,
    p90: 0.3459,
    overP90: 0.3459,
  },
  'nvidia-datacentre': {
    points: 51,
    devices: 7,
    median: 0.08737,
    p90: 0.2241,
    overP90: 0.2172,
  },
  'nvidia-graphics': {
    points: 49,
    devices: 17,
    median: 0.0727,
    p90: 0.1622,
    overP90: 0.1082,
  },
  'other-gpu': {
    points: 5,
    devices: 3,
    median: 0.327,
    p90: 0.376,
    overP90: 0.1988,
  },
  'slow host': {
    points: 18,
    devices: 10,
    median: 0.1202,
    p90: 0.2852,
    overP90: 0.2248,
  },
};

/** The same where compute is not known either and what is typical of the class stands in. */
export const unlistedDecodeErrors: Readonly<Record<MeasuredClass, PredictionError>> = {
  apple: {
    points: 16,
    devices: 6,
    median: 0.09399,
    p90: 0.3831,
    overP90: 0.2827,
  },
  cpu: {
    points: 17,
    devices: 10,
    median: 0.2566,
    p90: 1.248,
    overP90: 1.248,
  },
  embedded: {
    points: 19,
    devices: 3,
    median: 0.2445,
    p90: 0.3868,
    overP90: 0.2588,
  },
  'nvidia-datacentre': {
    points: 51,
    devices: 7,
    median: 0.1933,
    p90: 0.4812,
    overP90: 0.4812,
  },
  'nvidia-graphics': {
    points: 49,
    devices: 17,
    median: 0.06457,
    p90: 0.1927,
    overP90: 0.1354,
  },
  'other-gpu': {
    points: 5,
    devices: 3,
    median: 0.3485,
    p90: 0.4128,
    overP90: 0.2918,
  },
};

/** As above, for prompts: on one GPU by the width of the weights, and on several. */
export const prefillErrors: Readonly<
  Record<PrefillClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>
> & { readonly several: PredictionError } = {
  'nvidia-graphics': {
    packed: {
      points: 64,
      devices: 13,
      median: 0.07889,
      p90: 0.1668,
      overP90: 0.1458,
    },
    unpacked: {
      points: 31,
      devices: 8,
      median: 0.1344,
      p90: 0.2373,
      overP90: 0.1978,
    },
  },
  'nvidia-datacentre': {
    packed: {
      points: 24,
      devices: 3,
      median: 0.05324,
      p90: 0.08879,
      overP90: 0.05892,
    },
    unpacked: {
      points: 8,
      devices: 2,
      median: 0.07251,
      p90: 0.1515,
      overP90: 0.1515,
    },
  },
  apple: {
    packed: {
      points: 27,
      devices: 4,
      median: 0.134,
      p90: 0.4129,
      overP90: 0.4129,
    },
    unpacked: {
      points: 16,
      devices: 3,
      median: 0.05188,
      p90: 0.1986,
      overP90: 0.1982,
    },
  },
  several: {
    points: 204,
    devices: 11,
    median: 0.1601,
    p90: 0.5265,
    overP90: 0.5265,
  },
};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = {
  apple: [68.3, 800],
  cpu: [10.7, 333],
  embedded: [204.8, 273],
  'nvidia-datacentre': [732, 8000],
  'nvidia-graphics': [96, 1792],
  'other-gpu': [256, 800],
};
