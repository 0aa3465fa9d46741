import type { MeasuredClass } from './decode-model';

/**
 * Written by `npm run fit` on 2026-11-30: how far predictions are off for a device that the fit has not
 * seen, as shares of the measured value. Where few devices were measured, errors of other groups widen it.
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
  readonly activeParametersBillion: readonly [number, number];
}

/**
 * Each device left out in turn; batches, slow hosts, several GPUs and cores that share memory with others apart. Of chips
 * that were measured with other models, each model left out in turn.
 */
export const decodeErrors: Readonly<
  Record<
    MeasuredClass | 'measured chip' | 'shared cpu' | 'several GPUs' | 'batched' | 'slow host',
    PredictionError
  >
> = {
  apple: { points: 19, devices: 9, median: 0.08629, p90: 0.2648, overP90: 0.2583 },
  batched: { points: 19, devices: 4, median: 0.2386, p90: 1.821, overP90: 1.821 },
  cpu: { points: 27, devices: 9, median: 0.1659, p90: 0.3871, overP90: 0.3846 },
  embedded: { points: 44, devices: 4, median: 0.1017, p90: 0.3554, overP90: 0.3043 },
  'nvidia-datacentre': { points: 65, devices: 9, median: 0.1331, p90: 0.3926, overP90: 0.3537 },
  'nvidia-graphics': { points: 102, devices: 22, median: 0.07563, p90: 0.3458, overP90: 0.2768 },
  'other-gpu': { points: 6, devices: 4, median: 0.2589, p90: 0.3962, overP90: 0.2045 },
  'several GPUs': { points: 55, devices: 11, median: 0.06329, p90: 0.2519, overP90: 0.1635 },
  'shared cpu': { points: 221, devices: 23, median: 0.1692, p90: 0.5568, overP90: 0.5568 },
  'slow host': { points: 18, devices: 10, median: 0.1195, p90: 0.3458, overP90: 0.2684 },
  'measured chip': { points: 196, devices: 26, median: 0.09246, p90: 0.2378, overP90: 0.1955 },
};

/** The same where compute is not known either and what is typical of the class stands in. */
export const unlistedDecodeErrors: Readonly<Record<MeasuredClass, PredictionError>> = {
  apple: { points: 19, devices: 9, median: 0.07844, p90: 0.6405, overP90: 0.6405 },
  cpu: { points: 27, devices: 9, median: 0.2636, p90: 1.382, overP90: 1.382 },
  embedded: { points: 44, devices: 4, median: 0.3127, p90: 1.711, overP90: 1.711 },
  'nvidia-datacentre': { points: 65, devices: 9, median: 0.1648, p90: 0.8101, overP90: 0.8101 },
  'nvidia-graphics': { points: 102, devices: 22, median: 0.0812, p90: 0.467, overP90: 0.4662 },
  'other-gpu': { points: 6, devices: 4, median: 0.3257, p90: 1.711, overP90: 1.711 },
};

/**
 * As above, for prompts: on one GPU or CPU by the width of the weights, on several, and where no table lists the
 * hardware. Where none of a group was measured, no points and no devices: the errors of all.
 */
export const prefillErrors: Readonly<
  Record<MeasuredClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>
> & { readonly several: PredictionError; readonly unlisted: PredictionError } = {
  'nvidia-graphics': {
    packed: { points: 185, devices: 6, median: 0.2162, p90: 0.4032, overP90: 0.2649 },
    unpacked: { points: 0, devices: 0, median: 0.1774, p90: 0.4472, overP90: 0.3177 },
  },
  'nvidia-datacentre': {
    packed: { points: 69, devices: 4, median: 0.09465, p90: 0.7295, overP90: 0.7295 },
    unpacked: { points: 0, devices: 0, median: 0.1774, p90: 0.4472, overP90: 0.3177 },
  },
  apple: {
    packed: { points: 32, devices: 6, median: 0.1321, p90: 0.5009, overP90: 0.4864 },
    unpacked: { points: 16, devices: 3, median: 0.1574, p90: 0.3588, overP90: 0.3336 },
  },
  embedded: {
    packed: { points: 12, devices: 1, median: 0.2276, p90: 0.469, overP90: 0.2814 },
    unpacked: { points: 0, devices: 0, median: 0.1774, p90: 0.4472, overP90: 0.3177 },
  },
  'other-gpu': {
    packed: { points: 1, devices: 1, median: 0.3422, p90: 0.4157, overP90: 0.2814 },
    unpacked: { points: 0, devices: 0, median: 0.1774, p90: 0.4472, overP90: 0.3177 },
  },
  cpu: {
    packed: { points: 297, devices: 22, median: 0.1523, p90: 0.4431, overP90: 0.3733 },
    unpacked: { points: 0, devices: 0, median: 0.1774, p90: 0.4472, overP90: 0.3177 },
  },
  several: { points: 265, devices: 11, median: 0.2084, p90: 0.4813, overP90: 0.2953 },
  unlisted: { points: 877, devices: 41, median: 0.4628, p90: 0.8261, overP90: 0.7079 },
};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = {
  apple: [68.3, 819],
  cpu: [10.7, 844.8],
  embedded: [204.8, 273],
  'nvidia-datacentre': [900, 8000],
  'nvidia-graphics': [37.5, 1792],
  'other-gpu': [256, 960],
};

/** Smallest and largest of what prompts depend on, among the points on one GPU or CPU; outside it, or where there is none, a prediction extrapolates. */
export const prefillRange: Readonly<Record<MeasuredClass, PrefillRange | null>> = {
  'nvidia-graphics': {
    vectorTflops: [3.7875, 120],
    activeParametersBillion: [2.51, 70.55],
  },
  'nvidia-datacentre': {
    vectorTflops: [31.4, 51],
    activeParametersBillion: [2.51, 70.55],
  },
  apple: {
    vectorTflops: [2.3, 28.2],
    activeParametersBillion: [1.1, 70.55],
  },
  embedded: {
    vectorTflops: [31, 31],
    activeParametersBillion: [3.3, 7.62],
  },
  'other-gpu': {
    vectorTflops: [30.7, 30.7],
    activeParametersBillion: [8.03, 8.03],
  },
  cpu: {
    vectorTflops: [0.172, 21.504],
    activeParametersBillion: [2.51, 70.55],
  },
};
