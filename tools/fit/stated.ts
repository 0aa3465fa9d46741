import { fewestDevices } from '../../sizing';
import { errorOf, quantile, summarise } from './errors';
import type { Predicted } from './errors';
import type { Point } from './point';

/** The error that users are told of a group, as shares of the measured value. */
interface StatedError {
  /** Nine points in ten of a device that was not seen are within this. */
  readonly p90: number;
  /** Of nine points in ten, no more than this is promised too much. */
  readonly overP90: number;
}

export interface GroupError extends StatedError {
  readonly group: string;
  readonly points: number;
  readonly devices: number;
  readonly median: number;
}

/** How often what is stated held for devices whose points had no part in stating it, as shares of the points. */
interface Coverage extends GroupError {
  /** Within the 90th percentile of the group's own errors, which is not what is stated. */
  readonly withinOwn: number;
  readonly withinP90: number;
  readonly withinOverP90: number;
}

const asked = 0.9;
/** Errors of all groups count as much as this many devices of the group: as many as make a group more than extrapolated. */
const borrowedDevices = fewestDevices;

/**
 * The 90th percentile of a group's own errors covers too little of the next device where few were measured, so errors of
 * all groups may widen it. They never narrow it.
 */
function statedError<F>(own: readonly Predicted<F>[], all: readonly Predicted<F>[]): StatedError {
  const devices = new Set(own.map(({ point }) => point.device)).size;
  const widened = (sizeOf: (prediction: Predicted<F>) => number): number => {
    const mixed = [...spread(own.map(sizeOf), devices), ...spread(all.map(sizeOf), borrowedDevices)];
    return Math.max(quantile(own.map(sizeOf), asked), weightedQuantile(mixed, asked));
  };
  return { p90: widened(absoluteError), overP90: widened(prediction => Math.max(0, errorOf(prediction))) };
}

function spread(values: readonly number[], weight: number): Weighted[] {
  return values.map(value => ({ value, weight: weight / values.length }));
}

function absoluteError<F>(prediction: Predicted<F>): number {
  return Math.abs(errorOf(prediction));
}

/** What is stated of each group, in the order of the names. Points that are set aside have no part in it. */
export function statedErrors<F>(
  predictions: readonly Predicted<F>[],
  groupOf: (point: Point<F>) => string,
): GroupError[] {
  const all = fittedTo(predictions);
  return summarise(all, groupOf)
    .filter(({ group }) => group !== 'all')
    .map(({ group, points, devices, median }) => {
      const own = all.filter(({ point }) => groupOf(point) === group);
      return { group, points, devices, median, ...statedError(own, all) };
    });
}

/** The same, and how it does when each device is left out of the stating. */
export function coverage<F>(
  predictions: readonly Predicted<F>[],
  groupOf: (point: Point<F>) => string,
): Coverage[] {
  const all = fittedTo(predictions);
  return statedErrors(all, groupOf).map(stated => {
    const own = all.filter(({ point }) => groupOf(point) === stated.group);
    const held = own.map(prediction => {
      const others = (each: Predicted<F>): boolean => each.point.device !== prediction.point.device;
      const without = statedError(own.filter(others), all.filter(others));
      const ownP90 = quantile(own.filter(others).map(absoluteError), asked);
      const error = absoluteError(prediction);
      return {
        own: error <= ownP90,
        p90: error <= without.p90,
        overP90: errorOf(prediction) <= without.overP90,
      };
    });
    const share = (name: 'own' | 'p90' | 'overP90'): number =>
      held.filter(each => each[name]).length / held.length;
    return { ...stated, withinOwn: share('own'), withinP90: share('p90'), withinOverP90: share('overP90') };
  });
}

function fittedTo<F>(predictions: readonly Predicted<F>[]): Predicted<F>[] {
  return predictions.filter(({ point }) => point.aside === undefined);
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Linear between the middles of the weights; 0 for no values. */
export function weightedQuantile(values: readonly Weighted[], q: number): number {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  const ranked = sorted.map(({ value, weight }) => {
    before += weight;
    return { value, rank: (before - weight / 2) / total };
  });
  const above = ranked.find(({ rank }) => rank >= q) ?? ranked.at(-1);
  const below = ranked.findLast(({ rank }) => rank < q) ?? ranked[0];
  if (!above || !below) return 0;
  if (above.rank <= q || below.rank >= q) return above.value;
  return below.value + ((above.value - below.value) * (q - below.rank)) / (above.rank - below.rank);
}
