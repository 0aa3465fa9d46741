/** A logarithmic axis from the power of ten below the least value to the one above the largest. */
export interface LogScale {
  /** Place of a value on the axis; values below its start lie on the start. */
  readonly at: (value: number) => number;
  /** Powers of ten on the axis. */
  readonly ticks: readonly number[];
}

/** @param from place of `least`, @param to place of `most` */
export function logScale([least, most]: readonly [number, number], from: number, to: number): LogScale {
  const span = Math.log10(most / least);
  const first = Math.ceil(Math.log10(least) - 1e-9);
  const last = Math.floor(Math.log10(most) + 1e-9);
  return {
    at: value => from + ((to - from) * Math.log10(Math.max(value, least) / least)) / span,
    ticks: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i)),
  };
}

/** Whole powers of ten around values, at least two apart, and one more below where a value is 0. */
export function decadesAround(values: readonly number[]): [number, number] {
  const positive = values.filter(value => value > 0);
  if (positive.length === 0) return [1, 100];
  const low = Math.floor(Math.log10(Math.min(...positive))) - (positive.length < values.length ? 1 : 0);
  const high = Math.ceil(Math.log10(Math.max(...positive)));
  return high - low >= 2 ? [10 ** low, 10 ** high] : [10 ** low, 10 ** (low + 2)];
}

/** A power of ten in few characters: 0.01, 10, 1k, 100k, 1M. */
export function short(value: number): string {
  if (value >= 1e9) return `${round(value / 1e9)}G`;
  if (value >= 1e6) return `${round(value / 1e6)}M`;
  return value >= 1e3 ? `${round(value / 1e3)}k` : String(round(value));
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
