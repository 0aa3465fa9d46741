import { groupBy } from '../collections';
import { capacityTolerance, countFor, sum, typeAt, usdTolerance, waitingCount } from './instance';
import type { Candidate, Instance, MachineType } from './instance';

/** Machines of one type that serve some workloads together, while they are being filled. */
export class Pool {
  readonly candidates = new Set<Candidate>();
  /** Memory of each part, as the largest of its users needs it. */
  private readonly parts = new Map<number, number>();
  private memoryGib = 0;
  private load = 0;
  private least = 1;
  private known: number | undefined = 0;

  constructor(
    readonly typeIndex: number,
    readonly type: MachineType,
    candidates: Iterable<Candidate> = [],
  ) {
    for (const candidate of candidates) this.add(candidate);
  }

  /** Smallest count that carries everything in it; Infinity when none does. */
  get count(): number {
    this.known ??= this.smallest([...this.candidates], this.memoryGib, this.load, this.least);
    return this.known;
  }

  /** Count with one more; Infinity when memory or the largest count forbids it. */
  countWith(candidate: Candidate): number {
    return this.smallest(
      [...this.candidates, candidate],
      this.memoryGib + this.addedGib(candidate),
      this.load + candidate.load,
      Math.max(this.least, candidate.minCount),
    );
  }

  add(candidate: Candidate): void {
    this.memoryGib += this.addedGib(candidate);
    this.load += candidate.load;
    this.least = Math.max(this.least, candidate.minCount);
    this.parts.set(candidate.part, Math.max(this.parts.get(candidate.part) ?? 0, candidate.partGib));
    this.candidates.add(candidate);
    this.known = undefined;
  }

  private addedGib({ part, partGib }: Candidate): number {
    return Math.max(0, partGib - (this.parts.get(part) ?? 0));
  }

  private smallest(candidates: readonly Candidate[], memoryGib: number, load: number, least: number): number {
    if (memoryGib > this.type.memoryGib * (1 + capacityTolerance)) return Infinity;
    const count = countFor(this.type, load, least);
    return count < Infinity ? Math.max(count, waitingCount(this.type, candidates)) : Infinity;
  }
}

/** A whole answer: one candidate for each workload, and the pools they stand in. */
export interface Plan {
  readonly candidates: readonly Candidate[];
  readonly pools: readonly Pool[];
}

/** What plans are compared by, in this order; lower is better. */
export interface Score {
  readonly usd: number;
  readonly quality: number;
  readonly machines: number;
  readonly retirement: number;
  readonly name: number;
}

export const tieCriteria = ['quality', 'machines', 'retirement', 'name'] as const;

export function scoreOf({ candidates, pools }: Plan): Score {
  return {
    usd: sum(candidates, ({ usd }) => usd) + sum(pools, ({ count, type }) => count * type.usd),
    quality: sum(candidates, ({ qualityRank }) => qualityRank),
    machines: sum(pools, ({ count, type }) => count * type.machines),
    retirement: sum(candidates, ({ retirementRank }) => retirementRank),
    name: sum(candidates, ({ nameRank }) => nameRank),
  };
}

/** Whether `a` comes before `b`: by cost beyond `tolerance`, then by the tie criteria in turn. */
export function isBetter(a: Score, b: Score, tolerance: number): boolean {
  if (Math.abs(a.usd - b.usd) > tolerance) return a.usd < b.usd;
  const differing = tieCriteria.find(criterion => a[criterion] !== b[criterion]);
  return differing !== undefined && a[differing] < b[differing];
}

/** The best of those that keep all limits; null when none does. */
export function bestOf(instance: Instance, plans: readonly (Plan | null)[]): Plan | null {
  let best: Plan | null = null;
  for (const plan of plans)
    if (plan && keepsLimits(instance, plan))
      if (best === null || isBetter(scoreOf(plan), scoreOf(best), usdTolerance)) best = plan;
  return best;
}

/** Whether the plan keeps every quota and every type's number of pools, and each pool its own limits. */
function keepsLimits({ quotas }: Instance, { candidates, pools }: Plan): boolean {
  const used = quotas.map(() => 0);
  const take = (uses: Candidate['uses'], times: number): void =>
    uses.forEach(({ quota, amount }) => (used[quota] = (used[quota] ?? 0) + amount * times));
  candidates.forEach(({ uses }) => take(uses, 1));
  pools.forEach(({ type, count }) => take(type.uses, count));
  return (
    pools.every(({ count }) => Number.isFinite(count)) &&
    used.every((amount, quota) => amount <= (quotas[quota] ?? 0) * (1 + capacityTolerance)) &&
    [...groupBy(pools, ({ type }) => type)].every(([{ copies }, own]) => own.length <= copies)
  );
}

