import type { Choice, Instance, Kind } from './instance';
import { capacityTolerance, countFor } from './instance';

/** A pool while it is being filled. */
export class Pool {
  readonly choices = new Set<Choice>();
  /** Memory of each part, as the largest of its users needs it. */
  private readonly parts = new Map<number, number>();
  private memoryGib = 0;
  private load = 0;
  private least = 1;
  private known: number | undefined = 0;

  constructor(
    readonly kindIndex: number,
    readonly kind: Kind,
  ) {}

  /** Smallest count that carries everything in it; Infinity when none does. */
  get count(): number {
    this.known ??= this.smallest([...this.choices], this.memoryGib, this.load, this.least);
    return this.known;
  }

  /** Count with one more choice; Infinity when memory or the largest count forbids it. */
  countWith(choice: Choice): number {
    return this.smallest(
      [...this.choices, choice],
      this.memoryGib + this.addedGib(choice),
      this.load + choice.load,
      Math.max(this.least, choice.minCount),
    );
  }

  add(choice: Choice): void {
    this.memoryGib += this.addedGib(choice);
    this.load += choice.load;
    this.least = Math.max(this.least, choice.minCount);
    this.parts.set(choice.part, Math.max(this.parts.get(choice.part) ?? 0, choice.partGib));
    this.choices.add(choice);
    this.known = undefined;
  }

  private addedGib(choice: Choice): number {
    return choice.memoryGib + Math.max(0, choice.partGib - (this.parts.get(choice.part) ?? 0));
  }

  private smallest(choices: readonly Choice[], memoryGib: number, load: number, least: number): number {
    if (memoryGib > this.kind.memoryGib * (1 + capacityTolerance)) return Infinity;
    const count = countFor(this.kind, load, least);
    return count < Infinity ? Math.max(count, waitingCount(this.kind, choices)) : Infinity;
  }
}

/** Smallest count of a kind that the load does not tell. */
export function waitingCount(kind: Kind, choices: readonly Choice[]): number {
  if (!kind.countOf) return 0;
  return countFor(kind, 0, kind.countOf(choices.map(choice => choice.id)));
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
