import { groupBy } from '../collections';
import { countAlone, typeAt } from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import { Mip } from './highs';
import type { Term } from './highs';
import { Pool, bestOf, packed } from './plan';
import type { Plan, Score } from './plan';
import { countIn, cutOf, limitQuotas, negated } from './slot';
import type { Cut, Slot } from './slot';
import type { Total } from './totals';

interface ProgramOptions {
  /** @default none */
  readonly cuts?: readonly Cut[];
  /** @default none */
  readonly totals?: readonly Total[];
  /** Leaves out the bounds that follow from rows, so that every dual is one of a row. @default false */
  readonly isRelaxed?: boolean;
}

interface Assignment {
  readonly column: number;
  readonly candidate: Candidate;
  /** Index of the slot; -1 when billed by itself. */
  readonly slot: number;
}

/** Columns and rows of a slot. */
interface Opened {
  readonly slot: Slot;
  /** Counts by column: the pool's count is their sum. */
  readonly count: readonly Term[];
  /** Above 0 when the pool is used. */
  readonly opened: number;
}

/**
 * The mixed-integer program.
 *
 * Sets
 *     W workloads · A_w candidates of a workload · S slots, each of a machine type and a pattern · A_s candidates whose parts
 *     the pattern of s keeps, so that all of them fit one machine together: memory is settled by S · Q quotas
 * Variables
 *     x_a,s ∈ {0, 1}     candidate a stands in slot s; x_a where it is billed by itself
 *     y_s ∈ {0, 1}       slot s is opened
 *     z_s ∈ {0, 1, …}    steps above the least count, so that n_s = min·y_s + step·z_s machines are paid
 * Objective
 *     min Σ usd_a x_a + Σ usd_s n_s
 * Constraints
 *     Σ over A_w, s of x_a,s = 1                        for w in W          each workload is served once
 *     Σ over A_s of load_a x_a,s ≤ load_s n_s           for s in S          machines carry the load
 *     alone_a x_a,s ≤ n_s,  x_a,s ≤ y_s                 for a in A_s, s     nobody stands in a pool too small for him alone
 *     step·z_s ≤ (max − min) y_s                        for s in S          pools have a largest count
 *     Σ over slots of a type of y_s ≤ copies            where there are more slots than the type may have pools
 *     Σ uses_a,q x_a,s + Σ uses_s,q n_s ≤ limit_q       for q in Q          quotas
 *     n_s ≥ count_C (1 + Σ over C of x_a,s − |C|)       for cuts C          waits that are no sum, found as they are broken
 *     n_s ≥ n_s+1                                       for like slots      of which the first is filled first
 *
 * Where the least count is the step and pools are not limited, one column n_s stands for y_s and z_s.
 */
export class Program {
  readonly mip = new Mip();
  readonly terms: Record<keyof Score, Term[]> = {
    usd: [],
    quality: [],
    machines: [],
    retirement: [],
    name: [],
  };
  readonly servedRows = new Map<number, number>();
  readonly slots: Opened[] = [];
  readonly assignments: Assignment[] = [];
  private readonly used: Term[][];

  private readonly isRelaxed: boolean;

  /** @param billed candidates that are billed by themselves */
  constructor(
    private readonly instance: Instance,
    billed: readonly Candidate[],
    slots: readonly Slot[],
    { cuts = [], totals = [], isRelaxed = false }: ProgramOptions = {},
  ) {
    this.isRelaxed = isRelaxed;
    this.used = instance.quotas.map(() => []);
    billed.forEach(candidate => this.assign(candidate, -1));
    for (const [typeIndex, own] of groupBy(slots, slot => slot.typeIndex)) {
      const { copies } = typeAt(instance, typeIndex);
      own.forEach(slot => this.open(slot, own.length > copies));
      const opened = this.slots.slice(-own.length);
      if (own.length > copies)
        this.mip.row(
          -Infinity,
          opened.map(each => [each.opened, 1]),
          copies,
        );
      opened.forEach((each, i) => {
        const before = opened[i - 1];
        if (before?.slot === each.slot) this.mip.row(0, [...before.count, ...negated(each.count)], Infinity);
      });
    }
    cuts.forEach(cut => this.cut(cut));
    this.serve();
    limitQuotas(this.mip, instance, this.used);
    for (const { types, least, most } of totals) this.mip.row(least, this.countOf(types), most);
  }

  get columns(): number {
    return this.mip.cost.length;
  }

  minimise(criterion: keyof Score): void {
    this.mip.cost.fill(0);
    for (const [column, value] of this.terms[criterion])
      this.mip.cost[column] = (this.mip.cost[column] ?? 0) + value;
  }

  /** Only plans that score no more than this. */
  cap(criterion: keyof Score, most: number): void {
    const sums = new Map<number, number>();
    for (const [column, value] of this.terms[criterion]) sums.set(column, (sums.get(column) ?? 0) + value);
    this.mip.row(-Infinity, [...sums], most);
  }

  private assign(candidate: Candidate, slot: number): number {
    const column = this.mip.column(candidate.usd, this.isRelaxed ? Infinity : 1);
    this.assignments.push({ column, candidate, slot });
    this.terms.usd.push([column, candidate.usd]);
    this.terms.quality.push([column, candidate.qualityRank]);
    this.terms.retirement.push([column, candidate.retirementRank]);
    this.terms.name.push([column, candidate.nameRank]);
    candidate.uses.forEach(({ quota, amount }) => this.used[quota]?.push([column, amount]));
    return column;
  }

