/** Money as explanations show it: cents below 100 USD, whole dollars above. */
export function usd(amount: number): string {
  return `$${withCommas(amount.toFixed(Math.abs(amount) < 100 ? 2 : 0))}`;
}

/** A count, with thousands set apart. */
export function count(value: number): string {
  return withCommas(String(Math.round(value)));
}

/** Three significant digits. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Rounded to a cent, so that equal costs compare equal. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function withCommas(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}
