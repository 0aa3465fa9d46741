import { leastSquares, solve } from '../../../tools/fit/least-squares';

const none = (): number[] => [];

describe('least squares', () => {
  it('solves linear equations whose first pivot is zero', () => {
    const [x, y] = solve(
      [
        [0, 2],
        [3, 1],
      ],
      [4, 5],
    );
    expect([x, y]).toEqual([1, 2]);
  });

  it('finds the parameters that made the points', () => {
    const points = [1, 2, 3, 5, 8].map(x => ({ x, y: 3 * Math.exp(-0.4 * x) }));
    const residuals = ([a = 0, b = 0]: readonly number[]): number[] =>
      points.map(({ x, y }) => a * Math.exp(b * x) - y);
    const [a, b] = leastSquares(residuals, { start: [1, -0.1], priors: none, outlierAt: 1 });
    expect(a).toBeCloseTo(3, 5);
    expect(b).toBeCloseTo(-0.4, 5);
  });

  it('is not dragged away by an outlier', () => {
    const values = [1, 1.01, 0.99, 1.02, 0.98, 50];
    const residuals = ([mean = 0]: readonly number[]): number[] => values.map(value => mean - value);
    const [mean] = leastSquares(residuals, { start: [5], priors: none, outlierAt: 0.05 });
    expect(mean).toBeCloseTo(1, 1);
  });

  it('leaves to the prior what the points do not decide', () => {
    const residuals = ([a = 0]: readonly number[]): number[] => [a - 2];
    const priors = ([, b = 0]: readonly number[]): number[] => [b - 7];
    const [a, b] = leastSquares(residuals, { start: [0, 0], priors, outlierAt: 1 });
    expect(a).toBeCloseTo(2, 5);
    expect(b).toBeCloseTo(7, 5);
  });
});
