import type { MeasuredClass } from './decode-model';
import type { PrefillClass } from './prefill-model';

/**
 * Written by `npm run fit` on 2026-11-26: how far predictions are off for a device that neither the fit nor its
 * penalties have seen, as shares of the measured value. Where few devices were measured, errors of other groups widen it.
 */
export interface PredictionError {
  readonly points: number;
  readonly devices: number;
  readonly median: number;
  /** Nine points in ten of the next device are to be within it; how often they are, `npm run bench` says. */
  readonly p90: number;
  /** The same for promising too much. */
  readonly overP90: number;
}

interface PrefillRange {
  readonly vectorTflops: readonly [number, number];
  /** Null where no power limit is known. */
  readonly boardWatt: readonly [number, number] | null;
  readonly activeParametersBillion: readonly [number, number];
}

/** Each device left out in turn; batches and slow hosts apart from one sequence on a computer. */
export const decodeErrors: Readonly<Record<MeasuredClass | 'batched' | 'slow host', PredictionError>> = {
  apple: {
    points: 16,
    devices: 6,
    median: 0.0988,
    p90: 0.2969,
    overP90: 0.2908,
  },
  batched: {
    points: 15,
    devices: 3,
    median: 0.2349,
    p90: 1.018,
    overP90: 1.005,
  },
  cpu: {
    points: 17,
    devices: 9,
    median: 0.1245,
    p90: 0.3968,
    overP90: 0.3787,
  },
  embedded: {
    points: 19,
    devices: 3,
    median: 0.1719,
    p90: 0.3914,
    overP90: 0.3914,
  },
  'nvidia-datacentre': {
    points: 51,
    devices: 7,
    median: 0.08624,
    p90: 0.3071,
    overP90: 0.2874,
  },
  'nvidia-graphics': {
    points: 49,
    devices: 17,
    median: 0.07556,
    p90: 0.1923,
    overP90: 0.121,
  },
  'other-gpu': {
    points: 5,
    devices: 3,
    median: 0.3467,
    p90: 0.4196,
    overP90: 0.1836,
  },
  'slow host': {
    points: 18,
    devices: 10,
    median: 0.1065,
    p90: 0.3833,
    overP90: 0.362,
  },
};

/** The same where compute is not known either and what is typical of the class stands in. */
export const unlistedDecodeErrors: Readonly<Record<MeasuredClass, PredictionError>> = {
  apple: {
    points: 16,
    devices: 6,
    median: 0.1012,
    p90: 0.4478,
    overP90: 0.4476,
  },
  cpu: {
    points: 17,
    devices: 9,
    median: 0.2545,
    p90: 1.243,
    overP90: 1.243,
  },
  embedded: {
    points: 19,
    devices: 3,
    median: 0.2573,
    p90: 0.4486,
    overP90: 0.388,
  },
  'nvidia-datacentre': {
    points: 51,
    devices: 7,
    median: 0.1971,
    p90: 0.5438,
    overP90: 0.5438,
  },
  'nvidia-graphics': {
    points: 49,
    devices: 17,
    median: 0.06596,
    p90: 0.2442,
    overP90: 0.1612,
  },
  'other-gpu': {
    points: 5,
    devices: 3,
    median: 0.3643,
    p90: 0.4405,
    overP90: 0.3253,
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
      median: 0.0513,
      p90: 0.1647,
      overP90: 0.1507,
    },
    unpacked: {
      points: 31,
      devices: 8,
      median: 0.06145,
      p90: 0.2301,
      overP90: 0.2149,
    },
  },
  'nvidia-datacentre': {
    packed: {
      points: 24,
      devices: 3,
      median: 0.0358,
      p90: 0.2214,
      overP90: 0.1725,
    },
    unpacked: {
      points: 8,
      devices: 2,
      median: 0.04144,
      p90: 0.2328,
      overP90: 0.2056,
    },
  },
  apple: {
    packed: {
      points: 27,
      devices: 4,
      median: 0.1185,
      p90: 0.41,
      overP90: 0.41,
    },
    unpacked: {
      points: 16,
      devices: 3,
      median: 0.0545,
      p90: 0.2214,
      overP90: 0.2156,
    },
  },
  several: {
    points: 204,
    devices: 11,
    median: 0.1438,
    p90: 0.5722,
    overP90: 0.5722,
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

/** Smallest and largest of what prompts depend on, among the points on one GPU; outside it a prediction extrapolates. */
export const prefillRange: Readonly<Record<PrefillClass, PrefillRange>> = {
  'nvidia-graphics': {
    vectorTflops: [20.3, 91.6],
    boardWatt: [130, 450],
    activeParametersBillion: [8.03, 70.55],
  },
  'nvidia-datacentre': {
    vectorTflops: [39, 51],
    boardWatt: [300, 400],
    activeParametersBillion: [8.03, 70.55],
  },
  apple: {
    vectorTflops: [2.3, 27.2],
    boardWatt: null,
    activeParametersBillion: [8.03, 70.55],
  },
};
