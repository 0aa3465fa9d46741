import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { decodeCoefficients, fittedOn, prefillCoefficients } from '../config/sizing/coefficients';
import type { DecodeFeatures } from '../config/sizing/decode-model';
import { prefillRate } from '../config/sizing/prefill-model';
import type { PrefillFeatures } from '../config/sizing/prefill-model';
import { leaveOneDeviceOut, summarise } from './errors';
import type { ErrorSummary, Predicted } from './errors';
import { fitDecode, fitPrefill, predictedRate } from './fit';
import { readPoints, shippedMeasurements } from './points';
import type { Point, Points } from './points';
import { coefficientsModule } from './write-coefficients';

/** Groups whose errors are told apart: batches and slow hosts are harder to predict than one sequence on a computer. */
function decodeGroup({ class: name, parallel, slowHost }: DecodeFeatures): string {
  return parallel > 1 ? 'batched' : slowHost ? 'slow host' : name;
}

function promptGroup({ class: name, unpacked }: PrefillFeatures): string {
  return `${name} ${unpacked ? 'unpacked' : 'packed'}`;
}

/** Compares the shipped coefficients with measurements, and says how a fit to them does on devices it has not seen. */
export function reportThroughput(directory: string = shippedMeasurements, details = false): string {
  const points = readPoints(directory);
  const decode = against(points.decode, features => predictedRate(features, decodeCoefficients));
  const prefill = against(points.prefill, features => prefillRate(features, prefillCoefficients));
  const unseen = leftOut(points);
  return [
    `${points.decode.length} decoding and ${points.prefill.length} prompt measurements of ${relative('.', directory)}; ` +
      `${points.skipped.length} skipped`,
    ...reasons(points),
    '',
    ...table(`decoding, shipped coefficients of ${fittedOn}`, decode, decodeGroup),
    ...table('decoding, fitted to these points without the device', unseen.decode, decodeGroup),
    ...table(`prompts, shipped coefficients of ${fittedOn}`, prefill, promptGroup),
    ...table('prompts, fitted to these points without the device', unseen.prefill, promptGroup),
    ...(details ? [...worst(decode), ...worst(prefill)] : []),
  ].join('\n');
}

/** Fits to measurements and writes `config/sizing/coefficients.ts`. */
export function writeFit(directory: string, date: string): string {
  const points = readPoints(directory);
  const unseen = leftOut(points);
  const file = join(__dirname, '..', 'config', 'sizing', 'coefficients.ts');
  const text = coefficientsModule({
    date,
    decode: fitDecode(points.decode),
    prefill: fitPrefill(points.prefill),
    decodeErrors: summarise(unseen.decode, decodeGroup),
    prefillErrors: summarise(unseen.prefill, promptGroup),
    points: points.decode,
  });
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return `wrote ${relative('.', file)}; format it with prettier`;
}

function leftOut(points: Points): {
  decode: Predicted<Points['decode'][number]['features']>[];
  prefill: Predicted<Points['prefill'][number]['features']>[];
} {
  return {
    decode: leaveOneDeviceOut(points.decode, fitDecode, predictedRate),
    prefill: leaveOneDeviceOut(points.prefill, fitPrefill, prefillRate),
  };
}

function against<F>(points: readonly Point<F>[], predict: (features: F) => number): Predicted<F>[] {
  return points.map(point => ({ point, predicted: predict(point.features) }));
}

function reasons(points: Points): string[] {
  const counts = new Map<string, number>();
  for (const { why } of points.skipped) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => `  skipped ${count}: ${why}`);
}

function table<F>(
  title: string,
  predictions: readonly Predicted<F>[],
  groupOf: (features: F) => string,
): string[] {
  if (predictions.length === 0) return [];
  const head = ['', 'points', 'devices', 'median', '90th %', 'worst'];
  const rows = summarise(predictions, groupOf).map(cells);
  return [title, ...[head, ...rows].map(line), ''];
}

function cells(summary: ErrorSummary): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const { group, points, devices, median, p90, worst: most } = summary;
  return [group, `${points}`, `${devices}`, percent(median), percent(p90), percent(most)];
}

function line(row: readonly string[]): string {
  return row.map((cell, i) => (i === 0 ? `  ${cell.padEnd(28)}` : cell.padStart(9))).join('');
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
