import { dominates, withoutDominated } from '../dominance';
import type { Dimension } from '../dominance';
import { groupBy } from '../collections';
import {
  byMachineType,
  byWorkloadAndId,
  capacityTolerance,
  countAlone,
  typeAt,
  usdTolerance,
} from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import { worthSharing } from './sharing-filter';

/** What a candidate asks for on a machine of one type and part. */
const needs: readonly Dimension<Candidate>[] = [
  { id: 'usd', better: 'less', of: ({ usd }) => usd },
  { id: 'minCount', better: 'less', of: ({ minCount }) => minCount },
  { id: 'memory', better: 'less', of: ({ partGib }) => partGib },
];
const load: Dimension<Candidate> = { id: 'load', better: 'less', of: candidate => candidate.load };
const ties: readonly Dimension<Candidate>[] = [
  { id: 'quality', better: 'less', of: ({ qualityRank }) => qualityRank },
  { id: 'retirement', better: 'less', of: ({ retirementRank }) => retirementRank },
  { id: 'name', better: 'less', of: ({ nameRank }) => nameRank },
];
const onOneType = [...needs, load, ...ties];

/** What a machine offers whoever stands on it. */
const machine: readonly Dimension<MachineType>[] = [
  { id: 'usd', better: 'less', of: ({ usd }) => usd },
  { id: 'machines', better: 'less', of: ({ machines }) => machines },
  { id: 'memory', better: 'more', of: ({ memoryGib }) => memoryGib },
  { id: 'least count', better: 'same', of: ({ min }) => min },
  { id: 'step', better: 'same', of: ({ step }) => step },
  { id: 'largest count', better: 'more', of: ({ max }) => max },
];

/**
 * Candidates that can be part of a best plan, without those that another dominates whatever the rest of the plan is; in the
 * order of workloads and ids.
 */
export function undominated(instance: Instance): Candidate[] {
  const possible = instance.candidates.filter(candidate => isPossible(instance, candidate));
  const binding = bindingQuotas(instance, possible);
  const candidates = possible.map(candidate =>
    candidate.uses.every(({ quota }) => binding.has(quota))
      ? candidate
      : { ...candidate, uses: candidate.uses.filter(({ quota }) => binding.has(quota)) },
  );
  const worthy = worthSharing({ ...instance, candidates });
  const alike = groupBy(worthy, ({ workload, type, part }) => `${workload}/${type}/${part}`);
  const kept = [...alike.values()].flatMap(own =>
    own[0]?.waits ? own : withoutDominated(own, onOneType, isTakenBefore),
  );
  return withoutDominatedTypes(instance, kept).sort(byWorkloadAndId);
}

/** Whether the candidate fits its type and its quotas when it is alone. */
function isPossible(instance: Instance, candidate: Candidate): boolean {
  const type = instance.types[candidate.type];
  const room = 1 + capacityTolerance;
  if (type && candidate.partGib > type.memoryGib * room) return false;
  const count = countAlone(type, candidate);
  if (!Number.isFinite(count)) return false;
  const used = new Map<number, number>();
  const use = (quota: number, amount: number): unknown => used.set(quota, (used.get(quota) ?? 0) + amount);
  candidate.uses.forEach(({ quota, amount }) => use(quota, amount));
  type?.uses.forEach(({ quota, amount }) => use(quota, amount * count));
  return [...used].every(([quota, amount]) => amount <= (instance.quotas[quota] ?? 0) * room);
}

/** Quotas that the workloads could exceed if each took the most it may. */
function bindingQuotas(instance: Instance, candidates: readonly Candidate[]): Set<number> {
  const most = new Map<number, Map<number, number>>();
  const types = new Set([...instance.tables, ...candidates].map(({ type }) => type));
  const binding = new Set(
    [...types].flatMap(type => instance.types[type]?.uses.map(({ quota }) => quota) ?? []),
  );
  for (const { workload, uses } of candidates)
    for (const { quota, amount } of uses) {
      const byWorkload = most.get(quota) ?? new Map<number, number>();
      byWorkload.set(workload, Math.max(byWorkload.get(workload) ?? 0, amount));
      most.set(quota, byWorkload);
    }
  for (const [quota, byWorkload] of most)
    if ([...byWorkload.values()].reduce((a, b) => a + b, 0) > (instance.quotas[quota] ?? 0))
      binding.add(quota);
  return binding;
}

/** Of two candidates of which the first dominates the second. */
function isTakenBefore(a: Candidate, b: Candidate): boolean {
  return a.uses.length === 0 && (a.id < b.id || !dominates(b, a, onOneType));
}

interface TypeTable {
  readonly type: MachineType;
  readonly index: number;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

/** Drops types whose every pool one of another type can stand in for, at no more cost. */
function withoutDominatedTypes(instance: Instance, candidates: readonly Candidate[]): Candidate[] {
  const { byType } = byMachineType(candidates);
  const tables = [...byType].flatMap(([index, own]) => tableOf(typeAt(instance, index), index, own));
  const workloads = instance.workloads.length;
  const standsIn = (a: TypeTable, b: TypeTable): boolean => a.type.copies >= workloads && standsInFor(a, b);
  const dominated = new Set(
    tables
      .filter(b => tables.some(a => a !== b && standsIn(a, b) && (a.type.id < b.type.id || !standsIn(b, a))))
      .map(({ index }) => index),
  );
  return candidates.filter(({ type }) => !dominated.has(type));
}

/** None where more than cost and need tells the type's pools apart from others, or its candidates from each other. */
function tableOf(type: MachineType, index: number, own: readonly Candidate[]): TypeTable[] {
  const candidates = new Map(own.map(each => [`${each.workload}/${each.part}`, each]));
  const standsApart =
    type.countOf !== undefined ||
    type.uses.length > 0 ||
    candidates.size < own.length ||
    own.some(({ uses }) => uses.length > 0);
  return standsApart ? [] : [{ type, index, candidates }];
}

function standsInFor(a: TypeTable, b: TypeTable): boolean {
  if (!dominates(a.type, b.type, machine)) return false;
  const isCheaper = a.type.usd * a.type.min < b.type.usd * b.type.min - usdTolerance;
  const dimensions = isCheaper ? needs : [...needs, ...ties];
  return [...b.candidates].every(([key, candidate]) => {
    const other = a.candidates.get(key);
    return (
      other !== undefined &&
      dominates(other, candidate, dimensions) &&
      other.load / a.type.load <= candidate.load / b.type.load
    );
  });
}
