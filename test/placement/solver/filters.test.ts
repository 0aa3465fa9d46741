import fc from 'fast-check';
import { loadSolver } from '../../../placement/solver/highs';
import { instanceOf } from '../../../placement/solver/numbering';
import { solve } from '../../../placement/solver/solve';
import type { AssignmentProblem } from '../../../placement/solver/problem';
import { undominated } from '../../../placement/solver/dominance-filter';
import { bruteForce, scoreSolution } from './oracle';
import { machineProblem, tabled } from './random-problem';

function left(problem: AssignmentProblem): string[] {
  return undominated(instanceOf(problem))
    .map(({ id }) => id)
    .sort();
}

test('what is left out changes neither the least cost nor any tie, from objects and from columns', async () => {
  const solver = await loadSolver();
  let offered = 0;
  let kept = 0;
  fc.assert(
    fc.property(machineProblem, problem => {
      const expected = bruteForce(problem);
      offered += problem.candidates.length;
      kept += left(problem).length;
      for (const form of [problem, tabled(problem)]) {
        const answer = solve(form, solver);
        expect(answer.status === 'infeasible' ? null : scoreSolution(problem, answer)).toEqual(expected);
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 200), seed: 20261126 },
  );
  expect(kept).toBeLessThan(offered / 2);
}, 300_000);

/** So many workloads, each of which keeps a tenth of a small machine busy, or a twentieth of a large one. */
function fleet(count: number): AssignmentProblem {
  const workloads = Array.from({ length: count }, (_, i) => `w${String(i).padStart(2, '0')}`);
  return {
    workloads,
    machineTypes: [
      { id: 'large', usdPerCount: 800, memoryGib: 40, loadPerCount: 1, maxCount: 100, copies: count },
      { id: 'small', usdPerCount: 100, memoryGib: 10, loadPerCount: 1, maxCount: 100, copies: count },
    ],
    quotas: [],
    candidates: workloads.flatMap((workload, i) => [
      { id: `${workload}.tokens`, workload, usd: 60 },
      ...[0.05, 0.1].map((load, k) => ({
        id: `${workload}.${k === 0 ? 'large' : 'small'}`,
        workload,
        usd: 0,
        machineType: k === 0 ? 'large' : 'small',
        part: { id: `p${i % 2}`, memoryGib: 8 },
        load,
      })),
    ]),
  };
}

test('columns leave the same candidates as objects', () => {
  fc.assert(
    fc.property(machineProblem, problem => {
      expect(left(tabled(problem))).toEqual(left(problem));
    }),
    { numRuns: 150, seed: 20261127 },
  );
});

test('a large machine is left out where small ones carry whatever it could', () => {
  // Two small pools are opened for $200, and each workload adds $10; a large machine costs $800 and may serve 20.
  expect(left(fleet(40)).filter(id => id.endsWith('large'))).toEqual([]);
});

test('and is kept where the small ones cannot hold all of it', () => {
  const { machineTypes, ...problem } = fleet(40);
  const tight = machineTypes.map(unit => (unit.id === 'small' ? { ...unit, memoryGib: 7 } : unit));
  expect(left({ ...problem, machineTypes: tight }).filter(id => id.endsWith('large'))).toHaveLength(40);
});
