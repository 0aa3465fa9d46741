import type { Assignment } from '../candidate';
import { compare } from '../collections';
import { cents } from '../figures';
import { holds } from '../incumbents';
import type { DeployedUnit, Incumbents } from '../incumbents';
import type { Solver } from '../solver/highs';
import type { Limits } from '../solver/problem';
import type { Setting } from '../setting';
import { sizeUnit } from '../units';
import { choose } from './choose';
import type { Choice } from './choose';
import type { JointProblem } from './joint-problem';

type Pool = readonly Assignment[];

/** Workloads that would have to move together to save something, and stay. */
export interface Stay {
  /** Those that are deployed where they stay, in the order of their names. */
  readonly staying: readonly Assignment[];
  /** Where all of them, and who would move with them, cost less. */
  readonly instead: readonly Assignment[];
  /** What that would cost less, USD a month. */
  readonly savesUsd: number;
  /** What it has to save so that they move, USD a month. */
  readonly movesFromUsd: number;
}

/** A choice that leaves what is deployed where it is, unless that pays. */
interface Stayed {
  readonly choice: Choice;
  /** What that costs. */
  readonly stays: readonly Stay[];
}

/**
 * Weighs the cheapest choice against staying. Each workload pays for leaving its unit, so that one leaves a shared unit only where its
 * own move pays; all that would move together need to save no more than what their units are worth keeping for.
 * @param free the cheapest choice of all
 */
export function stay(joint: JointProblem, free: Choice, solver: Solver, limits: Limits): Stayed {
  const { incumbents } = joint.setting;
  if (!incumbents || leftBy(free, incumbents).length === 0) return { choice: free, stays: [] };
  const staying = (movable: ReadonlySet<string>): Choice | undefined => {
    const choice = choose(joint, solver, limits, joint.problemOfMoving(incumbents, movable));
    return 'status' in choice ? undefined : choice;
  };
  const first = staying(new Set());
  const paying = first
    ? partings(joint, first, free).filter(each => each.savesUsd > leavingUsd(each, incumbents))
    : [];
  const movable = new Set(paying.flatMap(({ to }) => to.flat().map(({ workload }) => workload.name)));
  const choice = movable.size > 0 ? staying(movable) : first;
  if (!choice || exceedsBudget(joint, choice)) return { choice: free, stays: [] };
  const stays = partings(joint, choice, free).flatMap(each => stayOf(each, incumbents));
  return { choice, stays };
}

/** A part in which two choices differ: the units of each, for the same workloads. */
interface Parting {
  readonly from: readonly Pool[];
  readonly to: readonly Pool[];
  /** What the second costs less, USD a month. */
  readonly savesUsd: number;
}

/** Where two choices part, each as small as can be: no unit of one serves a workload of another. */
function partings({ setting }: JointProblem, { pools: from }: Choice, { pools: to }: Choice): Parting[] {
  const [before, after] = [withoutPools(from, to), withoutPools(to, from)];
  return connected([...before, ...after]).map(names => {
    const isIn = (pool: Pool): boolean => pool.some(({ workload }) => names.has(workload.name));
    const own = { from: before.filter(isIn), to: after.filter(isIn) };
    return { ...own, savesUsd: cents(usdOf(own.from, setting) - usdOf(own.to, setting)) };
  });
}

/** Pools that the others do not have alike. */
function withoutPools(pools: readonly Pool[], others: readonly Pool[]): readonly Pool[] {
  const known = new Set(others.map(keyOf));
  return pools.filter(pool => !known.has(keyOf(pool)));
}

function keyOf(pool: Pool): string {
  return pool
    .map(({ workload, offer: { identity, model, class: own } }) =>
      JSON.stringify([workload.name, identity.unitKey, model, own.weights?.quantisation.name]),
    )
    .toSorted(compare)
    .join();
}

/** Names of the workloads of each part, in the order of the first. */
function connected(pools: readonly Pool[]): ReadonlySet<string>[] {
  const parts: Set<string>[] = [];
  for (const pool of pools) {
    const names = new Set(pool.map(({ workload }) => workload.name));
    const touched = parts.filter(part => [...names].some(name => part.has(name)));
    for (const part of touched) {
      part.forEach(name => names.add(name));
      parts.splice(parts.indexOf(part), 1);
    }
    parts.push(names);
  }
  return parts;
}

/** Workloads that a choice takes from their units, with those. Of pools of one kind, the one that keeps most is the unit's own. */
function leftBy({ pools }: Pick<Choice, 'pools'>, incumbents: Incumbents): [Assignment, DeployedUnit][] {
  const keeps = (pool: Pool, unit: DeployedUnit): Assignment[] =>
    pool.filter(each => incumbents.unitOf(each.workload) === unit && incumbents.isOn(each));
  const pairs = pools
    .flatMap(pool =>
      incumbents.units
        .filter(unit => pool.some(({ offer }) => holds(unit, offer)))
        .map(unit => ({ pool, unit, kept: keeps(pool, unit) })),
    )
    .toSorted((a, b) => b.kept.length - a.kept.length);
  const unitOfPool = new Map<Pool, DeployedUnit>();
  const stay = new Set<Assignment>();
  for (const { pool, unit, kept } of pairs) {
    if (unitOfPool.has(pool) || [...unitOfPool.values()].includes(unit)) continue;
    unitOfPool.set(pool, unit);
    kept.forEach(each => stay.add(each));
  }
  return pools.flat().flatMap((each): [Assignment, DeployedUnit][] => {
    const unit = incumbents.unitOf(each.workload);
    return unit && !stay.has(each) ? [[each, unit]] : [];
  });
}

/** What a part has to save, USD a month: what each of the units is kept for that it leaves, once. */
function leavingUsd({ to }: Parting, incumbents: Incumbents): number {
  const units = new Set(leftBy({ pools: to }, incumbents).map(([, unit]) => unit));
  return [...units].reduce((sum, unit) => sum + incumbents.movingUsd(unit), 0);
}

/** Nothing for a part that costs as much, or in which nobody stays who could leave. */
function stayOf(parting: Parting, incumbents: Incumbents): Stay[] {
  const { from, to, savesUsd } = parting;
  const left = new Set(leftBy({ pools: to }, incumbents).map(([{ workload }]) => workload));
  const leaves = new Set(leftBy({ pools: from }, incumbents).map(([{ workload }]) => workload));
  const staying = from
    .flat()
    .filter(({ workload }) => left.has(workload) && !leaves.has(workload))
    .toSorted((a, b) => compare(a.workload.name, b.workload.name));
  if (savesUsd < 0.01 || staying.length === 0) return [];
  const movesFromUsd = cents(leavingUsd(parting, incumbents));
  return [{ staying, instead: to.flat(), savesUsd, movesFromUsd }];
}

function exceedsBudget({ setting, budgetUsd: most = Infinity }: JointProblem, { pools }: Choice): boolean {
  return most < Infinity && usdOf(pools, setting) > most;
}

/** What pools cost, USD a month. */
function usdOf(pools: readonly Pool[], setting: Setting): number {
  return pools.reduce((sum, pool) => sum + (sizeUnit(pool, setting).monthlyUsd ?? 0), 0);
}