type Order = (a: Candidate, b: Candidate) => number;

/** Orders in which candidates are put into pools; the best packing of all orders is taken. */
const orders: readonly Order[] = [
  (a, b) => b.partGib - a.partGib || a.part - b.part,
  (a, b) => b.load - a.load,
  (a, b) => a.part - b.part || b.load - a.load,
];

/** The plan that gives each workload this candidate, packed type by type with as few counts as it finds. */
export function packed(instance: Instance, candidates: readonly Candidate[]): Plan {
  const byType = groupBy(
    candidates.filter(({ type }) => type >= 0),
    ({ type }) => type,
  );
  const pools = [...byType].flatMap(([type, own]) => {
    const packings = orders.map(order => firstFit(instance, type, own.toSorted(order)));
    const countOf = (packing: readonly Pool[]): number => sum(packing, ({ count }) => count);
    return packings.reduce((best, next) => (countOf(next) < countOf(best) ? next : best));
  });
  return { candidates, pools };
}

/** Puts each candidate where it adds the fewest counts, the first pool among equals. */
function firstFit(instance: Instance, typeIndex: number, candidates: readonly Candidate[]): Pool[] {
  const type = typeAt(instance, typeIndex);
  const pools: Pool[] = [];
  for (const candidate of candidates) {
    const fresh = new Pool(typeIndex, type);
    const best = leastGrowing(pools.length < type.copies ? [...pools, fresh] : pools, candidate);
    best.add(candidate);
    if (best === fresh) pools.push(fresh);
  }
  return pools;
}

function leastGrowing(pools: readonly Pool[], candidate: Candidate): Pool {
  const added = (pool: Pool): number =>
    pool.count < Infinity ? pool.countWith(candidate) - pool.count : Infinity;
  return pools.reduce((a, b) => (added(b) < added(a) ? b : a));
}

/** Passes over all workloads in which single candidates are exchanged: a limit of time, since few ever find anything. */
const mostPasses = 5;

/**
 * Exchanges the candidate of one workload at a time for one that costs less, or as little and ties better, until none does.
 */
export function exchanged(instance: Instance, start: Plan, candidates: readonly Candidate[]): Plan {
  const byWorkload = groupBy(candidates, ({ workload }) => workload);
  let best = start;
  let score = scoreOf(start);
  const mostUsd = score.usd + usdTolerance;
  for (let pass = 0, before: Plan | null = null; pass < mostPasses && before !== best; pass++) {
    before = best;
    for (const { workload } of start.candidates)
      for (const candidate of byWorkload.get(workload) ?? []) {
        const next = withCandidate(instance, best, candidate);
        if (!next) continue;
        const other = scoreOf(next);
        if (other.usd > mostUsd || !isBetter(other, score, usdTolerance) || !keepsLimits(instance, next))
          continue;
        best = next;
        score = other;
      }
  }
  return best;
}

/** The plan with another candidate of the same workload, where it adds the fewest counts; null when it cannot be added. */
function withCandidate(instance: Instance, plan: Plan, candidate: Candidate): Plan | null {
  const current = plan.candidates.find(({ workload }) => workload === candidate.workload);
  if (!current || current === candidate) return null;
  const candidates = plan.candidates.map(each => (each === current ? candidate : each));
  const left = plan.pools.flatMap(pool => (pool.candidates.has(current) ? without(pool, current) : [pool]));
  const type = instance.types[candidate.type];
  if (!type) return { candidates, pools: left };
  const open = left.filter(({ typeIndex }) => typeIndex === candidate.type);
  const target = leastGrowing([...open, new Pool(candidate.type, type)], candidate);
  if (!Number.isFinite(target.countWith(candidate))) return null;
  const grown = new Pool(candidate.type, type, [...target.candidates, candidate]);
  return { candidates, pools: [...left.filter(pool => pool !== target), grown] };
}

function without({ typeIndex, type, candidates }: Pool, omitted: Candidate): Pool[] {
  if (candidates.size === 1) return [];
  return [
    new Pool(
      typeIndex,
      type,
      [...candidates].filter(each => each !== omitted),
    ),
  ];
}
