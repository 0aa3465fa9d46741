import type { DecodeCoefficients } from '../../sizing/decode-model';
import { acceleratorClasses } from '../../catalog';
import type { PrefillCoefficients } from '../../sizing/prefill-model';
import type { DecodePoint, PrefillPoint } from './point';
import type { GroupError } from './stated';

/** What a fit found, and how far it is off for devices that it has not seen. */
export interface Fit {
  readonly date: string;
  readonly decode: DecodeCoefficients;
  readonly prefill: PrefillCoefficients;
  readonly decodeErrors: readonly GroupError[];
  /** Of the same points, from their bandwidth alone. */
  readonly unlistedErrors: readonly GroupError[];
  readonly prefillErrors: readonly GroupError[];
  /** Of all prompts, for groups that none was measured of. */
  readonly anyPrefillError: readonly GroupError[];
  readonly unlistedPrefillErrors: readonly GroupError[];
  readonly decodePoints: readonly DecodePoint[];
  readonly prefillPoints: readonly PrefillPoint[];
}

/** The text of `sizing/coefficients.ts`. */
export function coefficientsModule(fit: Fit): string {
  return `import type { DecodeCoefficients } from './decode-model';
import type { PrefillCoefficients } from './prefill-model';

/**
 * Fitted on ${fit.date} by \`npm run fit\` to ${fit.decodePoints.length} decoding and ${fit.prefillPoints.length} prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '${fit.date}';

export const decodeCoefficients: DecodeCoefficients = ${json(fit.decode)};

export const prefillCoefficients: PrefillCoefficients = ${json(fit.prefill)};
`;
}

/** The text of `sizing/prediction-errors.ts`. */
export function errorsModule(fit: Fit): string {
  return `import type { MeasuredClass } from './decode-model';

/**
 * Written by \`npm run fit\` on ${fit.date}: how far predictions are off for a device that the fit has not
 * seen, as shares of the measured value. Where few devices were measured, errors of other groups widen it.
 */
export interface PredictionError {
  readonly points: number;
  readonly devices: number;
  readonly median: number;
  /** Nine points in ten of the next device are to be within it; how often they are, \`npm run bench\` says. */
  readonly p90: number;
  /** The same for promising too much. */
  readonly overP90: number;
}

interface PrefillRange {
  readonly vectorTflops: readonly [number, number];
  readonly activeParametersBillion: readonly [number, number];
}

/**
 * Each device left out in turn; batches, slow hosts, several GPUs and cores that share memory with others apart. Of chips
 * that were measured with other models, each model left out in turn.
 */
export const decodeErrors: Readonly<Record<MeasuredClass | 'measured chip' | 'shared cpu' | 'several GPUs' | 'batched' | 'slow host', PredictionError>> = ${json(byGroup(fit.decodeErrors))};

/** The same where compute is not known either and what is typical of the class stands in. */
export const unlistedDecodeErrors: Readonly<Record<MeasuredClass, PredictionError>> = ${json(byGroup(fit.unlistedErrors, ['batched', 'slow host', 'several GPUs', 'shared cpu']))};

/**
 * As above, for prompts: on one GPU or CPU by the width of the weights, on several, and where no table lists the
 * hardware. Where none of a group was measured, no points and no devices: the errors of all.
 */
export const prefillErrors: Readonly<
  Record<MeasuredClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>
> & { readonly several: PredictionError; readonly unlisted: PredictionError } = ${json(byWidth(fit))};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = ${exact(bandwidths(fit.decodePoints))};

/** Smallest and largest of what prompts depend on, among the points on one GPU or CPU; outside it, or where there is none, a prediction extrapolates. */
export const prefillRange: Readonly<Record<MeasuredClass, PrefillRange | null>> = ${exact(prefillRanges(fit.prefillPoints))};
`;
}

function byGroup(
  errors: readonly GroupError[],
  without: readonly string[] = [],
): Record<string, Omit<GroupError, 'group'>> {
  const groups = errors.filter(({ group }) => !without.includes(group));
  return Object.fromEntries(
    groups.map(({ group, points, devices, median, p90, overP90 }) => [
      group,
      { points, devices, median, p90, overP90 },
    ]),
  );
}

const classes = [...acceleratorClasses, 'cpu'] as const;

/** Groups are named `class width`, and `several GPUs`. */
function byWidth({ prefillErrors, anyPrefillError, unlistedPrefillErrors }: Fit): object {
  const groups = byGroup(prefillErrors);
  const { any } = byGroup(anyPrefillError);
  const unmeasured = { ...any, points: 0, devices: 0 };
  const errors = classes.map(name => [
    name,
    {
      packed: groups[`${name} packed`] ?? unmeasured,
      unpacked: groups[`${name} unpacked`] ?? unmeasured,
    },
  ]);
  return {
    ...Object.fromEntries(errors),
    several: groups['several GPUs'],
    unlisted: byGroup(unlistedPrefillErrors)['unlisted'],
  };
}

function bandwidths(points: readonly DecodePoint[]): object {
  const classes = [...new Set(points.map(point => point.features.class))].toSorted();
  return Object.fromEntries(
    classes.map(name => [
      name,
      range(
        points.filter(({ features }) => features.class === name).map(({ features }) => features.bandwidthGbs),
      ),
    ]),
  );
}

function prefillRanges(points: readonly PrefillPoint[]): object {
  return Object.fromEntries(
    classes.map(name => {
      const of = points
        .map(({ features }) => features)
        .filter(features => features.class === name && features.gpus === 1);
      const vectorTflops = range(of.flatMap(features => features.vectorTflops ?? []));
      const activeParametersBillion = range(of.map(features => features.activeParametersBillion));
      return [name, vectorTflops && { vectorTflops, activeParametersBillion }];
    }),
  );
}

/** Smallest and largest; null of no values. */
function range(values: readonly number[]): readonly [number, number] | null {
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : null;
}

/** What was measured lies within its own range. */
function exact(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** Four digits: the points do not decide more. Objects of figures alone stand on one line. */
function json(value: object): string {
  const text = JSON.stringify(
    value,
    (_, cell: unknown) => (typeof cell === 'number' ? Number(cell.toPrecision(4)) : cell),
    2,
  );
  return text.replace(/\{[^{}]*\}/g, object => object.replace(/\s+/g, ' '));
}
