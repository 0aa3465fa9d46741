import { components } from './components';
import type { Solver } from './highs';
import { loadSolver } from './highs';
import type { Instance } from './instance';
import { compare, usdTolerance } from './instance';
import { instanceOf } from './numbering';
import { answerPart } from './part';
import type { PartAnswer } from './part';
import { scoreOf } from './plan';
import type { Plan } from './plan';
import type { Infeasible, Limits, Pool, Problem, Solution } from './problem';
import { reduce } from './reduce';
import type { Purse } from './purse';
import { shareProven } from './setup-search';

/** Loads the solver and chooses all workloads together. */
export async function optimise(problem: Problem, limits: Limits = {}): Promise<Solution | Infeasible> {
  return solve(problem, await loadSolver(), limits);
}

/**
 * Chooses all workloads together at the least cost. Ties in cost go to the lower sum of quality ranks, then fewer
 * machines, then the lower sum of retirement ranks, then the lower sum of name ranks; a rank counts the workload's own
 * offers from the best, 0.
 */
export function solve(problem: Problem, solver: Solver, limits: Limits = {}): Solution | Infeasible {
  const instance = instanceOf(problem);
  const choices = reduce(instance);
  const served = new Set(choices.map(choice => choice.workload));
  const unserved = instance.workloads.filter((_, index) => !served.has(index));
  if (unserved.length > 0) return { status: 'infeasible', cause: 'no-offer', workloads: unserved };
  const purse = purseOf(limits);
  const answers = components(instance, choices).map(part => answerPart(instance, part, solver, purse));
  const stuck = answers.flatMap(({ plan }, i) => (plan ? [] : [answers[i] as PartAnswer]));
  if (stuck.length > 0) {
    const workloads = stuck.flatMap(part => part.workloads.map(index => instance.workloads[index] as string));
    return { status: 'infeasible', cause: 'limits', workloads: workloads.sort(compare) };
  }
  return withinBudget(problem, instance, solutionOf(instance, answers, purse, limits), answers);
}

function purseOf({ nodes = 20_000, gap = 0, seconds }: Limits): Purse {
  const begin = performance.now();
  const secondsLeft = (): number | undefined =>
    seconds === undefined ? undefined : seconds - (performance.now() - begin) / 1000;
  return { nodes, gap, secondsLeft, timedOut: false };
}

function solutionOf(
  instance: Instance,
  answers: readonly PartAnswer[],
  purse: Purse,
  limits: Limits,
): Solution {
  const plans = answers.flatMap(({ plan }) => plan ?? []);
  const usd = plans.reduce((sum, plan) => sum + scoreOf(plan).usd, 0);
  const bound = Math.min(
    usd,
    answers.reduce((sum, { bound: own }) => sum + own, 0),
  );
  const proven = answers.every(part => part.proven);
  const gap = usd > 0 ? (usd - bound) / usd : 0;
  const counted = Math.max(usdTolerance * Math.max(1, answers.length), shareProven * usd);
  const optimal = proven && usd - bound <= counted;
  const limit = purse.timedOut ? 'time-limit' : 'node-limit';
  const chosen = plans.flatMap(plan => plan.choices).sort((a, b) => a.workload - b.workload);
  return {
    status: optimal ? 'optimal' : gap <= purse.gap ? 'within-gap' : limit,
    usd,
    bound,
    gap,
    chosen: Object.fromEntries(
      chosen.map(choice => [instance.workloads[choice.workload] as string, choice.id]),
    ),
    pools: poolsOf(instance, plans),
    ties: answers.every(part => part.tiesProven) ? 'exact' : 'local',
    reproducible: !purse.timedOut,
    nodes: (limits.nodes ?? 20_000) - purse.nodes,
  };
}

function poolsOf(instance: Instance, plans: readonly Plan[]): Pool[] {
  const named = (indices: Iterable<number>, names: readonly string[]): string[] =>
    [...new Set(indices)]
      .filter(index => index >= 0)
      .map(index => names[index] as string)
      .sort(compare);
  const bare = plans
    .flatMap(plan => plan.pools)
    .map(pool => ({
      unit: pool.kind.id,
      count: pool.count,
      usd: pool.count * pool.kind.usd,
      parts: named(
        [...pool.choices].map(choice => choice.part),
        instance.parts,
      ),
      workloads: named(
        [...pool.choices].map(choice => choice.workload),
        instance.workloads,
      ),
    }));
  const ordered = bare.sort(
    (a, b) => compare(a.unit, b.unit) || compare(a.workloads[0] ?? '', b.workloads[0] ?? ''),
  );
  return ordered.map((pool, i) => {
    const number = ordered.slice(0, i).filter(({ unit }) => unit === pool.unit).length + 1;
    return { id: number === 1 ? pool.unit : `${pool.unit}#${number}`, ...pool };
  });
}

function withinBudget(
  problem: Problem,
  instance: Instance,
  solution: Solution,
  answers: readonly PartAnswer[],
): Solution | Infeasible {
  const { budgetUsd = Infinity } = problem;
  if (solution.usd <= budgetUsd + usdTolerance) return solution;
  const shares = answers.flatMap(({ plan }) => (plan ? sharesOf(instance, plan) : []));
  return {
    status: 'infeasible',
    cause: 'budget',
    budgetUsd,
    cheapest: solution,
    excessUsd: solution.usd - budgetUsd,
    proven: solution.bound > budgetUsd,
    dearest: shares.sort((a, b) => b.usd - a.usd || compare(a.workload, b.workload)),
  };
}

/** Each workload's own cost and its share of its pool, by load; equal shares where nothing loads the pool. */
function sharesOf(instance: Instance, plan: Plan): { workload: string; usd: number }[] {
  const shares = new Map(plan.choices.map(choice => [choice, choice.usd]));
  for (const pool of plan.pools) {
    const load = [...pool.choices].reduce((sum, choice) => sum + choice.load, 0);
    for (const choice of pool.choices) {
      const part = load > 0 ? choice.load / load : 1 / pool.choices.size;
      shares.set(choice, (shares.get(choice) ?? 0) + pool.count * pool.kind.usd * part);
    }
  }
  return [...shares].map(([choice, usd]) => ({
    workload: instance.workloads[choice.workload] as string,
    usd,
  }));
}
