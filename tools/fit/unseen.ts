import { decodeRate } from '../../sizing/decode-model';
import type { DecodeCoefficients, DecodeFeatures } from '../../sizing/decode-model';
import { prefillRate } from '../../sizing/prefill-model';
import type { PrefillCoefficients, PrefillFeatures } from '../../sizing/prefill-model';
import { deviceOf, leaveOut } from './errors';
import type { Predicted } from './errors';
import { asShipped, fitDecode, fitPrefill } from './fit';
import type { Hold } from './fit';
import type { DecodePoint, Point, PrefillPoint } from './point';
import type { Points } from './points';

/** Ways to hold a fit: as it ships, and each factor three times as large or as small. */
const holds: readonly Hold[] = [
  asShipped,
  ...(['outliers', 'classes', 'starts'] as const).flatMap(name =>
    [1 / 3, 3].map(factor => ({ ...asShipped, [name]: factor })),
  ),
];

/** Parts that devices are dealt into when ways are compared. */
const folds = 5;

/**
 * A fit that chooses how it is held by how well it predicts devices that it leaves out of its own points. Where such a
 * fit is checked on a device, that device had no part in the choice.
 */
export function choosing<F, C>(
  fit: (points: readonly Point<F>[], hold: Hold) => C,
  rate: (features: F, coefficients: C) => number,
): (points: readonly Point<F>[]) => C {
  return points => {
    const devices = [...new Set(points.map(deviceOf))].toSorted();
    const foldOf = ({ device }: Point<F>): string => `${devices.indexOf(device) % folds}`;
    const cost = (hold: Hold): number =>
      leaveOut(points, foldOf, others => fit(others, hold), rate).reduce(
        (sum, { point, predicted }) => sum + Math.abs(Math.log(predicted / point.measured)),
        0,
      );
    const [best = { hold: asShipped }] = holds
      .map(hold => ({ hold, cost: cost(hold) }))
      .toSorted((a, b) => a.cost - b.cost);
    return fit(points, best.hold);
  };
}

/** Groups whose errors are told apart: batches and slow hosts are harder to predict than one sequence on a computer. */
export function decodeGroup({ features, aside }: DecodePoint): string {
  if (aside !== undefined) return 'set aside';
  if (features.parallel > 1) return 'batched';
  if (features.slowHost) return 'slow host';
  if (features.gpus > 1) return 'several GPUs';
  return features.sharedMemory ? 'shared cpu' : features.class;
}

export function promptGroup({ features, aside }: PrefillPoint): string {
  if (aside !== undefined) return 'set aside';
  if (features.gpus > 1) return 'several GPUs';
  return `${features.class} ${features.unpacked ? 'unpacked' : 'packed'}`;
}

/** How coefficients come from points. */
interface Fits {
  readonly decode: (points: readonly DecodePoint[]) => DecodeCoefficients;
  readonly prefill: (points: readonly PrefillPoint[]) => PrefillCoefficients;
}

/** By the penalties that ship. */
export const usual: Fits = { decode: given => fitDecode(given), prefill: given => fitPrefill(given) };
/** By penalties that are chosen anew for each device, without it. */
export const chosen: Fits = {
  decode: choosing(fitDecode, decodeRate),
  prefill: choosing(fitPrefill, prefillRate),
};

/** Points of chips that the fit told apart, each by a fit that has not seen its model on its device. */
export function ofMeasuredChips(
  points: readonly DecodePoint[],
  fit: Fits['decode'],
): Predicted<DecodeFeatures>[] {
  const { chips } = fit(points.filter(({ aside }) => aside === undefined));
  const partOf = ({ device, features }: DecodePoint): string =>
    `${device} ${features.layers} ${features.hidden} ${features.activeParametersBillion}`;
  const isPlain = ({ features, aside }: DecodePoint): boolean =>
    aside === undefined &&
    features.parallel === 1 &&
    features.gpus === 1 &&
    features.share === 1 &&
    !features.slowHost;
  return leaveOut(points, partOf, fit, decodeRate).filter(
    ({ point }) => isPlain(point) && (point.features.chip ?? '') in chips,
  );
}

/** Predictions of each point by a fit that has not seen its device. */
export interface LeftOut {
  readonly decode: readonly Predicted<DecodeFeatures>[];
  /** As if no table listed the hardware. */
  readonly unlisted: readonly Predicted<DecodeFeatures>[];
  readonly prefill: readonly Predicted<PrefillFeatures>[];
  readonly unlistedPrefill: readonly Predicted<PrefillFeatures>[];
}

export function leftOut(points: Points, fits: Fits): LeftOut {
  const { listed, unlisted } = decodeLeftOut(points.decode, fits.decode);
  return {
    decode: listed,
    unlisted,
    ...prefillLeftOut(points.prefill, fits.prefill),
  };
}

function prefillLeftOut(
  points: readonly PrefillPoint[],
  fit: Fits['prefill'],
): Pick<LeftOut, 'prefill' | 'unlistedPrefill'> {
  const predictions = leaveOut(points, deviceOf, fit, (features, coefficients) => ({
    listed: prefillRate(features, coefficients),
    unlisted: prefillRate({ ...features, vectorTflops: null, instructions: null, chip: null }, coefficients),
  }));
  return {
    prefill: predictions.map(({ point, predicted }) => ({ point, predicted: predicted.listed })),
    unlistedPrefill: predictions.map(({ point, predicted }) => ({ point, predicted: predicted.unlisted })),
  };
}

export function decodeLeftOut(
  points: readonly DecodePoint[],
  fit: Fits['decode'],
  partOf: (point: DecodePoint) => string = deviceOf,
): Record<'listed' | 'unlisted', Predicted<DecodeFeatures>[]> {
  const predictions = leaveOut(points, partOf, fit, (features, coefficients) => ({
    listed: decodeRate(features, coefficients),
    unlisted: decodeRate(
      { ...features, vectorTflops: null, matrixTflops: null, cores: null, chip: null },
      coefficients,
    ),
  }));
  return {
    listed: predictions.map(({ point, predicted }) => ({ point, predicted: predicted.listed })),
    unlisted: predictions.map(({ point, predicted }) => ({ point, predicted: predicted.unlisted })),
  };
}
