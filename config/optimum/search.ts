import { decode, encode } from './decode';
import { formulate, merged } from './formulation';
import type { Cut } from './formulation';
import type { Effort, Solver } from './highs';
import type { Choice, Instance } from './instance';
import { usdTolerance } from './instance';
import { isBetter, scoreOf, tieCriteria } from './plan';
import type { Plan, Score } from './plan';

/** What is left to spend; shared by all searches of a problem. */
export interface Purse {
  nodes: number;
  readonly gap: number;
  /** Seconds left, or undefined without a wall-clock limit. */
  readonly secondsLeft: () => number | undefined;
  timedOut: boolean;
}

export interface Found {
  /** Null when no plan was found. */
  readonly plan: Plan | null;
  /** No plan scores below this in what was minimised; Infinity when none exists. */
  readonly bound: number;
  /** Whether the plan is proven best, or that none exists. */
  readonly proven: boolean;
}

interface Cap {
  readonly criterion: keyof Score;
  readonly most: number;
}

/** Exact search over one part of a problem: first for the cheapest plan, then for the best among its equals. */
export class Search {
  /** Pools modelled one by one, by kind; grows where a remainder proves too coarse. */
  private readonly explicit = new Map<number, number>();
  /** What explicit pools were found to need beyond their load, by kind. */
  private readonly cuts = new Map<number, Cut[]>();

  constructor(
    private readonly instance: Instance,
    private choices: readonly Choice[],
    private readonly solver: Solver,
    private readonly purse: Purse,
  ) {}

  /** The cheapest plan. */
  cheapest(start: Plan | null): Found {
    return this.minimise('usd', [], start);
  }

  /** A cheap plan from one program, without its proof. */
  cheap(start: Plan | null): Plan | null {
    return this.minimise('usd', [], start, 1).plan;
  }

  /** The best plan by the tie criteria among those that cost as little, and whether that is proven. */
  bestOfEquals(cheapest: Plan): { plan: Plan; proven: boolean } {
    let plan = cheapest;
    let proven = true;
    const caps: Cap[] = [{ criterion: 'usd', most: scoreOf(cheapest).usd + usdTolerance }];
    for (const criterion of tieCriteria) {
      const least = scoreOf(plan)[criterion];
      if (least > 0) {
        const found = this.minimise(criterion, caps, plan);
        proven &&= found.proven;
        plan = found.plan ?? plan;
      }
      caps.push({ criterion, most: scoreOf(plan)[criterion] });
    }
    return { plan, proven };
  }

  private minimise(
    criterion: keyof Score,
    caps: readonly Cap[],
    start: Plan | null,
    rounds = Infinity,
  ): Found {
    let best = start;
    let bound = -Infinity;
    for (let round = 1; ; round++) {
      const formulation = this.program(criterion, caps);
      const initial = best && encode(formulation, best);
      const answer = this.solver.minimise(formulation.mip, this.effort(criterion), initial ?? undefined);
      this.purse.nodes -= Math.max(1, answer.nodes);
      this.purse.timedOut ||= answer.timedOut;
      if (answer.status === 'infeasible') return { plan: best, bound: best ? bound : Infinity, proven: true };
      bound = Math.max(bound, answer.bound);
      if (!answer.values) return { plan: best, bound, proven: false };
      const { plan, tooTight, broken } = decode(this.instance, formulation, answer.values);
      if (plan && fits(plan, caps) && (!best || improves(plan, best, criterion))) best = plan;
      const tolerance = criterion === 'usd' ? Math.max(usdTolerance, this.purse.gap * Math.abs(bound)) : 0.5;
      if (best && scoreOf(best)[criterion] <= bound + tolerance) return { plan: best, bound, proven: true };
      if (answer.status === 'limit' || this.purse.nodes <= 0) return { plan: best, bound, proven: false };
      if (round >= rounds) return { plan: best, bound, proven: false };
      const remainders = formulation.slots.filter(slot => slot.pool < 0).map(slot => slot.kindIndex);
      if (!this.refine(tooTight, broken, remainders)) return { plan: best, bound, proven: false };
    }
  }

  private program(criterion: keyof Score, caps: readonly Cap[]): ReturnType<typeof formulate> {
    const formulation = formulate(this.instance, this.choices, { explicit: this.explicit, cuts: this.cuts });
    const { mip, terms } = formulation;
    for (const { criterion: capped, most } of caps) mip.row(-Infinity, merged(terms[capped]), most);
    mip.cost.fill(0);
    for (const [column, value] of terms[criterion]) mip.cost[column] = (mip.cost[column] ?? 0) + value;
    return formulation;
  }

  private effort(criterion: keyof Score): Effort {
    const gap = criterion === 'usd' ? this.purse.gap : 0;
    return { nodes: Math.max(1, this.purse.nodes), gap, seconds: this.purse.secondsLeft() };
  }

  /**
   * Cuts off what the program reckoned too low. Ends, because a solution keeps the cuts there are, so that every round
   * adds a set of choices or a pool, and there are finitely many of both. False when nothing is left to add.
   */
  private refine(
    tooTight: ReadonlyMap<number, number>,
    broken: ReadonlyMap<number, readonly Cut[]>,
    remainders: readonly number[],
  ): boolean {
    for (const [kind, cuts] of broken) this.cuts.set(kind, [...(this.cuts.get(kind) ?? []), ...cuts]);
    if (broken.size > 0 && tooTight.size === 0) return true;
    const kinds = tooTight.size > 0 ? tooTight : new Map(remainders.map(kind => [kind, 1]));
    for (const [kind, pools] of kinds)
      this.explicit.set(kind, (this.explicit.get(kind) ?? 0) + Math.max(1, pools));
    return kinds.size > 0;
  }
}

function fits(plan: Plan, caps: readonly Cap[]): boolean {
  const score = scoreOf(plan);
  return caps.every(({ criterion, most }) => score[criterion] <= most + 1e-6);
}

function improves(plan: Plan, best: Plan, criterion: keyof Score): boolean {
  const [a, b] = [scoreOf(plan), scoreOf(best)];
  return criterion === 'usd' ? isBetter(a, b, 1e-9) : a[criterion] < b[criterion];
}
