import type { DecodeCoefficients } from '../../sizing/decode-model';
import { prefillClasses } from '../../sizing/prefill-model';
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
  readonly decodePoints: readonly DecodePoint[];
  readonly prefillPoints: readonly PrefillPoint[];
}

/** The text of `sizing/coefficients.ts`. */
export function coefficientsModule(fit: Fit): string {
  return `import type { DecodeCoefficients } from './decode-model';
import type { PrefillCoefficients } from './prefill-model';

/**
 * Fitted on ${fit.date} by \`npm run fit\` to ${total(fit.decodeErrors)} decoding and ${total(fit.prefillErrors)} prompt measurements; the sources of the points are
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
import type { PrefillClass } from './prefill-model';

/**
 * Written by \`npm run fit\` on ${fit.date}: how far predictions are off for a device that neither the fit nor its
 * penalties have seen, as shares of the measured value. Where few devices were measured, errors of other groups widen it.
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
  /** Null where no power limit is known. */
  readonly boardWatt: readonly [number, number] | null;
  readonly activeParametersBillion: readonly [number, number];
}

/** Each device left out in turn; batches and slow hosts apart from one sequence on a computer. */
export const decodeErrors: Readonly<Record<MeasuredClass | 'batched' | 'slow host', PredictionError>> = ${json(byGroup(fit.decodeErrors))};

/** The same where compute is not known either and what is typical of the class stands in. */
export const unlistedDecodeErrors: Readonly<Record<MeasuredClass, PredictionError>> = ${json(byGroup(fit.unlistedErrors, ['batched', 'slow host']))};

/** As above, for prompts: on one GPU by the width of the weights, and on several. */
export const prefillErrors: Readonly<
  Record<PrefillClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>
> & { readonly several: PredictionError } = ${json(byWidth(fit.prefillErrors))};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = ${exact(bandwidths(fit.decodePoints))};

/** Smallest and largest of what prompts depend on, among the points on one GPU; outside it a prediction extrapolates. */
export const prefillRange: Readonly<Record<PrefillClass, PrefillRange>> = ${exact(prefillRanges(fit.prefillPoints))};
`;
}

/** Points fitted to. */
function total(errors: readonly GroupError[]): number {
  return errors.reduce((sum, { points }) => sum + points, 0);
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

/** Groups are named `class width`, and `several GPUs`. */
function byWidth(errors: readonly GroupError[]): object {
  const groups = byGroup(errors);
  const classes = prefillClasses.map(name => [
    name,
    { packed: groups[`${name} packed`], unpacked: groups[`${name} unpacked`] },
  ]);
  return { ...Object.fromEntries(classes), several: groups['several GPUs'] };
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
    prefillClasses.map(name => {
      const of = points
        .map(({ features }) => features)
        .filter(features => features.class === name && features.gpus === 1);
      const known = (values: readonly (number | null)[]): number[] => values.filter(value => value !== null);
      return [
        name,
        {
          vectorTflops: range(known(of.map(({ vectorTflops }) => vectorTflops))),
          boardWatt: range(known(of.map(({ boardWatt }) => boardWatt))),
          activeParametersBillion: range(of.map(({ activeParametersBillion }) => activeParametersBillion)),
        },
      ];
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

/** Four digits: the points do not decide more. */
function json(value: object): string {
  return JSON.stringify(
    value,
    (_, cell: unknown) => (typeof cell === 'number' ? Number(cell.toPrecision(4)) : cell),
    2,
  );
}
