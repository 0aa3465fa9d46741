import { compare } from '../collections';
import { byWorkloadAndId, capacityTolerance, countFor } from './instance';
import type { Candidate, CandidateTable, Instance, MachineType, Use } from './instance';
import { candidateIdOf } from './problem';
import type { AssignmentProblem, CandidateInput, CandidateTableInput, MachineTypeInput } from './problem';
import { nameOf, qualityOf, ranksOf, retirementOf } from './ranking';
import type { Ranks } from './ranking';

/** Indices by the ids of a problem. */
interface Indices {
  /** In the order of the problem. */
  readonly workload: ReadonlyMap<string, number>;
  readonly type: ReadonlyMap<string, number>;
  readonly part: ReadonlyMap<string, number>;
  readonly quota: ReadonlyMap<string, number>;
}

interface Numbering {
  readonly problem: AssignmentProblem;
  readonly indices: Indices;
  readonly types: readonly MachineType[];
  readonly quotas: readonly number[];
  readonly ranks: Ranks;
}

/** Sorts the problem and turns ids into indices and tie values into ranks. */
export function instanceOf(problem: AssignmentProblem): Instance {
  const { tables = [] } = problem;
  const workloads = problem.workloads.toSorted(compare);
  const machineTypes = problem.machineTypes.toSorted((a, b) => compare(a.id, b.id));
  const quotas = problem.quotas.toSorted((a, b) => compare(a.id, b.id));
  const parts = [...new Set(partIds(problem))].sort(compare);
  const sorted = indexOf(workloads);
  const indices: Indices = {
    workload: new Map(problem.workloads.map(id => [id, find(sorted, id)])),
    type: indexOf(machineTypes.map(({ id }) => id)),
    part: indexOf(parts),
    quota: indexOf(quotas.map(({ id }) => id)),
  };
  const numbering: Numbering = {
    problem,
    indices,
    types: machineTypes.map(type => typeOf(type, indices)),
    quotas: quotas.map(({ limit }) => limit),
    ranks: ranksOf(problem, indices.workload),
  };
  const candidates = problem.candidates.map(each => candidateOf(each, numbering));
  const numbered = tables.map(table => tableOf(table, numbering)).sort((a, b) => a.type - b.type);
  const taken = new Set(candidates.map(({ type }) => type));
  for (const { type } of numbered) {
    if (taken.has(type)) throw new RangeError(`${numbering.types[type]?.id} has candidates beside its table`);
    taken.add(type);
  }
  return {
    workloads,
    candidates: candidates.sort(byWorkloadAndId),
    tables: numbered,
    types: numbering.types,
    parts,
    quotas: numbering.quotas,
  };
}

function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}

function find(indices: ReadonlyMap<string, number>, id: string): number {
  const index = indices.get(id);
  if (index === undefined)
    throw new RangeError(`a candidate or machine type names ${id}, which the problem does not contain`);
  return index;
}

function partIds({ candidates, tables = [] }: AssignmentProblem): string[] {
  return [
    ...candidates.flatMap(({ part }) => part?.id ?? []),
    ...tables.flatMap(table => table.parts.map(({ id }) => id)),
  ];
}

function candidateOf(candidate: CandidateInput, { indices, types, ranks }: Numbering): Candidate {
  const { id, usd, machineType, part, load = 0, minCount = 1, uses } = candidate;
  const workload = find(indices.workload, candidate.workload);
  const type = machineType === undefined ? -1 : find(indices.type, machineType);
  return {
    id,
    workload,
    usd,
    type,
    part: part ? find(indices.part, part.id) : -1,
    partGib: part?.memoryGib ?? 0,
    load,
    minCount,
    waits: types[type]?.countOf !== undefined,
    uses: usesOf(uses, indices),
    qualityRank: ranks.quality.rankOf(workload, qualityOf(candidate)),
    retirementRank: ranks.retirement.rankOf(workload, retirementOf(candidate)),
    nameRank: ranks.name.rankOf(workload, nameOf(candidate)),
  };
}

