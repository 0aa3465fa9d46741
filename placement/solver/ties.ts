import { find } from './indices';
import type { Indices } from './indices';
import { compare } from './instance';
import { Ranking } from './ranking';
import type { Offer, OfferTable, Problem } from './problem';

/** What decides between equals, as ranks among the offers of each workload. */
export interface Ties {
  readonly quality: Ranking<number>;
  readonly retirement: Ranking<string>;
  readonly name: Ranking<string>;
}

const neverRetires = '9999';

/** Ranks count all offers, also those that turn out hopeless, so that they do not depend on what is left out. */
export function tiesOf({ offers, tables = [], workloads }: Problem, indices: Indices): Ties {
  const parts = tables.flatMap(table => table.parts);
  const count = workloads.length;
  const ties: Ties = {
    quality: new Ranking(
      count,
      [...offers.map(qualityOf), ...new Set(parts.map(part => part.quality))].flatMap(values =>
        typeof values === 'number' ? values : Array.from(values),
      ),
      (a, b) => (a === b ? 0 : b - a),
    ),
    retirement: new Ranking(count, [...offers, ...parts].map(retirementOf), (a, b) => compare(b, a)),
    name: new Ranking(count, [...offers.map(nameOf), ...parts.map(({ name }) => name)], compare),
  };
  for (const offer of offers) {
    const workload = find(indices.workload, offer.workload);
    ties.quality.see(workload, ties.quality.positionOf(qualityOf(offer)));
    ties.retirement.see(workload, ties.retirement.positionOf(retirementOf(offer)));
    ties.name.see(workload, ties.name.positionOf(nameOf(offer)));
  }
  const sorted = workloads.map(id => find(indices.workload, id));
  for (const table of tables) seeTable(table, sorted, ties);
  return ties;
}

function seeTable({ parts, workload, part }: OfferTable, sorted: readonly number[], ties: Ties): void {
  const positions = parts.map(({ quality, name, ...rest }) => ({
    quality: Int32Array.from(quality, value => ties.quality.positionOf(value)),
    retirement: ties.retirement.positionOf(retirementOf(rest)),
    name: ties.name.positionOf(name),
  }));
  for (let row = 0; row < workload.length; row++) {
    const given = workload[row] ?? -1;
    const index = sorted[given];
    const own = positions[part[row] ?? -1];
    if (index === undefined || own === undefined)
      throw new RangeError('a row of a table names a workload or part that the problem does not contain');
    ties.quality.see(index, own.quality[given] ?? 0);
    ties.retirement.see(index, own.retirement);
    ties.name.see(index, own.name);
  }
}

export function qualityOf({ quality = -Infinity }: Pick<Offer, 'quality'>): number {
  return quality;
}

export function retirementOf({ retirement = neverRetires }: Pick<Offer, 'retirement'>): string {
  return retirement;
}

export function nameOf({ id, name = id }: Pick<Offer, 'id' | 'name'>): string {
  return name;
}
