import type { Solver } from '../solver/highs';
import { solve } from '../solver/solve';
import type { AssignmentProblem, Infeasible, Limits, Solution } from '../solver/problem';
import type { Assignment } from '../candidate';
import { groupBy } from '../collections';
import type { JointProblem } from './joint-problem';

/** What was chosen: who shares each unit that has to be deployed, and how far it is proven. */
export interface Choice {
  readonly pools: readonly (readonly Assignment[])[];
  readonly solution: Solution;
}

/** The cheapest way to serve all workloads together, or why there is none. @param problem the joint one, or a variant of it */
export function choose(
  joint: JointProblem,
  solver: Solver,
  limits: Limits,
  problem: AssignmentProblem = joint.problem(),
): Choice | Infeasible {
  const solution = solve(problem, solver, limits);
  return solution.status === 'infeasible' ? solution : { solution, pools: poolsOf(joint, solution) };
}

function poolsOf(joint: JointProblem, { chosen, pools }: Solution): Assignment[][] {
  const poolOf = new Map(pools.flatMap(({ id, workloads }) => workloads.map(name => [name, id] as const)));
  const assignments = Object.values(chosen).map(id => joint.assignmentOf(id));
  // Without a pool, it is one deployment for all that chose it.
  const keyOf = ({ workload, offer }: Assignment): string =>
    poolOf.get(workload.name) ?? offer.identity.unitKey;
  return [...groupBy(assignments, keyOf).values()];
}