/** Rows that fit their type alone, with what a candidate made of one needs. */
function tableOf(
  table: CandidateTableInput,
  { problem, indices, types, quotas, ranks }: Numbering,
): CandidateTable {
  const typeIndex = find(indices.type, table.machineType);
  const type = types[typeIndex] as MachineType;
  const most = mostCounts(type, quotas);
  const countAlone = (row: number): number =>
    countFor(type, table.load[row] ?? 0, table.minCount?.[row] ?? 1);
  const fitting = Int32Array.from({ length: table.workload.length }, (_, row) => row).filter(
    row => (table.partGib[row] ?? 0) <= type.memoryGib * (1 + capacityTolerance) && countAlone(row) <= most,
  );
  const workloads = [...indices.workload.values()];
  const parts = table.parts.map(({ id }) => find(indices.part, id));
  const waits = (row: number): number => (type.countOf ? (table.waits?.[row] ?? 1) : 0);
  const isPlain = (row: number): boolean => waits(row) === 0 && (table.minCount?.[row] ?? 1) <= 1;
  return {
    type: typeIndex,
    rows: {
      workload: fitting.map(row => workloads[table.workload[row] ?? -1] ?? -1),
      part: fitting.map(row => parts[table.part[row] ?? -1] ?? -1),
      partGib: Float64Array.from(fitting, row => table.partGib[row] ?? 0),
      usd: Float64Array.from(fitting, row => table.usd?.[row] ?? 0),
      busy: Float64Array.from(fitting, row => (table.load[row] ?? 0) / type.load),
      alone: fitting.map(countAlone),
      free: new Uint8Array(fitting.length).fill(1),
      plain: Uint8Array.from(fitting, row => (isPlain(row) ? 1 : 0)),
    },
    candidateOf: index => {
      const row = fitting[index] ?? -1;
      const given = table.workload[row] ?? -1;
      const workload = workloads[given] ?? -1;
      const part = table.parts[table.part[row] ?? -1];
      if (!part) throw new RangeError(`the table of ${table.machineType} has no row ${index}`);
      return {
        id: candidateIdOf(problem.workloads[given] as string, table.machineType, part.id),
        workload,
        usd: table.usd?.[row] ?? 0,
        type: typeIndex,
        part: find(indices.part, part.id),
        partGib: table.partGib[row] ?? 0,
        load: table.load[row] ?? 0,
        minCount: table.minCount?.[row] ?? 1,
        waits: waits(row) === 1,
        uses: [],
        qualityRank: ranks.quality.rankOf(workload, part.quality[given] ?? -Infinity),
        retirementRank: ranks.retirement.rankOf(workload, retirementOf(part)),
        nameRank: ranks.name.rankOf(workload, part.name),
      };
    },
  };
}

/** Counts that the quotas of a type leave to one pool. */
function mostCounts({ max, uses }: MachineType, limits: readonly number[]): number {
  const room = 1 + capacityTolerance;
  return Math.min(max, ...uses.map(({ quota, amount }) => ((limits[quota] ?? 0) * room) / amount));
}

function typeOf(type: MachineTypeInput, indices: Indices): MachineType {
  const { minCount: min = 1, increment: step = 1 } = type;
  return {
    id: type.id,
    usd: type.usdPerCount,
    memoryGib: type.memoryGib ?? Infinity,
    load: type.loadPerCount,
    min,
    step,
    max: min + Math.floor((type.maxCount - min) / step) * step,
    copies: type.copies ?? 1,
    machines: type.machinesPerCount ?? 1,
    uses: usesOf(type.usesPerCount, indices),
    countOf: type.countOf,
  };
}

function usesOf(uses: CandidateInput['uses'], indices: Indices): Use[] {
  return (uses ?? [])
    .filter(use => use.amount > 0)
    .map(use => ({ quota: find(indices.quota, use.quota), amount: use.amount }));
}
