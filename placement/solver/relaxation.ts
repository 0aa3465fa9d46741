import { groupBy } from '../collections';
import { Mip } from './highs';
import type { Solver, Term } from './highs';
import { byMachineType, countAlone, sum, typeAt } from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import { PricingProblem, gainOf } from './pricing';
import type { Duals, Priced, TypeDuals } from './pricing';
import { limitQuotas, quotaScale } from './slot';
import { isTimeUp } from './solve-budget';
import type { SolveBudget } from './solve-budget';

/** A proven bound and what it says of every candidate. */
export interface Relaxation {
  /** No plan costs less, USD. */
  readonly bound: number;
  /** By how much the bound rises when a candidate is forced, USD, at least 0. */
  readonly reducedCosts: ReadonlyMap<Candidate, number>;
  /** Candidates with their share in the relaxed optimum, where that is above 0. */
  readonly shares: ReadonlyMap<Candidate, number>;
}

/** Rounds of pricing, each one linear program: a limit of time, since pricing mostly ends by `closeEnough`. */
const mostRounds = 25;
/** Candidates that a workload starts with, by each of two measures; more make the first rounds slower than they save. */
const firstPerWorkload = 4;
/** Candidates that one round may add, as a multiple of the workloads: all at once make a program that is mostly useless. */
const addedPerWorkload = 6;
/** Share of the bound by which it may still be too low when pricing stops, a hundredth of what `gap` is shown to. */
const closeEnough = 1e-6;

/**
 * Bounds the cost by the linear relaxation, in which all pools of a type are one, without ever building all of it: it is
 * solved over few candidates, its duals say which others would undercut, and these are added. Null when even the relaxation
 * has no solution.
 */
export function relaxation(
  instance: Instance,
  candidates: readonly Candidate[],
  solver: Solver,
  budget: SolveBudget,
): Relaxation | null {
  const { billed, byType } = byMachineType(candidates);
  const problems = [...byType].map(([type, own]) => ({
    type,
    problem: new PricingProblem(typeAt(instance, type), own),
  }));
  const active = new Set([...billed, ...promising(instance, candidates)]);
  let best: { bound: number; duals: Duals; priced: Priced[]; shares: Relaxation['shares'] } | null = null;
  for (let round = 0; round < mostRounds && !(best && isTimeUp(budget)); round++) {
    const program = new AggregateProgram(instance, candidates.filter(candidate => active.has(candidate))); // prettier-ignore
    const relaxed = solver.relax(program.mip);
    if (!relaxed) break;
    const duals = program.dualsOf(relaxed.duals);
    const priced = problems.map(({ type, problem }) =>
      problem.price(duals, program.typeDualsOf(type, relaxed.duals)),
    );
    const bound = paidBeside(instance, billed, duals) + sum(priced, ({ value }) => value);
    if (!best || bound > best.bound)
      best = { bound, duals, priced, shares: program.sharesOf(relaxed.values) };
    const undercutting = priced.flatMap(each =>
      each.undercutting.filter(candidate => !active.has(candidate)),
    );
    if (relaxed.objective - bound <= closeEnough * Math.abs(bound) || undercutting.length === 0) break;
    undercutting
      .slice(0, addedPerWorkload * instance.workloads.length)
      .forEach(candidate => active.add(candidate));
  }
  if (!best) return null;
  const { bound, duals, priced, shares } = best;
  const reducedCosts = new Map(billed.map(each => [each, Math.max(0, -gainOf(each, duals))]));
  problems.forEach(({ problem }, p) => {
    const known = priced[p] as Priced;
    const costs = problem.reducedCosts(known.value, duals);
    problem.candidates.forEach((candidate, i) =>
      reducedCosts.set(candidate, Math.max(costs[i] ?? 0, known.reducedCosts[i] ?? 0)),
    );
  });
  return { bound, reducedCosts, shares };
}

/** What workloads pay, less what quotas are worth and what those gain that are billed by themselves. */
function paidBeside({ quotas }: Instance, billed: readonly Candidate[], duals: Duals): number {
  const gained = new Float64Array(duals.served.length);
  for (const candidate of billed)
    gained[candidate.workload] = Math.max(gained[candidate.workload] ?? 0, gainOf(candidate, duals));
  return sum(duals.served, paid => paid) - sum(gained, gain => gain) - sum(quotas.keys(), quota => (duals.quotas[quota] ?? 0) * (quotas[quota] ?? 0)); // prettier-ignore
}

