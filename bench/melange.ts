import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadSolver } from '../placement/solver/highs';
import type { Solver } from '../placement/solver/highs';
import type { AssignmentProblem, CandidateInput } from '../placement/solver/problem';
import { solve } from '../placement/solver/solve';

const rows = z.array(z.array(z.number()));

/** Tables of Mélange (arXiv 2404.14527): requests a second by bucket of input and output, and dollars an hour. */
const tablesSchema = z.object({
  gpu_info: z.record(z.string(), z.object({ cost_usd_per_hour: z.number().positive(), tputs: rows })),
  workload_arena: z.object({ distribution_rows_input_cols_output: rows }),
  /** Its program, solved again by another solver. */
  own_rerun: z.object({ results: z.array(z.object({ rate: z.number(), ilp_cost: z.number() })) }),
});

/** Each bucket of requests is so many workloads, as in its program. */
const slices = 4;
/** Share of the cost below which nothing better is looked for, as there. */
const gap = 0.005;

/** What the same requests cost an hour as Berth's search shares GPUs, and as Mélange's program does. */
export async function reportMelange(file: string): Promise<string> {
  const { gpu_info, workload_arena, own_rerun } = tablesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const solver = await loadSolver();
  const lines = own_rerun.results.map(({ rate, ilp_cost }) => {
    const problem = problemOf(gpu_info, workload_arena.distribution_rows_input_cols_output, rate);
    const { usd, gpus, single } = cheapest(problem, solver);
    const against = (100 * (usd - ilp_cost)) / ilp_cost;
    return [
      rate,
      usd.toFixed(2),
      ilp_cost.toFixed(2),
      `${against.toFixed(2)} %`,
      single.toFixed(2),
      gpus,
    ].join('\t');
  });
  return ['requests/s\tBerth\tMélange\tdifference\tbest single type\tGPUs', ...lines].join('\n');
}

type Gpus = z.output<typeof tablesSchema>['gpu_info'];

function problemOf(
  gpus: Gpus,
  distribution: readonly (readonly number[])[],
  rate: number,
): AssignmentProblem {
  const buckets = distribution.flatMap((row, input) =>
    row.flatMap((share, output) =>
      share === 0
        ? []
        : Array.from({ length: slices }, (_, i) => ({ input, output, i, rate: (rate * share) / slices })),
    ),
  );
  const named = buckets.map(bucket => ({ ...bucket, id: `${bucket.input}-${bucket.output}-${bucket.i}` }));
  const candidates = named.flatMap(({ id, input, output, rate: own }) =>
    Object.entries(gpus).flatMap(([machineType, { tputs }]): CandidateInput[] => {
      const most = tputs[input]?.[output];
      return most === undefined
        ? []
        : [{ id: `${id}@${machineType}`, workload: id, usd: 0, machineType, load: own / most }];
    }),
  );
  const machineTypes = Object.entries(gpus).map(([id, { cost_usd_per_hour: usdPerCount }]) => ({
    id,
    usdPerCount,
    loadPerCount: 1,
    maxCount: 200,
  }));
  return { workloads: named.map(({ id }) => id), candidates, machineTypes, quotas: [] };
}

function cheapest(problem: AssignmentProblem, solver: Solver) {
  const solved = (some: AssignmentProblem) => {
    const solution = solve(some, solver, { gap });
    return solution.status === 'infeasible' ? undefined : solution;
  };
  const all = solved(problem);
  const single = problem.machineTypes.map(
    type =>
      solved({
        ...problem,
        machineTypes: [type],
        candidates: problem.candidates.filter(({ machineType }) => machineType === type.id),
      })?.usd ?? Infinity,
  );
  const gpus = (all?.pools ?? []).map(({ count, machineType }) => `${count} × ${machineType}`).join(', ');
  return { usd: all?.usd ?? Infinity, gpus, single: Math.min(...single) };
}
