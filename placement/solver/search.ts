import { groupBy } from '../collections';
import type { Solver } from './highs';
import { usdTolerance } from './instance';
import type { Candidate, Instance } from './instance';
import { generated } from './pattern-generation';
import { columnsOf, slotsOf } from './patterns';
import { bestOf, exchanged, isBetter, packed, scoreOf, tieCriteria } from './plan';
import type { Plan, Score } from './plan';
import { Program } from './program';
import { slotsOfPools } from './slot';
import type { Cut, Slot } from './slot';
import { relaxation } from './relaxation';
import type { Relaxation } from './relaxation';
import { affordableNodes, isTimeUp, pay } from './solve-budget';
import type { SolveBudget } from './solve-budget';
import { keepsTotals } from './totals';
import type { Total } from './totals';
import { treeOver, worthOf } from './tree';
import type { Leaf } from './tree';

/** Answer for workloads that share something with each other and nothing with the rest. */
export interface ComponentAnswer {
  readonly workloads: readonly number[];
  /** Null when no plan was found. */
  readonly plan: Plan | null;
  /** No plan costs less, USD; Infinity when there is none. */
  readonly bound: number;
  readonly tiesProven: boolean;
}

/** Columns of the largest linear program over all patterns: a hundred workloads have 20,000, which take half a second. */
const mostColumns = 40_000;
/**
 * Programs that are solved where totals are settled: the columns of the best patterns, and nodes. A small one finds a better
 * plan soon, which excludes more from the next. One that proves nothing, since it does not hold all patterns, is worth its time
 * above a gap, as a share of the cost: below half a percent the last found nothing where that was looked at, at 100 workloads.
 */
const passes = [
  { columns: 800, nodes: 60, gap: 0 },
  { columns: 1600, nodes: 60, gap: 0 },
  { columns: 2500, nodes: 120, gap: 0.005 },
];
/** Patterns are generated once more where the tree left a gap: a hundred workloads cost 0.06 % less, in five seconds. */
const lastPass = { nodes: 40, gap: 0.005 };
/** Columns of the largest program that is solved over all workloads and patterns at once, and for each tie: a few seconds. */
const mostColumnsAtOnce = 1500;

interface Cap {
  readonly criterion: keyof Score;
  readonly most: number;
}

/** What is minimised over which slots. */
interface Aim {
  readonly criterion: keyof Score;
  readonly caps: readonly Cap[];
  readonly totals: readonly Total[];
  readonly billed: readonly Candidate[];
  readonly slots: readonly Slot[];
  /** Nodes at most. @default what the budget affords */
  readonly nodes?: number;
}

export function solveComponent(
  instance: Instance,
  candidates: readonly Candidate[],
  solver: Solver,
  budget: SolveBudget,
): ComponentAnswer {
  const byWorkload = [...groupBy(candidates, ({ workload }) => workload).values()];
  const workloads = byWorkload.map(([first]) => first?.workload ?? -1);
  const alone = byWorkload.map(own =>
    bestOf(
      instance,
      own.map(candidate => packed(instance, [candidate])),
    ),
  );
  if (alone.length === 1) {
    const [plan = null] = alone;
    return { workloads, plan, bound: plan ? scoreOf(plan).usd : Infinity, tiesProven: true };
  }
  return { workloads, ...new Search(instance, candidates, solver, budget).run(alone) };
}

class Search {
  private best: Plan | null = null;
  private readonly relaxed: Relaxation | null;
  private readonly cuts: Cut[] = [];
  private readonly workloads: number;

  constructor(
    private readonly instance: Instance,
    private readonly candidates: readonly Candidate[],
    private readonly solver: Solver,
    private readonly budget: SolveBudget,
  ) {
    this.relaxed = relaxation(instance, candidates, solver, budget);
    this.workloads = new Set(candidates.map(({ workload }) => workload)).size;
  }

  /** @param alone the best plan of each workload by itself */
  run(alone: readonly (Plan | null)[]): Omit<ComponentAnswer, 'workloads'> {
    const { instance, budget } = this;
    let bound = this.relaxed?.bound ?? -Infinity;
    const seeds = [this.together(alone), this.leaning()];
    seeds.forEach(seed => this.improve(seed));
    if (!this.isClose(bound)) this.generate(this.best ? [this.best] : seeds);
    if (!this.isClose(bound)) bound = Math.max(bound, this.branch());
    if (this.best && !this.isClose(bound, lastPass.gap)) this.generate([this.best], lastPass.nodes);
    const plan = this.best;
    if (!plan) return { plan, bound, tiesProven: false };
    const equals = this.isClose(bound) && budget.gap === 0 ? this.bestOfEquals(plan) : null;
    return { ...(equals ?? { plan: exchanged(instance, plan, this.left()), tiesProven: false }), bound };
  }

