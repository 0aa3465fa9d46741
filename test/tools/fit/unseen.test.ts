import type { Hold } from '../../../tools/fit/fit';
import { choosing } from '../../../tools/fit/unseen';
import type { Point } from '../../../tools/fit/point';

const points = [1, 2, 3, 4, 5, 6].map((value): Point<undefined> => ({
  features: undefined,
  measured: value < 6 ? 10 : 1000,
  device: `device ${value}`,
  source: '',
  label: '',
}));

/** The mean of what was measured, which an outlier drags where outliers count in full. */
function fit(given: readonly Point<undefined>[], { outliers }: Hold): number {
  const logs = given.map(({ measured }) => Math.min(Math.log(measured), Math.log(10) + outliers));
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

describe('a fit that chooses how it is held', () => {
  it('takes what predicts best the devices that it leaves out', () => {
    const chosen = choosing(fit, (_, mean) => mean)(points);
    expect(chosen).toBeCloseTo(10 * Math.exp(1 / 3 / 6), 9);
  });

  it('sees no points but those it is given', () => {
    const seen = new Set<string>();
    const spy = (given: readonly Point<undefined>[], hold: Hold): number => {
      given.forEach(({ device }) => seen.add(device));
      return fit(given, hold);
    };
    choosing(spy, (_, mean) => mean)(points.slice(0, 4));
    expect([...seen].toSorted()).toEqual(['device 1', 'device 2', 'device 3', 'device 4']);
  });
});