/** The few candidates of each workload that look best: when machines are shared to the full, and when they are not. */
function promising({ types }: Instance, candidates: readonly Candidate[]): Candidate[] {
  const sharedUsd = ({ usd, load, type }: Candidate): number =>
    usd + ((types[type]?.usd ?? 0) * load) / (types[type]?.load ?? 1);
  const aloneUsd = (candidate: Candidate): number => {
    const type = types[candidate.type];
    return candidate.usd + (type?.usd ?? 0) * countAlone(type, candidate);
  };
  const lowest = (own: readonly Candidate[], usdOf: (candidate: Candidate) => number): Candidate[] => {
    const usd = new Map(own.map(candidate => [candidate, usdOf(candidate)]));
    return own.toSorted((a, b) => (usd.get(a) ?? 0) - (usd.get(b) ?? 0)).slice(0, firstPerWorkload);
  };
  return [...groupBy(candidates, ({ workload }) => workload).values()].flatMap(own => [
    ...lowest(own, sharedUsd),
    ...lowest(own, aloneUsd),
  ]);
}

/** Rows of one type, whose duals lay its cost on what it offers. */
interface TypeRows {
  readonly load: number;
  readonly memory: number;
}

/**
 * The linear program of the relaxation. For each type, with y pools and n machines in all,
 *
 *     Σ load_a x_a ≤ load·n,  n ≥ min·y          machines carry the load
 *     Σ over parts of what each takes ≤ y        memory of as many pools, where a part counts by its largest size
 *     x_a ≤ the size of its part that a needs ≤ … ≤ its smallest size ≤ y
 */
class AggregateProgram {
  readonly mip = new Mip();
  private readonly assignments: { readonly candidate: Candidate; readonly column: number }[] = [];
  private readonly servedRows = new Map<number, number>();
  private readonly quotaRows: ReadonlyMap<number, number>;
  private readonly typeRows = new Map<number, TypeRows>();
  private readonly used: Term[][];

  constructor(
    private readonly instance: Instance,
    candidates: readonly Candidate[],
  ) {
    this.used = instance.quotas.map(() => []);
    for (const [index, own] of groupBy(candidates, ({ type }) => type)) {
      const type = instance.types[index];
      if (type) this.addType(index, type, own);
      else own.forEach(candidate => this.assign(candidate));
    }
    for (const [workload, own] of groupBy(this.assignments, ({ candidate }) => candidate.workload))
      this.servedRows.set(workload, this.mip.row(1, own.map(({ column }): Term => [column, 1]), 1)); // prettier-ignore
    this.quotaRows = limitQuotas(this.mip, instance, this.used);
  }

  dualsOf(rows: ArrayLike<number>): Duals {
    const { workloads, quotas } = this.instance;
    const served = new Float64Array(workloads.length);
    for (const [workload, row] of this.servedRows) served[workload] = rows[row] ?? 0;
    const ofQuotas = new Float64Array(quotas.length);
    for (const [quota, row] of this.quotaRows)
      ofQuotas[quota] = priceOf(rows, row) / quotaScale(this.instance, quota);
    return { served, quotas: ofQuotas };
  }

  typeDualsOf(type: number, rows: ArrayLike<number>): TypeDuals | undefined {
    const own = this.typeRows.get(type);
    return own && { load: priceOf(rows, own.load), memory: priceOf(rows, own.memory) };
  }

  sharesOf(values: ArrayLike<number>): Map<Candidate, number> {
    const used = this.assignments.filter(({ column }) => (values[column] ?? 0) > 1e-9);
    return new Map(used.map(({ candidate, column }) => [candidate, values[column] ?? 0]));
  }

  private assign(candidate: Candidate): number {
    const column = this.mip.column(candidate.usd, Infinity);
    this.assignments.push({ candidate, column });
    candidate.uses.forEach(({ quota, amount }) => this.used[quota]?.push([column, amount]));
    return column;
  }

  private addType(index: number, type: MachineType, candidates: readonly Candidate[]): void {
    const { mip } = this;
    const pools = mip.column(0, Infinity);
    const machines = mip.column(type.usd, Infinity);
    type.uses.forEach(({ quota, amount }) => this.used[quota]?.push([machines, amount]));
    mip.row(0, [[machines, 1], [pools, -type.min]], Infinity); // prettier-ignore
    const load: Term[] = [[machines, -1]];
    const memory: Term[] = [[pools, -1]];
    for (const own of groupBy(candidates, ({ part }) => part).values()) {
      let below = pools;
      let known = 0;
      for (const [gib, sized] of [...groupBy(own, ({ partGib }) => partGib)].sort(([a], [b]) => a - b)) {
        const size = mip.column(0, Infinity);
        mip.row(0, [[below, 1], [size, -1]], Infinity); // prettier-ignore
        memory.push([size, (gib - known) / type.memoryGib]);
        for (const candidate of sized) {
          const column = this.assign(candidate);
          mip.row(0, [[size, 1], [column, -1]], Infinity); // prettier-ignore
          load.push([column, candidate.load / type.load]);
        }
        below = size;
        known = gib;
      }
    }
    this.typeRows.set(index, { load: mip.row(-Infinity, load, 0), memory: mip.row(-Infinity, memory, 0) });
  }
}

/** Of a row that limits from above: what one more would save. */
function priceOf(rows: ArrayLike<number>, row: number): number {
  return Math.max(0, -(rows[row] ?? 0));
}
