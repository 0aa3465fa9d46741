import { decode, encode } from './decode';
import { formulate } from './formulation';
import type { Cut, Formulation } from './formulation-types';
import type { Answer, Effort, Solver } from './highs';
import type { Choice, Instance } from './instance';
import { usdTolerance } from './instance';
import { merged } from './mip';
import type { Term } from './mip';
import { isBetter, scoreOf, tieCriteria } from './plan';
import type { Plan, Score } from './plan';
import { affordableNodes, mostColumns, pay } from './purse';
import type { Purse } from './purse';

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

/** What programs of a part have to know; learnt in one search and kept for the next. */
export class Refinements {
  /** Pools modelled one by one, by kind; grows where a remainder proves too coarse. */
  readonly explicit = new Map<number, number>();
  /** What explicit pools were found to need beyond their load, by kind. */
  readonly cuts = new Map<number, Cut[]>();
}

interface Aim {
  readonly criterion: keyof Score;
  readonly caps?: readonly Cap[];
  /** Programs that are solved at most. @default until it is proven */
  readonly rounds?: number;
  /** Only plans that make another choice somewhere, of which the first is enough. */
  readonly unlike?: Plan;
  /** Relative gap and nodes of one program, where they are less than what is left to spend. */
  readonly gap?: number;
  readonly nodes?: number;
}

/** Columns of the largest program that is tried for ties, which are worth less time than the cost. */
const mostColumnsForTies = 1500;
/** What a program's columns times its nodes may be for each node left. */
const columnsPerNode = 200;

/** A cheap start is enough for the proof, which finds the rest. */
const quick = { rounds: 1, gap: 5e-4, nodes: 500 };

/** Exact search over one part of a problem: first for the cheapest plan, then for the best among its equals. */
export class Search {
  constructor(
    private readonly instance: Instance,
    private readonly choices: readonly Choice[],
    private readonly solver: Solver,
    private readonly purse: Purse,
    private readonly known = new Refinements(),
  ) {}

  /** The cheapest plan. */
  cheapest(start: Plan | null): Found {
    return this.minimise({ criterion: 'usd' }, start);
  }

  /** A cheap plan from one program, without its proof. */
  cheap(start: Plan | null): Plan | null {
    return this.minimise({ criterion: 'usd', ...quick }, start).plan;
  }

  /** The best plan by the tie criteria among those that cost as little, and whether that is proven. */
  bestOfEquals(cheapest: Plan): { plan: Plan; proven: boolean } {
    let plan = cheapest;
    let proven = true;
    const caps: Cap[] = [{ criterion: 'usd', most: scoreOf(cheapest).usd + usdTolerance }];
    if (this.hasNoEqual(cheapest, caps)) return { plan, proven };
    for (const criterion of tieCriteria) {
      const least = scoreOf(plan)[criterion];
      if (least > 0) {
        const found = this.minimise({ criterion, caps }, plan);
        proven &&= found.proven;
        plan = found.plan ?? plan;
      }
      caps.push({ criterion, most: scoreOf(plan)[criterion] });
    }
    return { plan, proven };
  }

  /** Whether no other choices cost as little: then there is nothing to compare, as pools follow from choices. */
  private hasNoEqual(cheapest: Plan, caps: readonly Cap[]): boolean {
    if (cheapest.pools.some(({ kind }) => kind.usd <= usdTolerance)) return false;
    const other = this.minimise({ criterion: 'quality', caps, unlike: cheapest }, null);
    return other.proven && other.plan === null;
  }

  private minimise(aim: Aim, start: Plan | null): Found {
    const { criterion, caps = [], rounds = Infinity } = aim;
    let best = start;
    let bound = -Infinity;
    const end = (proven: boolean): Found => ({ plan: best, bound, proven });
    for (let round = 1; round <= rounds && this.purse.nodes > 0; round++) {
      const formulation = this.program(aim);
      if (formulation.mip.cost.length > (caps.length > 0 ? mostColumnsForTies : mostColumns))
        return end(false);
      const answer = this.run(formulation, aim, best);
      if (answer.status === 'infeasible') return { plan: best, bound: best ? bound : Infinity, proven: true };
      bound = Math.max(bound, answer.bound);
      if (!answer.values) return end(false);
      const { plan, tooTight, broken } = decode(this.instance, formulation, answer.values);
      if (plan && fits(plan, caps) && (!best || improves(plan, best, criterion))) best = plan;
      if (best && aim.unlike) return end(false);
      if (best && scoreOf(best)[criterion] <= bound + this.tolerance(criterion, bound)) return end(true);
      if (answer.status === 'limit' || !this.refine(tooTight, broken, formulation)) return end(false);
    }
    return end(false);
  }

  private run(formulation: Formulation, aim: Aim, start: Plan | null): Answer {
    const initial = start && encode(formulation, start);
    const effort = this.effort(aim, formulation.mip.cost.length);
    const answer = this.solver.minimise(formulation.mip, effort, initial ?? undefined);
    pay(this.purse, answer);
    return answer;
  }

  private tolerance(criterion: keyof Score, bound: number): number {
    return criterion === 'usd' ? Math.max(usdTolerance, this.purse.gap * Math.abs(bound)) : 0.5;
  }

  private program({ criterion, caps = [], unlike }: Aim): Formulation {
    const formulation = formulate(this.instance, this.choices, this.known);
    const { mip, terms, assignments } = formulation;
    for (const { criterion: capped, most } of caps) mip.row(-Infinity, merged(terms[capped]), most);
    if (unlike) {
      const same = new Set(unlike.choices);
      const columns = assignments
        .filter(({ choice }) => same.has(choice))
        .map(({ column }): Term => [column, 1]);
      mip.row(-Infinity, columns, same.size - 1);
    }
    mip.cost.fill(0);
    for (const [column, value] of terms[criterion]) mip.cost[column] = (mip.cost[column] ?? 0) + value;
    return formulation;
  }

  private effort({ criterion, gap = 0, nodes }: Aim, columns: number): Effort {
    return {
      nodes: affordableNodes(this.purse, columns, columnsPerNode, nodes),
      gap: criterion === 'usd' ? Math.max(gap, this.purse.gap) : 0,
      seconds: this.purse.secondsLeft(),
    };
  }

  /**
   * Cuts off what the program reckoned too low. Ends, because a solution keeps the cuts there are, so that every round
   * adds a set of choices or a pool, and there are finitely many of both. False when nothing is left to add.
   */
  private refine(
    tooTight: ReadonlyMap<number, number>,
    broken: ReadonlyMap<number, readonly Cut[]>,
    { slots }: Formulation,
  ): boolean {
    const { cuts, explicit } = this.known;
    for (const [kind, found] of broken) cuts.set(kind, [...(cuts.get(kind) ?? []), ...found]);
    if (broken.size > 0 && tooTight.size === 0) return true;
    const remainders = new Set(slots.filter(slot => slot.pool < 0).map(slot => slot.kindIndex));
    const kinds = tooTight.size > 0 ? tooTight : new Map([...remainders].map(kind => [kind, 1]));
    for (const [kind, pools] of kinds) {
      const wanted = (explicit.get(kind) ?? 0) + Math.max(1, pools);
      explicit.set(kind, wanted);
      // What one kind may no longer pretend, those that cost the same would pretend next.
      for (const other of remainders)
        if (this.costsAsMuch(other, kind)) explicit.set(other, Math.max(explicit.get(other) ?? 0, wanted));
    }
    return kinds.size > 0;
  }

  private costsAsMuch(a: number, b: number): boolean {
    return this.instance.kinds[a]?.usd === this.instance.kinds[b]?.usd;
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
