import { compare, groupBy } from '../collections';
import { undominated } from './dominance-filter';
import type { Solver } from './highs';
import { usdTolerance } from './instance';
import type { Candidate, Instance } from './instance';
import { instanceOf } from './numbering';
import { scoreOf } from './plan';
import type { Plan } from './plan';
import type { AssignmentProblem, Infeasible, Limits, Solution, SolvedPool } from './problem';
import { solveComponent } from './search';
import type { ComponentAnswer } from './search';
import type { SolveBudget } from './solve-budget';

const defaultNodes = 20_000;

/**
 * Chooses all workloads together at the least cost. Ties in cost go to the lower sum of quality ranks, then fewer
 * machines, then the lower sum of retirement ranks, then the lower sum of name ranks; a rank counts the workload's own
 * candidates from the best, 0.
 */
export function solve(
  problem: AssignmentProblem,
  solver: Solver,
  limits: Limits = {},
): Solution | Infeasible {
  const instance = instanceOf(problem);
  const candidates = undominated(instance);
  const served = new Set(candidates.map(({ workload }) => workload));
  const unserved = instance.workloads.filter((_, index) => !served.has(index));
  if (unserved.length > 0) return { status: 'infeasible', cause: 'no-candidate', workloads: unserved };
  const budget = budgetOf(limits);
  const answers = components(instance, candidates).map(own => solveComponent(instance, own, solver, budget));
  const stuck = answers.filter(({ plan }) => plan === null);
  if (stuck.length > 0) {
    const workloads = stuck.flatMap(({ workloads: own }) =>
      own.map(index => instance.workloads[index] as string),
    );
    const proven = stuck.every(({ bound }) => bound === Infinity);
    return { status: 'infeasible', cause: 'limits', workloads: workloads.sort(compare), proven };
  }
  return withinBudget(problem, instance, solutionOf(instance, answers, budget, limits), answers);
}

function budgetOf({ nodes = defaultNodes, gap = 0, seconds }: Limits): SolveBudget {
  const begin = performance.now();
  const secondsLeft = (): number | undefined =>
    seconds === undefined ? undefined : seconds - (performance.now() - begin) / 1000;
  return { nodes, gap, secondsLeft, timedOut: false };
}

/** Splits candidates into components that share no machine type and no quota, and can be solved one by one. */
function components({ workloads, types, quotas }: Instance, candidates: readonly Candidate[]): Candidate[][] {
  const parent = Array.from({ length: workloads.length + types.length + quotas.length }, (_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = node; at !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): unknown => (parent[rootOf(b)] = rootOf(a));
  const quotaNode = (quota: number): number => workloads.length + types.length + quota;
  for (const { workload, type, uses } of candidates) {
    for (const { quota } of [...uses, ...(types[type]?.uses ?? [])]) join(workload, quotaNode(quota));
    if (type >= 0) join(workload, workloads.length + type);
  }
  return [...groupBy(candidates, ({ workload }) => rootOf(workload)).values()];
}

function solutionOf(
  instance: Instance,
  answers: readonly ComponentAnswer[],
  budget: SolveBudget,
  { nodes = defaultNodes }: Limits,
): Solution {
  const plans = answers.flatMap(({ plan }) => plan ?? []);
  const usd = plans.reduce((total, plan) => total + scoreOf(plan).usd, 0);
  const bound = Math.min(
    usd,
    answers.reduce((total, answer) => total + answer.bound, 0),
  );
  const gap = usd > 0 ? (usd - bound) / usd : 0;
  const isOptimal = usd - bound <= usdTolerance * Math.max(1, answers.length);
  const limit = budget.timedOut ? 'time-limit' : 'node-limit';
  const chosen = plans.flatMap(plan => plan.candidates).sort((a, b) => a.workload - b.workload);
  return {
    status: isOptimal ? 'optimal' : gap <= budget.gap ? 'within-gap' : limit,
    usd,
    bound,
    gap,
    chosen: Object.fromEntries(
      chosen.map(({ workload, id }) => [instance.workloads[workload] as string, id]),
    ),
    pools: poolsOf(instance, plans),
    ties: answers.every(({ tiesProven }) => tiesProven) ? 'exact' : 'local',
    reproducible: !budget.timedOut,
    nodes: nodes - budget.nodes,
  };
}

function poolsOf({ workloads, parts }: Instance, plans: readonly Plan[]): SolvedPool[] {
  const named = (indices: readonly number[], names: readonly string[]): string[] =>
    [...new Set(indices)].flatMap(index => names[index] ?? []).sort(compare);
  const bare = plans
    .flatMap(plan => plan.pools)
    .map(({ type, count, candidates }) => ({
      machineType: type.id,
      count,
      usd: count * type.usd,
      parts: named(
        [...candidates].map(({ part }) => part),
        parts,
      ),
      workloads: named(
        [...candidates].map(({ workload }) => workload),
        workloads,
      ),
    }));
  const ordered = bare.sort(
    (a, b) => compare(a.machineType, b.machineType) || compare(a.workloads[0] ?? '', b.workloads[0] ?? ''),
  );
  return ordered.map((pool, i) => {
    const number =
      ordered.slice(0, i).filter(({ machineType }) => machineType === pool.machineType).length + 1;
    return { id: number === 1 ? pool.machineType : `${pool.machineType}#${number}`, ...pool };
  });
}

function withinBudget(
  { budgetUsd = Infinity }: AssignmentProblem,
  instance: Instance,
  cheapest: Solution,
  answers: readonly ComponentAnswer[],
): Solution | Infeasible {
  if (cheapest.usd <= budgetUsd + usdTolerance) return cheapest;
  const shares = answers.flatMap(({ plan }) => (plan ? sharesOf(instance, plan) : []));
  return {
    status: 'infeasible',
    cause: 'budget',
    budgetUsd,
    cheapest,
    excessUsd: cheapest.usd - budgetUsd,
    proven: cheapest.bound > budgetUsd,
    dearest: shares.sort((a, b) => b.usd - a.usd || compare(a.workload, b.workload)),
  };
}

/** Each workload's own cost and its share of its pool, by load; equal shares where nothing loads the pool. */
function sharesOf({ workloads }: Instance, { candidates, pools }: Plan): { workload: string; usd: number }[] {
  const shares = new Map(candidates.map(candidate => [candidate, candidate.usd]));
  for (const { candidates: own, count, type } of pools) {
    const load = [...own].reduce((total, candidate) => total + candidate.load, 0);
    for (const candidate of own) {
      const part = load > 0 ? candidate.load / load : 1 / own.size;
      shares.set(candidate, (shares.get(candidate) ?? 0) + count * type.usd * part);
    }
  }
  return [...shares].map(([{ workload }, usd]) => ({ workload: workloads[workload] as string, usd }));
}
