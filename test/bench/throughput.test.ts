import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../bench/csv';
import { leaveOneDeviceOut, quantile, summarise } from '../../bench/errors';
import { predictedRate } from '../../bench/fit';
import { readPoints, shippedMeasurements } from '../../bench/points';
import type { Point } from '../../bench/points';
import { decodeCoefficients, decodeErrors } from '../../config/sizing/coefficients';

describe('a file of measurements', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'points-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const header =
    'hardware,device_class,mem_bandwidth_gbs,runtime,model,quant,bytes_read_per_token_gib,concurrency,decode_tokens_per_s,context,source,note';

  it('may quote cells that hold commas', () => {
    expect(readCsv('a,b\n"x, ""y""",\n')).toEqual([{ a: 'x, "y"', b: '' }]);
  });

  it('gives points of one accelerator one name, and says what it skips', () => {
    const rows = [
      'PC (Nvidia RTX 4090) [GPU],gpu,1008,llama.cpp,llama-3-8b,Q4_K_M,4.58,1,127,,x,',
      'RTX 4090 24GB,gpu,,llama.cpp,gpt-oss-20b,MXFP4,,1,266,,x,',
      'Unknown box [CPU],edge-cpu,,llama.cpp,llama-3.2-3b,Q4_K_M,1.88,1,4,,x,',
      'RTX 4090 24GB,gpu,1008,llama.cpp,mystery,Q4_K_M,1,1,4,,x,',
    ];
    writeFileSync(join(directory, 'measured-throughput.csv'), [header, ...rows].join('\n'));
    const { decode, skipped } = readPoints(directory);
    expect(decode.map(point => [point.device, point.features.bandwidthGbs, point.features.mixture])).toEqual([
      ['NVIDIA RTX 4090', 1008, false],
      ['NVIDIA RTX 4090', 1008, true],
    ]);
    expect(skipped.map(({ why }) => why)).toEqual([
      'its memory bandwidth is not known',
      'the shape of the model is not known',
    ]);
  });

  it('must be there', () => {
    expect(() => readPoints(directory)).toThrow(
      `${directory} holds neither measured-throughput.csv nor prefill-throughput.csv`,
    );
  });
});

describe('the error of predictions', () => {
  const point = (device: string, x: number, measured: number): Point<{ x: number }> => ({
    features: { x },
    measured,
    device,
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
    const predictions = leaveOneDeviceOut(points, mean, (_, value) => value);
    expect(predictions.map(({ point: { device }, predicted }) => [device, predicted])).toEqual([
      ['a', 20],
      ['a', 20],
      ['b', 10],
    ]);
  });

  it('is summed up by group and over all', () => {
    const predictions = [
      { point: point('a', 1, 10), predicted: 12 },
      { point: point('b', 2, 10), predicted: 5 },
    ];
    expect(summarise(predictions, ({ x }) => `group ${x}`)).toMatchObject([
      { group: 'group 1', points: 1, devices: 1, median: expect.closeTo(0.2), overP90: expect.closeTo(0.2) },
      { group: 'group 2', points: 1, devices: 1, median: 0.5, overP90: 0 },
      { group: 'all', points: 2, devices: 2, worst: 0.5 },
    ]);
  });
});

describe('the shipped coefficients', () => {
  const { decode } = readPoints(shippedMeasurements);
  const singles = decode.filter(({ features }) => features.parallel === 1 && !features.slowHost);

  it('are checked against the points that ship with them', () => {
    expect([decode.length, singles.length]).toEqual([82, 50]);
  });

  it.each(['nvidia-graphics', 'embedded', 'cpu', 'apple'] as const)(
    'are off by less than stated for %s',
    name => {
      const errors = singles
        .filter(({ features }) => features.class === name)
        .map(({ features, measured }) =>
          Math.abs(predictedRate(features, decodeCoefficients) / measured - 1),
        );
      expect(quantile(errors, 0.5)).toBeLessThan(decodeErrors[name].p90);
    },
  );
});
