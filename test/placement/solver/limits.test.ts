import { loadSolver } from '../../../placement/solver/highs';
import { solve } from '../../../placement/solver/solve';
import type { AssignmentProblem } from '../../../placement/solver/problem';

/** Two workloads that share one machine, which the relaxation alone does not settle. */
const problem: AssignmentProblem = {
  workloads: ['a', 'b', 'c'],
  machineTypes: [{ id: 'machine', usdPerCount: 100, memoryGib: 16, loadPerCount: 1, maxCount: 9, copies: 3 }],
  quotas: [],
  candidates: ['a', 'b', 'c'].flatMap(workload => [
    {
      id: `${workload}@machine`,
      workload,
      usd: 0,
      machineType: 'machine',
      load: 0.4,
      part: { id: workload, memoryGib: 7 },
    },
    { id: `${workload}@tokens`, workload, usd: 70 },
  ]),
};

test('two stand on one machine, and the third does not fit beside them', async () => {
  const solution = solve(problem, await loadSolver());

  expect(solution).toMatchObject({
    status: 'optimal',
    usd: 170,
    bound: expect.closeTo(170, 3) as number,
    reproducible: true,
  });
});

test('a wall clock that strikes is said to make the answer irreproducible', async () => {
  const solver = await loadSolver();
  const struck = solve(
    problem,
    {
      relax: mip => solver.relax(mip),
      minimise: (mip, effort, start) => ({
        ...solver.minimise(mip, effort, start),
        status: 'limit',
        timedOut: true,
        bound: 0,
      }),
    },
    { seconds: 60 },
  );

  expect(struck).toMatchObject({ status: 'time-limit', reproducible: false });
});
