/** A problem: how far each prediction is off, in the logarithm, for given parameters. */
type Residuals = (parameters: readonly number[]) => number[];

interface FitOptions {
  readonly start: readonly number[];
  /** Penalties that need no robust weight, such as the distance from a prior. */
  readonly priors: Residuals;
  /** Residuals beyond this count linearly, so that an outlier does not drag the fit. */
  readonly outlierAt: number;
  /** How much each residual counts. @default all 1 */
  readonly weights?: readonly number[];
  readonly steps?: number;
}

/** Levenberg–Marquardt with pseudo-Huber weights and a numeric Jacobian: small problems, a few dozen parameters. */
export function leastSquares(residuals: Residuals, options: FitOptions): number[] {
  const { priors, outlierAt, weights = [], steps = 60 } = options;
  const all = (p: readonly number[]): number[] => [
    ...residuals(p).map((r, i) => Math.sign(r) * Math.sqrt((weights[i] ?? 1) * pseudoHuber(r, outlierAt))),
    ...priors(p),
  ];
  let point = [...options.start];
  let errors = all(point);
  let cost = sumOfSquares(errors);
  let damping = 1e-2;
  for (let step = 0; step < steps && damping < 1e12; step++) {
    const move = gaussNewtonStep(all, point, errors, damping);
    const next = point.map((value, i) => value + (move[i] ?? 0));
    const nextErrors = all(next);
    const nextCost = sumOfSquares(nextErrors);
    if (nextCost < cost) {
      const gained = (cost - nextCost) / cost;
      [point, errors, cost, damping] = [next, nextErrors, nextCost, damping / 4];
      if (gained < 1e-5) break;
    } else damping *= 4;
  }
  return point;
}

function pseudoHuber(residual: number, outlierAt: number): number {
  return 2 * outlierAt ** 2 * (Math.sqrt(1 + (residual / outlierAt) ** 2) - 1);
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Solves (JᵀJ + damping · diag(JᵀJ)) · move = −Jᵀr. */
function gaussNewtonStep(
  all: Residuals,
  point: readonly number[],
  errors: readonly number[],
  damping: number,
): number[] {
  const width = 1e-6;
  const columns = point.map((_, i) => {
    const shifted = all(point.map((value, j) => (i === j ? value + width : value)));
    return shifted.map((value, row) => (value - (errors[row] ?? 0)) / width);
  });
  const matrix = columns.map((a, i) => columns.map((b, j) => dot(a, b) * (i === j ? 1 + damping : 1)));
  matrix.forEach((row, i) => (row[i] = (row[i] ?? 0) + 1e-12));
  return solve(
    matrix,
    columns.map(column => -dot(column, errors)),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** Gaussian elimination with partial pivoting. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let k = i + 1; k < n; k++) if (Math.abs(cell(k, i)) > Math.abs(cell(pivot, i))) pivot = k;
    [rows[i], rows[pivot]] = [rows[pivot] ?? [], rows[i] ?? []];
    for (let k = i + 1; k < n; k++) {
      const factor = cell(k, i) / cell(i, i);
      rows[k] = (rows[k] ?? []).map((value, j) => value - factor * cell(i, j));
    }
  }
  const result = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const known = result.reduce((sum, value, j) => (j > i ? sum + value * cell(i, j) : sum), 0);
    result[i] = (cell(i, n) - known) / cell(i, i);
  }
  return result;
}
