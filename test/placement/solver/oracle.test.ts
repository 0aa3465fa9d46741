import fc from 'fast-check';
import { loadSolver } from '../../../placement/solver/highs';
import type { Solver } from '../../../placement/solver/highs';
import { solve } from '../../../placement/solver/solve';
import { bruteForce, scoreSolution } from './oracle';
import { mergingProblem, smallProblem } from './random-problem';
import type { AssignmentProblem } from '../../../placement/solver/problem';

describe('the optimum against a brute force', () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = await loadSolver();
  });

  it.each([
    ['in every feature', smallProblem],
    ['whose pools merge', mergingProblem],
  ])(
    'agrees on cost and every tie of small random problems %s',
    (_, problems) => {
      const agrees = (problem: AssignmentProblem): void => {
        const expected = bruteForce(problem);
        const answer = solve(problem, solver);
        if (answer.status === 'infeasible') {
          expect(expected).toBeNull();
          return;
        }
        expect({ status: answer.status, score: scoreSolution(problem, answer) }).toEqual({
          status: 'optimal',
          score: expected,
        });
        expect(answer.bound).toBeLessThanOrEqual(answer.usd);
      };
      fc.assert(fc.property(problems, agrees), { numRuns: Number(process.env.RUNS ?? 500), seed: 20261124 });
    },
    300_000,
  );
});
