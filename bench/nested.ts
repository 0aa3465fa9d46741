import { deviceOf, leaveOut } from './errors';
import { asShipped } from './fit';
import type { Hold } from './fit';
import type { Point } from './points';

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
