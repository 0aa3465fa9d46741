/** Money as explanations show it: whole dollars from 100 USD on, cents below, and two digits of what is less than a cent. */
export function usd(amount: number): string {
  return `$${withCommas(money(amount, Math.round))}`;
}

/** Money that is more than a limit, rounded up, so that it never reads like what it exceeds. */
export function usdAtLeast(amount: number): string {
  return `$${withCommas(money(amount, Math.ceil))}`;
}

/** An amount, with thousands set apart: whole from 10 on, and three digits of a fraction below. */
export function count(value: number): string {
  return figure(value, Math.round);
}

/** An amount that is needed, rounded up, so that it never reads like a limit that it exceeds, nor like nothing. */
export function atLeast(value: number): string {
  return figure(value, Math.ceil);
}

/** A limit, rounded down. */
export function atMost(value: number): string {
  return figure(value, Math.floor);
}

/** Three significant digits. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Rounded to a cent, so that equal costs compare equal. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

type Rounding = (value: number) => number;

function figure(value: number, rounding: Rounding): string {
  return withCommas(Math.abs(value) < 10 ? significant(value, 3, rounding) : String(rounding(exact(value))));
}

function money(amount: number, rounding: Rounding): string {
  const size = Math.abs(amount);
  if (size >= 100) return String(rounding(exact(amount)));
  return amount !== 0 && size < 0.01
    ? significant(amount, 2, rounding)
    : (rounding(exact(amount * 100)) / 100).toFixed(2);
}

/** Nobody reads further, and a number can be too small to be written out. */
const mostDecimals = 12;

function significant(value: number, digits: number, rounding: Rounding): string {
  if (value === 0) return '0';
  const decimals = Math.min(mostDecimals, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  const scaled = rounding(exact(value * 10 ** decimals)) / 10 ** decimals;
  return scaled.toFixed(decimals).replace(/\.?0+$/, '');
}

/** Without what binary fractions leave over, which would be rounded up. */
function exact(value: number): number {
  return Number.isSafeInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(12));
}

function withCommas(digits: string): string {
  return digits.length < 4 ? digits : digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}
