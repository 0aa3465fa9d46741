import type {
  CandidateInput,
  AssignmentProblem,
  MachineTypeInput,
  Solution,
} from '../../../placement/solver/problem';

/** Cost, then the sums that break ties, in order; lower is better. */
export type OracleScore = readonly [
  usd: number,
  quality: number,
  machines: number,
  retirement: number,
  name: number,
];

interface OpenPool {
  readonly unit: MachineTypeInput;
  readonly offers: CandidateInput[];
}

/** Tries every assignment of every workload to every offer and pool. Shares no code with the solver. */
export function bruteForce(problem: AssignmentProblem): OracleScore | null {
  const ranked = ranksOf(problem);
  let best: OracleScore | null = null;
  const pools: OpenPool[] = [];
  const taken: CandidateInput[] = [];
  const visit = (index: number): void => {
    if (index === problem.workloads.length) {
      const score = scorePools(problem, taken, pools, ranked);
      if (score && (best === null || lexicographic(score, best) < 0)) best = score;
      return;
    }
    for (const offer of problem.candidates.filter(({ workload }) => workload === problem.workloads[index])) {
      taken.push(offer);
      if (offer.machineType === undefined) visit(index + 1);
      else placeInPools(offer, index);
      taken.pop();
    }
  };
  const placeInPools = (offer: CandidateInput, index: number): void => {
    const unit = problem.machineTypes.find(({ id }) => id === offer.machineType) as MachineTypeInput;
    const same = pools.filter(pool => pool.unit === unit);
    for (const pool of same) {
      pool.offers.push(offer);
      visit(index + 1);
      pool.offers.pop();
    }
    if (same.length >= (unit.copies ?? 1)) return;
    pools.push({ unit, offers: [offer] });
    visit(index + 1);
    pools.pop();
  };
  visit(0);
  return best;
}

/** Cost and ties of a solution, from the problem and the answer alone; throws what it breaks. */
export function scoreSolution(problem: AssignmentProblem, solution: Solution): OracleScore {
  const byId = new Map(problem.candidates.map(offer => [offer.id, offer]));
  const taken = problem.workloads.map(workload => {
    const offer = byId.get(solution.chosen[workload] ?? '');
    if (!offer || offer.workload !== workload) throw new Error(`${workload} has no offer of its own`);
    return offer;
  });
  const pools = solution.pools.map(pool => {
    const unit = problem.machineTypes.find(({ id }) => id === pool.machineType) as MachineTypeInput;
    const offers = taken.filter(
      offer => pool.workloads.includes(offer.workload) && offer.machineType === pool.machineType,
    );
    if (offers.length !== pool.workloads.length)
      throw new Error(`${pool.id} serves workloads that chose otherwise`);
    if (smallestCount(unit, offers) !== pool.count) throw new Error(`${pool.id} has the wrong count`);
    return { unit, offers };
  });
  const standing = pools.reduce((sum, pool) => sum + pool.offers.length, 0);
  if (standing !== taken.filter(offer => offer.machineType !== undefined).length)
    throw new Error('a workload has no pool');
  const score = scorePools(problem, taken, pools, ranksOf(problem));
  if (!score) throw new Error('the solution breaks a limit');
  return score;
}

function scorePools(
  problem: AssignmentProblem,
  taken: readonly CandidateInput[],
  pools: readonly OpenPool[],
  ranked: Map<string, readonly [number, number, number]>,
): OracleScore | null {
  const used = new Map<string, number>();
  const use = (uses: CandidateInput['uses'], times: number): void =>
    uses?.forEach(({ quota, amount }) => used.set(quota, (used.get(quota) ?? 0) + amount * times));
  let usd = 0;
  let machines = 0;
  for (const { unit, offers } of pools) {
    const count = smallestCount(unit, offers);
    if (count === null) return null;
    usd += count * unit.usdPerCount;
    machines += count * (unit.machinesPerCount ?? 1);
    use(unit.usesPerCount, count);
  }
  for (const unit of problem.machineTypes)
    if (pools.filter(pool => pool.unit === unit).length > (unit.copies ?? 1)) return null;
  taken.forEach(offer => use(offer.uses, 1));
  if (problem.quotas.some(({ id, limit }) => (used.get(id) ?? 0) > limit + 1e-6)) return null;
  const sum = (at: 0 | 1 | 2): number => taken.reduce((s, offer) => s + (ranked.get(offer.id)?.[at] ?? 0), 0);
  usd += taken.reduce((s, offer) => s + offer.usd, 0);
  return [usd, sum(0), machines, sum(1), sum(2)];
}

function smallestCount(unit: MachineTypeInput, offers: readonly CandidateInput[]): number | null {
  const parts = new Map<string, number>();
  for (const { part } of offers)
    if (part) parts.set(part.id, Math.max(part.memoryGib, parts.get(part.id) ?? 0));
  const memory = [...parts.values()].reduce((a, b) => a + b, 0);
  if (memory > (unit.memoryGib ?? Infinity) + 1e-6) return null;
  const load = offers.reduce((sum, offer) => sum + (offer.load ?? 0), 0);
  const least = Math.max(
    ...offers.map(offer => offer.minCount ?? 1),
    unit.countOf?.(offers.map(({ id }) => id)) ?? 1,
  );
  if (least === Infinity) return null;
  let count = unit.minCount ?? 1;
  while (count * unit.loadPerCount < load - 1e-6 || count < least) count += unit.increment ?? 1;
  return count <= unit.maxCount ? count : null;
}

/** Position of an offer's quality, retirement and name among the different ones of its workload. */
function ranksOf(problem: AssignmentProblem): Map<string, readonly [number, number, number]> {
  const ranked = new Map<string, readonly [number, number, number]>();
  for (const offer of problem.candidates) {
    const own = problem.candidates.filter(({ workload }) => workload === offer.workload);
    const better = <T>(of: (o: CandidateInput) => T, isBetter: (a: T, b: T) => boolean): number =>
      new Set(own.map(of).filter(value => isBetter(value, of(offer)))).size;
    ranked.set(offer.id, [
      better(
        o => o.quality ?? -Infinity,
        (a, b) => a > b,
      ),
      better(
        o => o.retirement ?? '9999',
        (a, b) => a > b,
      ),
      better(
        o => o.name ?? o.id,
        (a, b) => a < b,
      ),
    ]);
  }
  return ranked;
}

function lexicographic(a: OracleScore, b: OracleScore): number {
  if (Math.abs(a[0] - b[0]) > 1e-6) return a[0] - b[0];
  const at = a.findIndex((value, i) => i > 0 && value !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}