  private open(slot: Slot, isLimited: boolean): void {
    const { type, candidates } = slot;
    const { mip } = this;
    const isOne = type.min === type.step && !isLimited;
    const most = this.isRelaxed ? Infinity : isOne ? type.max / type.min : 1;
    const opened = this.countColumn(type, type.min, most);
    const count: Term[] = [[opened, type.min]];
    const steps = (type.max - type.min) / type.step;
    if (!isOne && steps > 0) {
      const more = this.countColumn(type, type.step, steps);
      count.push([more, type.step]);
      mip.row(0, [[opened, steps], [more, -1]], Infinity); // prettier-ignore
    }
    const load = negated(count);
    for (const candidate of candidates) {
      const column = this.assign(candidate, this.slots.length);
      const alone = countAlone(type, candidate);
      load.push([column, candidate.load / type.load]);
      if (alone > type.min) mip.row(0, [...count, [column, -alone]], Infinity);
      if (alone <= type.min || !isOne) mip.row(0, [[opened, 1], [column, -1]], Infinity); // prettier-ignore
    }
    mip.row(-Infinity, load, 0);
    this.slots.push({ slot, count, opened });
  }

  private countColumn(type: MachineType, counts: number, most: number): number {
    const column = this.mip.column(type.usd * counts, most);
    this.terms.usd.push([column, type.usd * counts]);
    this.terms.machines.push([column, type.machines * counts]);
    type.uses.forEach(({ quota, amount }) => this.used[quota]?.push([column, amount * counts]));
    return column;
  }

  /** What each total counts. */
  countsIn(values: ArrayLike<number>, totals: readonly Total[]): number[] {
    return totals.map(({ types }) => countIn(this.countOf(types), values));
  }

  private countOf(types: ReadonlySet<number>): Term[] {
    return this.slots.filter(({ slot }) => types.has(slot.typeIndex)).flatMap(({ count }) => count);
  }

  private cut({ typeIndex, candidates, count: needed }: Cut): void {
    this.slots.forEach(({ slot, count }, index) => {
      if (slot.typeIndex !== typeIndex) return;
      const own = this.assignments.filter(each => each.slot === index && candidates.has(each.candidate));
      if (own.length < candidates.size) return;
      const together = (weight: number): Term[] => own.map(({ column }) => [column, weight]);
      if (needed < Infinity)
        this.mip.row(-needed * (own.length - 1), [...count, ...together(-needed)], Infinity);
      else this.mip.row(-Infinity, together(1), own.length - 1);
    });
  }

  private serve(): void {
    for (const [workload, own] of groupBy(this.assignments, ({ candidate }) => candidate.workload)) {
      const terms = own.map(({ column }): Term => [column, 1]);
      this.servedRows.set(workload, this.mip.row(1, terms, 1));
    }
  }

  /** The solver's values as a plan; null when even packed anew it breaks a limit. */
  planOf(values: ArrayLike<number>): Plan | null {
    const taken = this.taken(values);
    const candidates = taken.map(({ candidate }) => candidate).sort((a, b) => a.workload - b.workload);
    const asSolved = { candidates, pools: this.poolsOf(taken).map(({ pool }) => pool) };
    return bestOf(this.instance, [asSolved, packed(this.instance, candidates)]);
  }

  /** What pools of a solution need beyond their loads, each by its fewest candidates that do. */
  brokenBy(values: ArrayLike<number>): Cut[] {
    return this.poolsOf(this.taken(values)).flatMap(({ pool, slot }) => {
      const reckoned = slot.count.reduce(
        (sum, [column, counts]) => sum + counts * Math.round(values[column] ?? 0),
        0,
      );
      return pool.count > reckoned && pool.type.countOf ? [cutOf(pool, reckoned)] : [];
    });
  }

  private taken(values: ArrayLike<number>): Assignment[] {
    return this.assignments.filter(({ column }) => (values[column] ?? 0) > 0.5);
  }

  private poolsOf(taken: readonly Assignment[]): { pool: Pool; slot: Opened }[] {
    return [...groupBy(taken, ({ slot }) => slot)].flatMap(([index, own]) => {
      const slot = this.slots[index];
      if (!slot) return [];
      const { typeIndex, type } = slot.slot;
      const pool = new Pool(
        typeIndex,
        type,
        own.map(({ candidate }) => candidate),
      );
      return [{ pool, slot }];
    });
  }

  /** The plan as values, to start the solver from; null when the program lacks a column of it. */
  valuesOf({ candidates, pools }: Plan): number[] | null {
    const values = this.mip.cost.map(() => 0);
    const slotOf = new Map<Candidate, number>();
    for (const pool of pools.toSorted((a, b) => b.count - a.count)) {
      const index = this.slotFor(pool, new Set(slotOf.values()));
      const slot = this.slots[index];
      if (!slot) return null;
      const [[opened, least] = [-1, 1], [steps, step] = [-1, 1]] = slot.count;
      values[opened] = steps < 0 ? pool.count / least : 1;
      if (steps >= 0) values[steps] = (pool.count - least) / step;
      pool.candidates.forEach(candidate => slotOf.set(candidate, index));
    }
    const wanted = new Set(candidates);
    const matching = this.assignments.filter(
      ({ candidate, slot }) => wanted.has(candidate) && slot === (slotOf.get(candidate) ?? -1),
    );
    matching.forEach(({ column }) => (values[column] = 1));
    return matching.length === candidates.length ? values : null;
  }

  /** The smallest free slot that may hold the pool. */
  private slotFor({ typeIndex, candidates }: Pool, taken: ReadonlySet<number>): number {
    let best = -1;
    this.slots.forEach(({ slot }, index) => {
      if (slot.typeIndex !== typeIndex || taken.has(index)) return;
      const smallest = this.slots[best]?.slot.candidates.length ?? Infinity;
      if (slot.candidates.length >= smallest || slot.candidates.length < candidates.size) return;
      const own = new Set(slot.candidates);
      if ([...candidates].every(candidate => own.has(candidate))) best = index;
    });
    return best;
  }
}
