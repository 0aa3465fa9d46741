import type { Point } from './point';

/** How far predictions are off, over one group of points. */
export interface ErrorSummary {
  readonly group: string;
  readonly points: number;
  readonly devices: number;
  /** Shares of the measured value. */
  readonly median: number;
  readonly p90: number;
  /** 90th percentile of promising too much; the planning floor divides by one plus this. */
  readonly overP90: number;
  readonly worst: number;
}

export interface Predicted<F, P = number> {
  readonly point: Point<F>;
  readonly predicted: P;
}

/** Predicts the points of each part with coefficients fitted to all other parts, less the points that are set aside. */
export function leaveOut<F, C, P>(
  points: readonly Point<F>[],
  partOf: (point: Point<F>) => string,
  fit: (points: readonly Point<F>[]) => C,
  predict: (features: F, coefficients: C) => P,
): Predicted<F, P>[] {
  const parts = [...new Set(points.map(partOf))].toSorted();
  return parts.flatMap(part => {
    const others = points.filter(point => partOf(point) !== part && point.aside === undefined);
    const coefficients = fit(others);
    return points
      .filter(point => partOf(point) === part)
      .map(point => ({ point, predicted: predict(point.features, coefficients) }));
  });
}

/** The part of a check that points of one accelerator or computer make. */
export function deviceOf({ device }: Point<unknown>): string {
  return device;
}

/** One summary a group, in the order of the names, and one over all. */
export function summarise<F>(
  predictions: readonly Predicted<F>[],
  groupOf: (point: Point<F>) => string,
): ErrorSummary[] {
  const groups = [...new Set(predictions.map(({ point }) => groupOf(point)))].toSorted();
  return [
    ...groups.map(group =>
      summary(
        group,
        predictions.filter(({ point }) => groupOf(point) === group),
      ),
    ),
    summary('all', predictions),
  ];
}

function summary<F>(group: string, predictions: readonly Predicted<F>[]): ErrorSummary {
  const signed = predictions.map(errorOf);
  const errors = signed.map(Math.abs);
  return {
    group,
    points: predictions.length,
    devices: new Set(predictions.map(({ point }) => point.device)).size,
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    overP90: Math.max(0, quantile(signed, 0.9)),
    worst: Math.max(0, ...errors),
  };
}

/** Share of the measured value that a prediction is above it. */
export function errorOf<F>({ point, predicted }: Predicted<F>): number {
  return predicted / point.measured - 1;
}

/** Linear between the two nearest ranks; 0 for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * q;
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below + (above - below) * (rank - Math.floor(rank));
}
