/** A sparse mixed-integer program, minimised. Grown column by column and row by row. */
export class Mip {
  readonly cost: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  readonly rowStarts: number[] = [0];
  readonly columns: number[] = [];
  readonly values: number[] = [];

  column(cost: number, upper: number, integer = true): number {
    this.cost.push(cost);
    this.lower.push(0);
    this.upper.push(upper);
    this.integer.push(integer);
    return this.cost.length - 1;
  }

  /** Adds lower ≤ Σ value × column ≤ upper and returns the row's index. */
  row(lower: number, terms: readonly Term[], upper: number): number {
    for (const [column, value] of terms) {
      if (value === 0) continue;
      this.columns.push(column);
      this.values.push(value);
    }
    this.rowStarts.push(this.columns.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowLower.length - 1;
  }
}

export type Term = readonly [column: number, value: number];

export function difference(more: number, less: number): Term[] {
  return [
    [more, 1],
    [less, -1],
  ];
}

/** Terms with one entry for each column. */
export function merged(terms: readonly Term[]): Term[] {
  const sums = new Map<number, number>();
  for (const [column, value] of terms) sums.set(column, (sums.get(column) ?? 0) + value);
  return [...sums];
}

export function negated(terms: readonly Term[]): Term[] {
  return terms.map(([column, value]) => [column, -value]);
}
