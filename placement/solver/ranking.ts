/** Ranks of values among those that a workload has: 0 for the first, equals share one. */
export class Ranking<T> {
  private readonly positions: ReadonlyMap<T, number>;
  private readonly seen: Uint8Array;
  private readonly ranks = new Map<number, Int32Array>();

  /** @param order which of two values comes first */
  constructor(workloads: number, values: readonly T[], order: (a: T, b: T) => number) {
    this.positions = new Map([...new Set(values)].sort(order).map((value, position) => [value, position]));
    this.seen = new Uint8Array(workloads * this.positions.size);
  }

  /** Place of a value among all values of all workloads. */
  positionOf(value: T): number {
    return this.positions.get(value) ?? -1;
  }

  /** The workload has the value of this position. */
  see(workload: number, position: number): void {
    this.seen[workload * this.positions.size + position] = 1;
  }

  /** Rank of a value that the workload has, when all values are seen. */
  rankOf(workload: number, value: T): number {
    let ranks = this.ranks.get(workload);
    if (!ranks) {
      ranks = this.ranksOf(workload);
      this.ranks.set(workload, ranks);
    }
    return ranks[this.positionOf(value)] ?? 0;
  }

  /** By position. */
  private ranksOf(workload: number): Int32Array {
    const count = this.positions.size;
    let rank = -1;
    return Int32Array.from({ length: count }, (_, position) => {
      rank += this.seen[workload * count + position] ?? 0;
      return rank;
    });
  }
}
