import type { Predicted } from '../../../tools/fit/errors';
import { coverage, statedErrors, weightedQuantile } from '../../../tools/fit/stated';

/** Measured at 100, predicted too high by so many percent. */
function predictions(
  group: string,
  device: string,
  ...percents: readonly number[]
): Predicted<{ group: string }>[] {
  return percents.map(percent => ({
    point: { features: { group }, measured: 100, device, source: '', label: device },
    predicted: 100 + percent,
  }));
}

const groupOf = ({ features }: { features: { group: string } }): string => features.group;

describe('a quantile of weighted values', () => {
  it.each([
    [0.5, 2],
    [0.25, 4 / 3],
    [0, 1],
    [1, 3],
  ])('at %d of 1, 2 (twice as heavy) and 3 is %d', (q, expected) => {
    const values = [
      { value: 3, weight: 1 },
      { value: 1, weight: 1 },
      { value: 2, weight: 2 },
    ];
    expect(weightedQuantile(values, q)).toBeCloseTo(expected, 9);
  });

  it('of no values is 0', () => {
    expect(weightedQuantile([], 0.9)).toBe(0);
  });
});

describe('the stated error', () => {
  const wide = ['a', 'b', 'c', 'd', 'e'].flatMap(device => predictions('wide', device, 50, -50));
  const narrow = [...predictions('narrow', 'f', 1, -1), ...predictions('narrow', 'g', 2, -2)];

  it('of a group with few devices is widened by the errors of others', () => {
    const [few] = statedErrors([...narrow, ...wide], groupOf);
    expect(few).toMatchObject({ group: 'narrow', points: 4, devices: 2, median: expect.closeTo(0.015) });
    expect(few?.p90).toBeCloseTo(0.5, 6);
    expect(few?.overP90).toBeCloseTo(0.5, 6);
  });

  it('is never narrowed by them', () => {
    const more = [...wide, ...['h', 'i', 'j', 'k'].flatMap(device => predictions('small', device, 1))];
    expect(statedErrors(more, groupOf).find(({ group }) => group === 'wide')?.p90).toBeCloseTo(0.5, 6);
  });

  it('leaves out points that are set aside', () => {
    const aside = wide.map(({ point, predicted }) => ({ point: { ...point, aside: 'why' }, predicted }));
    const [only, ...rest] = statedErrors([...narrow, ...aside], groupOf);
    expect(rest).toEqual([]);
    expect(only?.p90).toBeLessThan(0.021);
  });

  it('is checked on each device without that device', () => {
    const lone = predictions('narrow', 'h', 30);
    const checked = coverage([...narrow, ...lone], groupOf);
    expect(checked).toEqual([
      expect.objectContaining({
        group: 'narrow',
        points: 5,
        withinOwn: 0.8,
        withinP90: 0.8,
        withinOverP90: 0.8,
      }),
    ]);
  });
});
