import type { Solver } from '../solver/highs';
import { solve } from '../solver/optimum';
import type { Infeasible, Limits, Solution } from '../solver/problem';
import { evaluateOffer } from '../evaluate';
import type { Choice } from '../evaluate';
import { groupBy } from '../group-by';
import type { JointProblem } from './joint-problem';

/** What was chosen: the choices of each unit that has to be deployed, and how far it is proven. */
export interface Chosen {
  readonly pools: readonly (readonly Choice[])[];
  readonly solution: Solution;
}

/** The cheapest way to serve all workloads together, or why there is none. */
export function choose(joint: JointProblem, solver: Solver, limits: Limits): Chosen | Infeasible {
  const solution = solve(joint.problem(), solver, limits);
  return solution.status === 'infeasible' ? solution : { solution, pools: poolsOf(joint, solution) };
}

function poolsOf(joint: JointProblem, { chosen, pools }: Solution): Choice[][] {
  const poolOf = new Map(pools.flatMap(({ id, workloads }) => workloads.map(name => [name, id] as const)));
  const choices = Object.values(chosen).map((id): Choice => {
    const { workload, offer } = joint.seatedAt(id);
    return { workload, evaluation: evaluateOffer(offer, workload, joint.setting) };
  });
  // Without a pool, it is one deployment for all that chose it.
  const keyOf = ({ workload, evaluation: { offer } }: Choice): string =>
    poolOf.get(workload.name) ?? offer.identity.unitKey;
  return [...groupBy(choices, keyOf).values()];
}
