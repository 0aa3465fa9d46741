import { join, relative } from 'node:path';
import { fewestDevices } from '../sizing';
import { decodeCoefficients, fittedOn, prefillCoefficients } from '../sizing/coefficients';
import { decodeRate } from '../sizing/decode-model';
import { prefillRate } from '../sizing/prefill-model';
import { errorOf, summarise } from '../tools/fit/errors';
import type { ErrorSummary, Predicted } from '../tools/fit/errors';
import { asShipped, fitDecode, freeParameters } from '../tools/fit/fit';
import type { Point } from '../tools/fit/point';
import { readPoints } from '../tools/fit/points';
import type { Points } from '../tools/fit/points';
import { coverage } from '../tools/fit/stated';
import { chosen, decodeGroup, decodeLeftOut, leftOut, promptGroup, usual } from '../tools/fit/unseen';
import type { LeftOut } from '../tools/fit/unseen';

/** The points whose licence lets them ship. */
export const shippedMeasurements = join(__dirname, 'measurements');

interface ReportOptions {
  /** Lists the worst predictions. @default false */
  readonly details?: boolean;
  /** Checks the fit's own choices too, which takes minutes. @default false */
  readonly nested?: boolean;
}

/** Compares the shipped coefficients with measurements, and says how a fit to them does on devices it has not seen. */
export function reportThroughput(
  directory: string = shippedMeasurements,
  { details = false, nested = false }: ReportOptions = {},
): string {
  const points = readPoints(directory);
  const decode = against(points.decode, features => decodeRate(features, decodeCoefficients));
  const prefill = against(points.prefill, features => prefillRate(features, prefillCoefficients));
  const unseen = leftOut(points, usual);
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
    ...(nested ? nestedTables(points) : statedTables(unseen)),
    `  * measured on fewer than ${fewestDevices} devices: called extrapolated`,
    ...(details ? ['', ...skippedRows(points), ...worst(decode), ...worst(prefill)] : []),
  ].join('\n');
}

/** What the ordinary check cannot tell: whether choices made with all points in view flatter it. */
function nestedTables(points: Points): string[] {
  const unseen = leftOut(points, chosen);
  const foreign = decodeLeftOut(points.decode, usual.decode, ({ source }) => source);
  const moved = movedStarts.flatMap(
    moveStarts =>
      decodeLeftOut(points.decode, given => fitDecode(given, { ...asShipped, moveStarts })).listed,
  );
  const title = 'fitted without the device, by penalties chosen without it';
  return [
    ...table(`decoding, ${title}`, unseen.decode, decodeGroup),
    ...table(`prompts, ${title}`, unseen.prefill, promptGroup),
    ...statedTables(unseen),
    ...table('decoding, fitted without all points of the source', foreign.listed, decodeGroup),
    ...table(
      `decoding, fitted without the device, from ${movedStarts.length} sets of starts doubled or halved at random`,
      moved,
      decodeGroup,
    ),
  ];
}

/** Seeds. */
const movedStarts = [1, 2, 3, 4, 5];

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

function statedTables({ decode, unlisted, prefill }: LeftOut): string[] {
  return [
    ...statedTable('decoding', decode, decodeGroup),
    ...statedTable('decoding, from bandwidth alone', unlisted, decodeGroup),
    ...statedTable('prompts', prefill, promptGroup),
  ];
}

/** What users are told, and the share of points it holds for where their device had no part in it. */
function statedTable<F>(
  what: string,
  predictions: readonly Predicted<F>[],
  groupOf: (point: Point<F>) => string,
): string[] {
  const groups = coverage(predictions, groupOf);
  if (groups.length === 0) return [];
  const points = groups.reduce((sum, group) => sum + group.points, 0);
  const mean = (share: 'withinOwn' | 'withinP90' | 'withinOverP90'): string =>
    percent(groups.reduce((sum, group) => sum + group[share] * group.points, 0) / points);
  const rows = groups.map(group => [
    group.group,
    `${group.points}`,
    ...[group.withinOwn, group.p90, group.withinP90, group.overP90, group.withinOverP90].map(percent),
  ]);
  return [
    `${what}: 90th percentile as stated, and points within it whose device had no part in it`,
    ...[['', 'points', 'own only', 'stated', 'within', 'too fast', 'within'], ...rows].map(line),
    line(['all', `${points}`, mean('withinOwn'), '', mean('withinP90'), '', mean('withinOverP90')]),
    '',
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function cells(summary: ErrorSummary): string[] {
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
  return predictions
    .toSorted((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)))
    .slice(0, 20)
    .map(
      prediction =>
        `  ${(100 * errorOf(prediction)).toFixed(0).padStart(5)} %  ${prediction.point.label}: ` +
        `${prediction.point.measured} measured, ${prediction.predicted.toFixed(1)} predicted`,
    );
}
