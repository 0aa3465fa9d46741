import { seededRandom } from '../../../tools/seeded-random';
import { loadSolver } from '../../../placement/solver/highs';
import { solve } from '../../../placement/solver/solve';
import type { CandidateInput, AssignmentProblem } from '../../../placement/solver/problem';
import { scoreSolution } from './oracle';

const usdPerMachine = 100;

/**
 * Forty workloads on four parts, of which two fit a machine, with loads that sum up to whole machines for each part. Nothing
 * can cost less than these machines: everything else asks more for the same load, so that the optimum is known.
 */
function planted(seed: number): { problem: AssignmentProblem; usd: number } {
  const random = seededRandom(seed);
  const machines = [2, 3, 4, 6];
  const offers = machines.flatMap((count, part) => {
    const shares = Array.from({ length: 10 }, () => 0.05 + random());
    const sum = shares.reduce((a, b) => a + b, 0);
    return shares.flatMap((share, i): CandidateInput[] => {
      const workload = `w${part}${i}`;
      const load = (count * share) / sum;
      const other = (part + 1) % machines.length;
      const on = (at: number, more: number): CandidateInput => ({
        id: `${workload}@p${at}`,
        workload,
        usd: 0,
        machineType: 'machine',
        load: load * more,
        part: { id: `p${at}`, memoryGib: 4 + 2 * random() },
      });
      const usd = usdPerMachine * load * (1.02 + random() / 2);
      return [on(part, 1), on(other, 1.1 + random()), { id: `${workload}@tokens`, workload, usd }];
    });
  });
  return {
    usd: usdPerMachine * machines.reduce((a, b) => a + b, 0),
    problem: {
      workloads: [...new Set(offers.map(({ workload }) => workload))],
      candidates: offers,
      machineTypes: [
        {
          id: 'machine',
          usdPerCount: usdPerMachine,
          memoryGib: 13,
          loadPerCount: 1,
          maxCount: 50,
          copies: 40,
        },
      ],
      quotas: [],
    },
  };
}

it.each([1, 2, 3])('proves an optimum that is known by construction, seed %i', async seed => {
  const { problem, usd } = planted(seed);
  const answer = solve(problem, await loadSolver());
  if (answer.status === 'infeasible') throw new Error('a plan is planted');
  const [cost] = scoreSolution(problem, answer);

  expect(answer.status).toBe('optimal');
  expect(answer.usd).toBeCloseTo(cost, 6);
  expect(answer.usd).toBeCloseTo(usd, 2);
  expect(answer.bound).toBeLessThanOrEqual(usd + 1e-6);
});

/** Twenty-four models of a size, of which eight fit a machine: in 735,471 ways, which are more than are listed. */
function uncounted(load: number): AssignmentProblem {
  const workloads = Array.from({ length: 24 }, (_, i) => `w${i}`);
  const machine = { id: 'machine', usdPerCount: usdPerMachine, memoryGib: 40, loadPerCount: 1 };
  return {
    workloads,
    candidates: workloads.map(workload => ({
      id: `${workload}@machine`,
      workload,
      usd: 0,
      machineType: 'machine',
      load,
      part: { id: workload, memoryGib: 5 },
    })),
    machineTypes: [{ ...machine, maxCount: 50, copies: 24 }],
    quotas: [],
  };
}

it.each([
  ['load', 0.1],
  ['memory', 0.01],
])('proves what has too many patterns to list, where %s asks for three machines', async (_, load) => {
  const answer = solve(uncounted(load), await loadSolver());

  expect(answer).toMatchObject({
    status: 'optimal',
    usd: 3 * usdPerMachine,
    bound: expect.closeTo(3 * usdPerMachine, 2) as number,
  });
});
