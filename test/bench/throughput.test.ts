import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceOf, leaveOut, quantile, summarise } from '../../tools/fit/errors';
import { readPoints } from '../../tools/fit/points';
import type { Point } from '../../tools/fit/point';
import { decodeGroup } from '../../tools/fit/unseen';
import { reportThroughput, shippedMeasurements } from '../../bench/throughput';
import { fewestDevices } from '../../sizing';
import { decodeCoefficients } from '../../sizing/coefficients';
import { decodeRate } from '../../sizing/decode-model';
import { decodeErrors } from '../../sizing/prediction-errors';

describe('the error of predictions', () => {
  const point = (device: string, x: number, measured: number): Point<{ x: number }> => ({
    features: { x },
    measured,
    device,
    source: 'here',
    label: device,
  });

  it.each([
    [[1, 2, 3], 0.5, 2],
    [[1, 2], 0.9, 1.9],
    [[5], 0.9, 5],
    [[], 0.5, 0],
  ])('takes of %j the quantile %d as %d', (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected, 10);
  });

  it('is measured without the device that is predicted', () => {
    const points = [point('a', 1, 10), point('a', 1, 10), point('b', 1, 20)];
    const mean = (rows: readonly Point<{ x: number }>[]): number =>
      rows.reduce((sum, row) => sum + row.measured, 0) / rows.length;
    const predictions = leaveOut(points, deviceOf, mean, (_, value) => value);
    expect(predictions.map(({ point: { device }, predicted }) => [device, predicted])).toEqual([
      ['a', 20],
      ['a', 20],
      ['b', 10],
    ]);
  });

  it('is measured without all points of a source, where those are the parts', () => {
    const points = ['x', 'x', 'y'].map((source, i) => ({ ...point(`device ${i}`, 1, i), source }));
    const seen = (rows: readonly Point<{ x: number }>[]): string => rows.map(({ device }) => device).join();
    const predictions = leaveOut(
      points,
      ({ source }) => source,
      seen,
      (_, devices) => devices,
    );
    expect(predictions.map(({ predicted }) => predicted)).toEqual([
      'device 2',
      'device 2',
      'device 0,device 1',
    ]);
  });

  it('is measured on a point that is set aside, which no fit sees', () => {
    const aside = { ...point('c', 1, 99), aside: 'why' };
    const seen: number[] = [];
    const count = (rows: readonly Point<{ x: number }>[]): number => seen.push(rows.length);
    const predictions = leaveOut([point('a', 1, 1), point('b', 1, 1), aside], deviceOf, count, () => 1);
    expect([predictions.length, seen]).toEqual([3, [1, 1, 2]]);
  });

  it('is summed up by group and over all', () => {
    const predictions = [
      { point: point('a', 1, 10), predicted: 12 },
      { point: point('b', 2, 10), predicted: 5 },
    ];
    expect(summarise(predictions, ({ features }) => `group ${features.x}`)).toMatchObject([
      { group: 'group 1', points: 1, devices: 1, median: expect.closeTo(0.2), overP90: expect.closeTo(0.2) },
      { group: 'group 2', points: 1, devices: 1, median: 0.5, overP90: 0 },
      { group: 'all', points: 2, devices: 2, worst: 0.5 },
    ]);
  });
});

describe('the shipped coefficients', () => {
  const { decode, skipped } = readPoints(shippedMeasurements);

  it('are checked against the points that ship with them', () => {
    expect([decode.length, skipped.map(({ why }) => why)]).toEqual([
      468,
      [
        'its CPU is neither amd64 nor arm64',
        // Nemotron 3 Super.
        ...new Array<string>(4).fill('the shape of the model is not known'),
      ],
    ]);
  });

  it.each(['nvidia-graphics', 'embedded', 'cpu', 'apple', 'other-gpu', 'slow host', 'batched'] as const)(
    'are off by less than stated for %s',
    group => {
      const errors = decode
        .filter(point => decodeGroup(point) === group)
        .map(({ features, measured }) => Math.abs(decodeRate(features, decodeCoefficients) / measured - 1));
      expect(quantile(errors, 0.5)).toBeLessThan(decodeErrors[group].p90);
    },
  );

  it('are clearly better than 25 % at the 90th percentile where many devices were measured', () => {
    const many = Object.values(decodeErrors).filter(({ devices }) => devices > fewestDevices);
    expect(many.length).toBe(8);
    expect(
      quantile(
        many.map(({ median }) => median),
        0.5,
      ),
    ).toBeLessThan(0.12);
    expect(decodeErrors['measured chip'].p90).toBeLessThan(0.25);
  });
});

describe('the report on a directory', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'measured-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('names each group with its points and devices, marks those that extrapolate, and counts what it skips', () => {
    const rows = [
      'hardware,model,quant,concurrency,decode_tokens_per_s',
      'RTX 4090,llama-3-8b,Q4_K_M,1,127',
      'RTX 3090,llama-3-8b,Q4_K_M,1,111',
      'RTX 3090,llama-3-8b,Q4_K_M,8,400',
      'RTX 3090,mystery,Q4_K_M,1,100',
    ];
    writeFileSync(join(directory, 'measured-throughput.csv'), rows.join('\n'));
    const report = reportThroughput(directory, { details: true });
    expect(report).toContain('3 decoding and 0 prompt measurements of ');
    expect(report).toContain('  skipped 1: the shape of the model is not known');
    expect(report).toContain(
      '  skipped  RTX 3090, mystery, Q4_K_M, 1 at a time: the shape of the model is not known',
    );
    expect(report).toMatch(/^ {2}batched \* +1 +1 /m);
    expect(report).toMatch(/^ {2}nvidia-graphics \* +2 +2 /m);
    expect(report).toContain('  * measured on fewer than 5 devices: called extrapolated');
    expect(report).toMatch(/^decoding: 90th percentile as stated, .*\n.* own only +stated +within /m);
  });
});
