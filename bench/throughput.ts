import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fewestDevices } from '../config/sizing';
import { decodeCoefficients, fittedOn, prefillCoefficients } from '../config/sizing/coefficients';
import { decodeRate } from '../config/sizing/decode-model';
import type { DecodeFeatures } from '../config/sizing/decode-model';
import { prefillRate } from '../config/sizing/prefill-model';
import type { PrefillFeatures } from '../config/sizing/prefill-model';
import { leaveOneDeviceOut, summarise } from './errors';
import type { ErrorSummary, Predicted } from './errors';
import { fitDecode, fitPrefill, freeParameters } from './fit';
import { readPoints, shippedMeasurements } from './points';
import type { DecodePoint, Point, Points, PrefillPoint } from './points';
import { coefficientsModule, errorsModule } from './write-coefficients';
import type { Fit } from './write-coefficients';

/** Groups whose errors are told apart: batches and slow hosts are harder to predict than one sequence on a computer. */
export function decodeGroup({ features, aside }: DecodePoint): string {
  if (aside !== undefined) return 'set aside';
  return features.parallel > 1 ? 'batched' : features.slowHost ? 'slow host' : features.class;
}

export function promptGroup({ features, aside }: PrefillPoint): string {
  if (aside !== undefined) return 'set aside';
  if (features.gpus > 1) return 'several GPUs';
  return `${features.class} ${features.unpacked ? 'unpacked' : 'packed'}`;
}

/** Compares the shipped coefficients with measurements, and says how a fit to them does on devices it has not seen. */
export function reportThroughput(directory: string = shippedMeasurements, details = false): string {
  const points = readPoints(directory);
  const decode = against(points.decode, features => decodeRate(features, decodeCoefficients));
  const prefill = against(points.prefill, features => prefillRate(features, prefillCoefficients));
  const unseen = leftOut(points);
  return [
    `${points.decode.length} decoding and ${points.prefill.length} prompt measurements of ${relative('.', directory)}; ` +
      `${points.skipped.length} rows skipped`,
    ...reasons(
      'skipped',
      points.skipped.map(({ why }) => why),
    ),
    ...reasons('set aside, predicted and not fitted to', asides(points)),
    `  a fit moves ${freeParameters.decode} coefficients for decoding and ${freeParameters.prefill} for prompts`,
    '',
    ...table(`decoding, shipped coefficients of ${fittedOn}`, decode, decodeGroup),
    ...table('decoding, fitted to these points without the device', unseen.decode, decodeGroup),
    ...table(
      'the same, from bandwidth alone, as for hardware that no table lists',
      unseen.unlisted,
      decodeGroup,
    ),
    ...table(`prompts, shipped coefficients of ${fittedOn}`, prefill, promptGroup),
    ...table('prompts, fitted to these points without the device', unseen.prefill, promptGroup),
    `  * measured on fewer than ${fewestDevices} devices: called extrapolated`,
    ...(details ? ['', ...skippedRows(points), ...worst(decode), ...worst(prefill)] : []),
  ].join('\n');
}

/** Fits to measurements and writes `coefficients.ts` and `prediction-errors.ts` of `config/sizing`. */
export function writeFit(directory: string, date: string): string {
  const points = readPoints(directory);
  const unseen = leftOut(points);
  const fit: Fit = {
    date,
    decode: fitDecode(fitted(points.decode)),
    prefill: fitPrefill(fitted(points.prefill)),
    decodeErrors: summarise(unseen.decode, decodeGroup),
    unlistedErrors: summarise(unseen.unlisted, decodeGroup),
    prefillErrors: summarise(unseen.prefill, promptGroup),
    points: fitted(points.decode),
  };
  const sizing = join(__dirname, '..', 'config', 'sizing');
  writeFileSync(join(sizing, 'coefficients.ts'), coefficientsModule(fit));
  writeFileSync(join(sizing, 'prediction-errors.ts'), errorsModule(fit));
  return `wrote coefficients.ts and prediction-errors.ts in ${relative('.', sizing)}; format them with prettier`;
}

function fitted<F>(points: readonly Point<F>[]): Point<F>[] {
  return points.filter(point => point.aside === undefined);
}

function leftOut(points: Points): {
  decode: Predicted<DecodeFeatures>[];
  unlisted: Predicted<DecodeFeatures>[];
  prefill: Predicted<PrefillFeatures>[];
} {
  const decode = leaveOneDeviceOut(points.decode, fitDecode, (features, coefficients) => ({
    listed: decodeRate(features, coefficients),
    unlisted: decodeRate({ ...features, vectorTflops: null, matrixTflops: null, cores: null }, coefficients),
  }));
  return {
    decode: decode.map(({ point, predicted }) => ({ point, predicted: predicted.listed })),
    unlisted: decode.map(({ point, predicted }) => ({ point, predicted: predicted.unlisted })),
    prefill: leaveOneDeviceOut(points.prefill, fitPrefill, prefillRate),
  };
}

function against<F>(points: readonly Point<F>[], predict: (features: F) => number): Predicted<F>[] {
  return points.map(point => ({ point, predicted: predict(point.features) }));
}

function asides(points: Points): string[] {
  return [...points.decode, ...points.prefill].flatMap(({ aside }) => aside ?? []);
}

function reasons(what: string, given: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const why of given) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => `  ${what} ${count}: ${why}`);
}

function table<F>(
  title: string,
  predictions: readonly Predicted<F>[],
  groupOf: (point: Point<F>) => string,
): string[] {
  if (predictions.length === 0) return [];
  const head = ['', 'points', 'devices', 'median', '90th %', 'worst'];
  const rows = summarise(predictions, groupOf).map(cells);
  return [title, ...[head, ...rows].map(line), ''];
}

function cells(summary: ErrorSummary): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const { group, points, devices, median, p90, worst: most } = summary;
  const few = devices < fewestDevices ? ' *' : '';
  return [`${group}${few}`, `${points}`, `${devices}`, percent(median), percent(p90), percent(most)];
}

function line(row: readonly string[]): string {
  return row.map((cell, i) => (i === 0 ? `  ${cell.padEnd(28)}` : cell.padStart(9))).join('');
}

function skippedRows({ skipped }: Points): string[] {
  return skipped.map(({ label, why }) => `  skipped  ${label}: ${why}`);
}

function worst<F>(predictions: readonly Predicted<F>[]): string[] {
  const off = ({ point, predicted }: Predicted<F>): number => predicted / point.measured - 1;
  return predictions
    .toSorted((a, b) => Math.abs(off(b)) - Math.abs(off(a)))
    .slice(0, 20)
    .map(
      prediction =>
        `  ${(100 * off(prediction)).toFixed(0).padStart(5)} %  ${prediction.point.label}: ` +
        `${prediction.point.measured} measured, ${prediction.predicted.toFixed(1)} predicted`,
    );
}
