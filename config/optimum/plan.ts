import type { Choice, Instance, Kind } from './instance';
import { capacityTolerance, countFor } from './instance';

/** A pool while it is being filled. */
export class Pool {
  readonly choices = new Set<Choice>();
  private readonly users = new Map<number, number>();
  private memoryGib = 0;
  private load = 0;

  constructor(
    readonly kindIndex: number,
    readonly kind: Kind,
  ) {}

  /** Smallest count that carries everything in it; Infinity when none does. */
  get count(): number {
    if (this.choices.size === 0) return 0;
    return this.holds(this.memoryGib) ? countFor(this.kind, this.load) : Infinity;
  }

  /** Count with one more choice; Infinity when memory or the largest count forbids it. */
  countWith(choice: Choice): number {
    const memory = this.memoryGib + choice.memoryGib + (this.users.has(choice.part) ? 0 : choice.partGib);
    return this.holds(memory) ? countFor(this.kind, this.load + choice.load) : Infinity;
  }

  countWithout(choice: Choice): number {
    return this.choices.size === 1 ? 0 : countFor(this.kind, this.load - choice.load);
  }

  private holds(memoryGib: number): boolean {
    return memoryGib <= this.kind.memoryGib * (1 + capacityTolerance);
  }

  add(choice: Choice): void {
    const users = this.users.get(choice.part) ?? 0;
    this.memoryGib += choice.memoryGib + (users === 0 ? choice.partGib : 0);
    this.load += choice.load;
    this.users.set(choice.part, users + 1);
    this.choices.add(choice);
  }

  remove(choice: Choice): void {
    const users = (this.users.get(choice.part) ?? 0) - 1;
    this.memoryGib -= choice.memoryGib + (users === 0 ? choice.partGib : 0);
    this.load -= choice.load;
    if (users === 0) this.users.delete(choice.part);
    else this.users.set(choice.part, users);
    this.choices.delete(choice);
  }
}

/** A whole answer: one choice for each workload that has choices, and the pools they stand in. */
export interface Plan {
  readonly choices: readonly Choice[];
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
export type TieCriterion = (typeof tieCriteria)[number];

export function scoreOf(plan: Plan): Score {
  const sum = (of: (choice: Choice) => number): number =>
    plan.choices.reduce((s, choice) => s + of(choice), 0);
  const pooled = plan.pools.reduce((s, pool) => s + pool.count * pool.kind.usd, 0);
  return {
    usd: sum(choice => choice.usd) + pooled,
    quality: sum(choice => choice.qualityRank),
    machines: plan.pools.reduce((s, pool) => s + pool.count * pool.kind.machines, 0),
    retirement: sum(choice => choice.retirementRank),
    name: sum(choice => choice.nameRank),
  };
}

/** Whether `a` comes before `b`: by cost beyond `tolerance`, then by the tie criteria in turn. */
export function isBetter(a: Score, b: Score, tolerance: number): boolean {
  if (Math.abs(a.usd - b.usd) > tolerance) return a.usd < b.usd;
  const differing = tieCriteria.find(criterion => a[criterion] !== b[criterion]);
  return differing !== undefined && a[differing] < b[differing];
}

/** Whether the plan keeps every quota and every kind's number of pools; the pools keep their own limits. */
export function keepsLimits(instance: Instance, plan: Plan): boolean {
  const used = instance.quotas.map(() => 0);
  const take = (uses: Choice['uses'], times: number): void =>
    uses.forEach(use => (used[use.quota] = (used[use.quota] ?? 0) + use.amount * times));
  plan.choices.forEach(choice => take(choice.uses, 1));
  plan.pools.forEach(pool => take(pool.kind.uses, pool.count));
  const copies = new Map<number, number>();
  plan.pools.forEach(pool => copies.set(pool.kindIndex, (copies.get(pool.kindIndex) ?? 0) + 1));
  return (
    used.every((amount, i) => amount <= (instance.quotas[i] ?? 0) * (1 + capacityTolerance)) &&
    [...copies].every(([kind, count]) => count <= (instance.kinds[kind]?.copies ?? 0)) &&
    plan.pools.every(pool => Number.isFinite(pool.count))
  );
}
