import { find, indexOf } from './indices';
import type { Indices } from './indices';
import { capacityTolerance, compare, countFor } from './instance';
import type { Choice, ChoiceTable, Instance, Kind, Use } from './instance';
import { offerIdOf } from './problem';
import type { Offer, OfferTable, Problem, SharedUnit } from './problem';
import { nameOf, qualityOf, retirementOf, tiesOf } from './ties';
import type { Ties } from './ties';

/** Sorts the problem and turns ids into indices and tie values into ranks. */
export function instanceOf(problem: Problem): Instance {
  const { tables = [] } = problem;
  const workloads = [...problem.workloads].sort(compare);
  const units = [...problem.units].sort((a, b) => compare(a.id, b.id));
  const quotas = [...problem.quotas].sort((a, b) => compare(a.id, b.id));
  const parts = [...new Set(partIds(problem))].sort(compare);
  const indices: Indices = {
    workload: indexOf(workloads),
    unit: indexOf(units.map(unit => unit.id)),
    part: indexOf(parts),
    quota: indexOf(quotas.map(quota => quota.id)),
  };
  const kinds = units.map(unit => kindOf(unit, indices));
  const limits = quotas.map(quota => quota.limit);
  const ties = tiesOf(problem, indices);
  const choices = problem.offers.map(offer => choiceOf(offer, kinds, indices, ties));
  const single = new Set(choices.map(({ unit }) => unit));
  return {
    workloads,
    choices: choices.sort((a, b) => a.workload - b.workload || compare(a.id, b.id)),
    tables: tables
      .map(table => tableOf(table, problem, kinds, limits, indices, ties))
      .sort((a, b) => a.kindIndex - b.kindIndex)
      .map((table, i, all) => {
        if (single.has(table.kindIndex) || all[i - 1]?.kindIndex === table.kindIndex)
          throw new RangeError(`${kinds[table.kindIndex]?.id} has offers beside its table`);
        return table;
      }),
    kinds,
    parts,
    quotas: limits,
    quotaIds: quotas.map(quota => quota.id),
  };
}

function partIds({ offers, tables = [] }: Problem): string[] {
  return [
    ...offers.flatMap(({ part }) => part?.id ?? []),
    ...tables.flatMap(table => table.parts.map(({ id }) => id)),
  ];
}

function choiceOf(offer: Offer, kinds: readonly Kind[], indices: Indices, ties: Ties): Choice {
  const workload = find(indices.workload, offer.workload);
  const unit = offer.unit === undefined ? -1 : find(indices.unit, offer.unit);
  return {
    id: offer.id,
    workload,
    usd: offer.usd,
    unit,
    part: offer.part ? find(indices.part, offer.part.id) : -1,
    partGib: offer.part?.memoryGib ?? 0,
    memoryGib: offer.memoryGib ?? 0,
    load: offer.load ?? 0,
    minCount: offer.minCount ?? 1,
    waits: kinds[unit]?.countOf !== undefined,
    uses: usesOf(offer.uses, indices),
    qualityRank: ties.quality.rankOf(workload, qualityOf(offer)),
    retirementRank: ties.retirement.rankOf(workload, retirementOf(offer)),
    nameRank: ties.name.rankOf(workload, nameOf(offer)),
  };
}

/** Rows that fit their kind alone, with what a choice made of one needs. */
function tableOf(
  table: OfferTable,
  problem: Problem,
  kinds: readonly Kind[],
  limits: readonly number[],
  indices: Indices,
  ties: Ties,
): ChoiceTable {
  const kindIndex = find(indices.unit, table.unit);
  const kind = kinds[kindIndex] as Kind;
  const most = mostCounts(kind, limits);
  const countAlone = (row: number): number =>
    countFor(kind, table.load[row] ?? 0, table.minCount?.[row] ?? 1);
  const fitting = Int32Array.from({ length: table.workload.length }, (_, row) => row).filter(
    row => (table.partGib[row] ?? 0) <= kind.memoryGib * (1 + capacityTolerance) && countAlone(row) <= most,
  );
  const workloads = problem.workloads.map(id => find(indices.workload, id));
  const parts = table.parts.map(({ id }) => find(indices.part, id));
  const waits = (row: number): number => (kind.countOf ? (table.waits?.[row] ?? 1) : 0);
  const isPlain = (row: number): boolean => waits(row) === 0 && (table.minCount?.[row] ?? 1) <= 1;
  const ones = new Uint8Array(fitting.length).fill(1);
  return {
    kindIndex,
    rows: {
      workload: fitting.map(row => workloads[table.workload[row] ?? -1] ?? -1),
      part: fitting.map(row => parts[table.part[row] ?? -1] ?? -1),
      partGib: Float64Array.from(fitting, row => table.partGib[row] ?? 0),
      usd: new Uint8Array(fitting.length),
      busy: Float64Array.from(fitting, row => (table.load[row] ?? 0) / kind.load),
      alone: fitting.map(countAlone),
      free: ones,
      plain: Uint8Array.from(fitting, row => (isPlain(row) ? 1 : 0)),
    },
    choiceOf: index => {
      const row = fitting[index] ?? -1;
      const given = table.workload[row] ?? -1;
      const workload = workloads[given] ?? -1;
      const part = table.parts[table.part[row] ?? -1];
      if (!part) throw new RangeError(`the table of ${table.unit} has no row ${index}`);
      return {
        id: offerIdOf(problem.workloads[given] as string, table.unit, part.id),
        workload,
        usd: 0,
        unit: kindIndex,
        part: find(indices.part, part.id),
        partGib: table.partGib[row] ?? 0,
        memoryGib: 0,
        load: table.load[row] ?? 0,
        minCount: table.minCount?.[row] ?? 1,
        waits: waits(row) === 1,
        uses: [],
        qualityRank: ties.quality.rankOf(workload, part.quality[given] ?? -Infinity),
        retirementRank: ties.retirement.rankOf(workload, retirementOf(part)),
        nameRank: ties.name.rankOf(workload, part.name),
      };
    },
  };
}

/** Counts that the quotas of a kind leave to one pool. */
function mostCounts({ max, uses }: Kind, limits: readonly number[]): number {
  const room = 1 + capacityTolerance;
  return Math.min(max, ...uses.map(({ quota, amount }) => ((limits[quota] ?? 0) * room) / amount));
}

function kindOf(unit: SharedUnit, indices: Indices): Kind {
  const { minCount: min = 1, increment: step = 1 } = unit;
  return {
    id: unit.id,
    usd: unit.usdPerCount,
    memoryGib: unit.memoryGib ?? Infinity,
    load: unit.loadPerCount,
    min,
    step,
    max: min + Math.floor((unit.maxCount - min) / step) * step,
    copies: unit.copies ?? 1,
    machines: unit.machinesPerCount ?? 1,
    uses: usesOf(unit.usesPerCount, indices),
    countOf: unit.countOf,
  };
}

function usesOf(uses: Offer['uses'], indices: Indices): Use[] {
  return (uses ?? [])
    .filter(use => use.amount > 0)
    .map(use => ({ quota: find(indices.quota, use.quota), amount: use.amount }));
}
