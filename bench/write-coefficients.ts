import type { DecodeCoefficients } from '../config/sizing/decode-model';
import type { PrefillCoefficients } from '../config/sizing/prefill-model';
import type { ErrorSummary } from './errors';
import type { DecodePoint } from './points';

/** What a fit found, and how far it is off for devices that it has not seen. */
export interface Fit {
  readonly date: string;
  readonly decode: DecodeCoefficients;
  readonly prefill: PrefillCoefficients;
  readonly decodeErrors: readonly ErrorSummary[];
  readonly prefillErrors: readonly ErrorSummary[];
  readonly points: readonly DecodePoint[];
}

/** The text of `config/sizing/coefficients.ts`. */
export function coefficientsModule(fit: Fit): string {
  return `import type { DecodeCoefficients, MeasuredClass } from './decode-model';
import type { PrefillClass, PrefillCoefficients } from './prefill-model';

/**
 * Fitted on ${fit.date} by \`npm run bench -- fit\` to ${total(fit.decodeErrors)} decoding and ${total(fit.prefillErrors)} prompt measurements; the sources of the points are
 * listed in bench/measurements/SOURCES.md. Robust least squares of the logarithm, classes held together by a penalty.
 */
export const fittedOn = '${fit.date}';

export const decodeCoefficients: DecodeCoefficients = ${json(fit.decode)};

export const prefillCoefficients: PrefillCoefficients = ${json(fit.prefill)};

/** How far predictions are off for a device that the fit has not seen, as shares of the measured value. */
export interface PredictionError {
  readonly points: number;
  readonly devices: number;
  readonly median: number;
  readonly p90: number;
  /** 90th percentile of promising too much. */
  readonly overP90: number;
}

/** Each device left out in turn; batches and slow hosts apart from one sequence on a computer. */
export const decodeErrors: Readonly<Record<MeasuredClass | 'batched' | 'slow host', PredictionError>> = ${json(byGroup(fit.decodeErrors))};

export const prefillErrors: Readonly<Record<PrefillClass, Readonly<Record<'packed' | 'unpacked', PredictionError>>>> = ${json(byWidth(fit.prefillErrors))};

/** Slowest and fastest memory among the points of a class, in 1e9 bytes a second; outside it a prediction extrapolates. */
export const bandwidthRange: Readonly<Record<MeasuredClass, readonly [number, number]>> = ${json(ranges(fit.points))};
`;
}

function total(errors: readonly ErrorSummary[]): number {
  return errors.find(error => error.group === 'all')?.points ?? 0;
}

function byGroup(errors: readonly ErrorSummary[]): object {
  const groups = errors.filter(error => error.group !== 'all');
  return Object.fromEntries(
    groups.map(({ group, points, devices, median, p90, overP90 }) => [
      group,
      { points, devices, median, p90, overP90 },
    ]),
  );
}

/** Groups are named `class width`. */
function byWidth(errors: readonly ErrorSummary[]): object {
  const flat = Object.entries(byGroup(errors));
  const classes = [...new Set(flat.map(([group]) => group.split(' ')[0] ?? ''))];
  const of = (name: string): [string, unknown][] =>
    flat
      .filter(([group]) => group.startsWith(`${name} `))
      .map(([group, error]) => [group.split(' ')[1] ?? '', error]);
  return Object.fromEntries(classes.map(name => [name, Object.fromEntries(of(name))]));
}

function ranges(points: readonly DecodePoint[]): object {
  const classes = [...new Set(points.map(point => point.features.class))].toSorted();
  return Object.fromEntries(
    classes.map(name => {
      const of = points
        .filter(point => point.features.class === name)
        .map(point => point.features.bandwidthGbs);
      return [name, [Math.min(...of), Math.max(...of)]];
    }),
  );
}

/** Four digits: the points do not decide more. */
function json(value: object): string {
  return JSON.stringify(
    value,
    (_, cell: unknown) => (typeof cell === 'number' ? Number(cell.toPrecision(4)) : cell),
    2,
  );
}