  /** Each workload as it would be by itself. */
  private together(alone: readonly (Plan | null)[]): Plan {
    return packed(
      this.instance,
      alone.flatMap(plan => plan?.candidates ?? []),
    );
  }

  /** Each workload where the relaxation puts most of it. */
  private leaning(): Plan {
    const shareOf = (candidate: Candidate): number => this.relaxed?.shares.get(candidate) ?? 0;
    const byWorkload = [...groupBy(this.candidates, ({ workload }) => workload).values()];
    return packed(
      this.instance,
      byWorkload.map(own => own.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a))),
    );
  }

  private improve(plan: Plan | null): void {
    if (plan && this.isComplete(plan)) this.best = bestOf(this.instance, [this.best, plan]);
  }

  /** @param nodes at most, where a start is not enough */
  private generate(seeds: readonly Plan[], nodes?: number): void {
    const { instance, solver, budget } = this;
    this.improve(generated(instance, this.left(), seeds, this.best, solver, budget, nodes));
    if (this.best) this.improve(exchanged(instance, this.best, this.left()));
  }

  /** A program over a part of the patterns may lack all that serve some workload. */
  private isComplete({ candidates }: Plan): boolean {
    return candidates.length === this.workloads;
  }

  /** What may still be part of a plan as cheap as the one known. */
  private left(): readonly Candidate[] {
    const { relaxed } = this;
    if (!relaxed) return this.candidates;
    const room = this.roomOver(relaxed.bound);
    return this.candidates.filter(candidate => (relaxed.reducedCosts.get(candidate) ?? 0) <= room);
  }

  /** What may be added to a bound by something in a plan that is as cheap as the one known. */
  private roomOver(bound: number): number {
    return this.best ? scoreOf(this.best).usd - bound + 2 * usdTolerance : Infinity;
  }

  /** Whether no plan costs less than the best by more than what counts. @param gap share of the cost that counts at least */
  private isClose(bound: number, gap = 0): boolean {
    if (!this.best) return bound === Infinity;
    const { usd } = scoreOf(this.best);
    return usd - bound <= Math.max(usdTolerance, Math.max(gap, this.budget.gap) * usd);
  }

  /**
   * Returns the bound that a tree over all patterns proves, and improves the plan by its leaves. Where a type has too many
   * patterns, the tree finds plans alone, and the bound is that of another one, in which machines of this type keep every model.
   */
  private branch(): number {
    const { instance } = this;
    const found = slotsOf(instance, this.left(), { withTies: false, mostColumns });
    if (!found) return -Infinity;
    const { slots, billed, unlisted } = found;
    const { leaves, open } = this.tree(found);
    const closed = this.close(leaves);
    if (unlisted.length > 0) {
      const roomy = this.tree({ billed, slots: [...slots, ...unlisted] });
      return Math.min(...roomy.open, ...roomy.leaves.map(({ bound }) => bound));
    }
    const least = Math.min(...closed, ...open);
    // A tree that is not closed has too many totals, which a small program does without.
    if (this.isClose(least) || columnsOf(slots) > mostColumnsAtOnce) return least;
    return Math.max(least, this.minimise({ criterion: 'usd', caps: [], totals: [], billed, slots }));
  }

  private tree(over: Pick<Aim, 'billed' | 'slots'>): ReturnType<typeof treeOver> {
    const { instance, solver, budget } = this;
    return treeOver(
      instance,
      over,
      solver,
      bound => this.isClose(bound),
      () => isTimeUp(budget),
    );
  }

  /** Bounds of the leaves, when programs over their best patterns are solved. */
  private close(leaves: readonly Leaf[]): number[] {
    const bounds = leaves.map(({ bound }) => bound);
    const settled = new Set<Leaf>();
    for (const { columns, nodes, gap } of passes)
      leaves.forEach((leaf, i) => {
        if (this.isClose(leaf.bound) || settled.has(leaf) || isTimeUp(this.budget)) return;
        const { isWhole, ...over } = worthOf(leaf, this.roomOver(leaf.bound), columns);
        if (!isWhole && this.isClose(leaf.bound, gap)) return;
        const aim: Aim = { criterion: 'usd', caps: [], totals: leaf.totals, ...over };
        const bound = this.minimise(isWhole ? aim : { ...aim, nodes });
        if (this.best) this.improve(exchanged(this.instance, this.best, this.left()));
        if (!isWhole) return;
        settled.add(leaf);
        bounds[i] = Math.max(leaf.bound, bound);
      });
    return bounds;
  }

  /** The best plan by the tie criteria among those that cost as little; null where there are too many to compare. */
  private bestOfEquals(cheapest: Plan): { plan: Plan; tiesProven: boolean } | null {
    const found = slotsOf(this.instance, this.left(), { withTies: true, mostColumns: mostColumnsAtOnce });
    if (!found || found.unlisted.length > 0) return null;
    const { slots, billed } = found;
    let tiesProven = true;
    const caps: Cap[] = [{ criterion: 'usd', most: scoreOf(cheapest).usd + usdTolerance }];
    for (const criterion of tieCriteria) {
      const bound = this.minimise({ criterion, caps, totals: [], billed, slots });
      const most = scoreOf(this.best ?? cheapest)[criterion];
      tiesProven &&= most <= bound + 0.5;
      caps.push({ criterion, most });
    }
    return { plan: this.best ?? cheapest, tiesProven };
  }

  /**
   * Improves the best plan by one criterion, and returns the bound of it over these slots. Where a pool turns out to need
   * more than the program reckons, what needs it is cut off, and the program is solved again: a solution keeps the cuts there
   * are, so that each round adds a set of candidates, of which there are finitely many.
   */
  private minimise(aim: Aim): number {
    const { criterion, caps } = aim;
    const counts = criterion === 'usd' ? usdTolerance : 0.5;
    let bound = -Infinity;
    while (this.budget.nodes > 0 && !isTimeUp(this.budget)) {
      const before = this.best;
      const { program, start } = this.programOf(aim);
      const nodes = Math.min(aim.nodes ?? Infinity, affordableNodes(this.budget, program.columns));
      const gap = criterion === 'usd' ? this.budget.gap : 0;
      const effort = { nodes, gap, seconds: this.budget.secondsLeft() };
      const answer = this.solver.minimise(program.mip, effort, start ?? undefined);
      pay(this.budget, answer);
      if (answer.status === 'infeasible')
        return before && !start ? scoreOf(before)[criterion] - counts / 2 : Infinity;
      bound = Math.max(bound, answer.bound);
      if (!answer.values) break;
      const plan = program.planOf(answer.values);
      if (
        plan &&
        this.isComplete(plan) &&
        keepsCaps(plan, caps) &&
        (!before || improves(plan, before, criterion))
      )
        this.best = plan;
      const broken = program.brokenBy(answer.values);
      if (broken.length === 0 || answer.status === 'limit') break;
      if (this.best && scoreOf(this.best)[criterion] <= bound + counts) break;
      this.cuts.push(...broken);
    }
    return bound;
  }

  /** The program, and the best plan to start from; one that it does not contain is what it has to undercut. */
  private programOf({ criterion, caps, totals, billed, slots }: Aim): {
    program: Program;
    start: number[] | null;
  } {
    const { best, cuts } = this;
    const all = [...slots, ...(best ? slotsOfPools(best) : [])];
    const program = new Program(this.instance, billed, all, { cuts, totals });
    const start = best && keepsTotals(best, totals) ? program.valuesOf(best) : null;
    for (const cap of caps) program.cap(cap.criterion, cap.most);
    if (best && !start)
      program.cap(criterion, scoreOf(best)[criterion] - (criterion === 'usd' ? usdTolerance : 0.5) / 2);
    program.minimise(criterion);
    return { program, start };
  }
}

function keepsCaps(plan: Plan, caps: readonly Cap[]): boolean {
  const score = scoreOf(plan);
  return caps.every(({ criterion, most }) => score[criterion] <= most + 1e-6);
}

function improves(plan: Plan, best: Plan, criterion: keyof Score): boolean {
  const [a, b] = [scoreOf(plan), scoreOf(best)];
  return criterion === 'usd' ? isBetter(a, b, 1e-9) : a[criterion] < b[criterion];
}
