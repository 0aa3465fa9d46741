import { compare } from '../collections';
import type { AssignmentProblem, CandidateInput, CandidateTableInput } from './problem';

/** Ranks of values among those that a workload has: 0 for the first, equals share one. */
class Ranking<T> {
  private readonly positions: ReadonlyMap<T, number>;
  private readonly seen: Uint8Array;
  private readonly ranks = new Map<number, Int32Array>();

  /** @param order which of two values comes first */
  constructor(workloads: number, values: Iterable<T>, order: (a: T, b: T) => number) {
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
    const ranks = this.ranks.get(workload) ?? this.ranksOf(workload);
    this.ranks.set(workload, ranks);
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

/** What decides between equals, as ranks among the candidates of each workload. */
export interface Ranks {
  readonly quality: Ranking<number>;
  readonly retirement: Ranking<string>;
  readonly name: Ranking<string>;
}

const neverRetires = '9999';

/**
 * Ranks count all candidates, also those that turn out hopeless, so that they do not depend on what is left out.
 * @param workloads index of each of the problem's workloads
 */
export function ranksOf(
  { candidates, tables = [] }: AssignmentProblem,
  workloads: ReadonlyMap<string, number>,
): Ranks {
  const parts = tables.flatMap(table => table.parts);
  const qualities = new Set(candidates.map(qualityOf));
  for (const quality of new Set(parts.map(part => part.quality)))
    for (const value of Array.from(quality)) qualities.add(value);
  const ranks: Ranks = {
    quality: new Ranking(workloads.size, qualities, (a, b) => compare(b, a)),
    retirement: new Ranking(workloads.size, [...candidates, ...parts].map(retirementOf), (a, b) =>
      compare(b, a),
    ),
    name: new Ranking(workloads.size, [...candidates.map(nameOf), ...parts.map(({ name }) => name)], compare),
  };
  for (const candidate of candidates) {
    const workload = workloads.get(candidate.workload) ?? -1;
    ranks.quality.see(workload, ranks.quality.positionOf(qualityOf(candidate)));
    ranks.retirement.see(workload, ranks.retirement.positionOf(retirementOf(candidate)));
    ranks.name.see(workload, ranks.name.positionOf(nameOf(candidate)));
  }
  const sorted = [...workloads.values()];
  for (const table of tables) seeTable(table, sorted, ranks);
  return ranks;
}

function seeTable(
  { parts, workload, part }: CandidateTableInput,
  sorted: readonly number[],
  ranks: Ranks,
): void {
  const positions = parts.map(each => ({
    quality: Int32Array.from(each.quality, value => ranks.quality.positionOf(value)),
    retirement: ranks.retirement.positionOf(retirementOf(each)),
    name: ranks.name.positionOf(each.name),
  }));
  for (let row = 0; row < workload.length; row++) {
    const given = workload[row] ?? -1;
    const index = sorted[given];
    const own = positions[part[row] ?? -1];
    if (index === undefined || own === undefined)
      throw new RangeError('a row of a table names a workload or part that the problem does not contain');
    ranks.quality.see(index, own.quality[given] ?? 0);
    ranks.retirement.see(index, own.retirement);
    ranks.name.see(index, own.name);
  }
}

export function qualityOf({ quality = -Infinity }: Pick<CandidateInput, 'quality'>): number {
  return quality;
}

export function retirementOf({ retirement = neverRetires }: Pick<CandidateInput, 'retirement'>): string {
  return retirement;
}

export function nameOf({ id, name = id }: Pick<CandidateInput, 'id' | 'name'>): string {
  return name;
}
