import type { Choice, Instance, Kind } from './instance';
import { countFor, groupBy } from './instance';
import { poolsWorthOpening } from './merging';
import { Mip, difference, merged, negated } from './mip';
import type { Term } from './mip';
import type { Score } from './plan';
import type {
  Assignment,
  Cut,
  Formulation,
  FormulationOptions,
  Level,
  Settled,
  Slot,
  Total,
} from './formulation-types';

/** Builds the program over these choices, and over those of the pools that are settled. */
export function formulate(
  instance: Instance,
  choices: readonly Choice[],
  { explicit, cuts, settled, totals = [], relaxed = false }: FormulationOptions = {},
): Formulation {
  const builder = new Builder(instance, relaxed, cuts);
  const byUnit = [...groupBy(choices, choice => choice.unit)].sort(([a], [b]) => a - b);
  for (const [unit, own] of byUnit) {
    const kind = instance.kinds[unit];
    if (kind) builder.addKind(unit, kind, own, explicit?.get(unit) ?? 0);
    else own.forEach(choice => builder.assign(choice, -1));
  }
  for (const [unit, pools] of settled ?? []) {
    const kind = instance.kinds[unit];
    if (kind) builder.addSettled(unit, kind, pools);
  }
  builder.finish();
  totals.forEach(total => builder.limit(total));
  return builder;
}

class Builder implements Formulation {
  readonly mip = new Mip();
  readonly assignments: Assignment[] = [];
  readonly terms: Record<keyof Score, Term[]> = {
    usd: [],
    quality: [],
    machines: [],
    retirement: [],
    name: [],
  };
  readonly slots: Slot[] = [];
  readonly servedRows = new Map<number, number>();
  readonly quotaRows = new Map<number, number>();
  readonly poolRows = new Map<number, number>();
  readonly totalRows: number[] = [];
  readonly sums: Formulation['sums'] = [];
  private readonly used: Term[][];

  constructor(
    private readonly instance: Instance,
    private readonly relaxed: boolean,
    private readonly cuts: FormulationOptions['cuts'],
  ) {
    this.used = instance.quotas.map(() => []);
  }

  assign(choice: Choice, pool: number, kind?: Kind, count: readonly Term[] = []): number {
    const column = this.mip.column(choice.usd, 1);
    const alone = kind && !this.relaxed ? countFor(kind, choice.load, choice.minCount) : 0;
    if (kind && alone > kind.min) this.mip.row(0, [...count, [column, -alone]], Infinity);
    this.assignments.push({ column, choice, pool });
    this.terms.usd.push([column, choice.usd]);
    this.terms.quality.push([column, choice.qualityRank]);
    this.terms.retirement.push([column, choice.retirementRank]);
    this.terms.name.push([column, choice.nameRank]);
    choice.uses.forEach(use => this.used[use.quota]?.push([column, use.amount]));
    return column;
  }

  /** Pools in which memory no longer binds. */
  addSettled(kindIndex: number, kind: Kind, settled: readonly Settled[]): void {
    const roomy = { ...kind, memoryGib: Infinity };
    settled.forEach(({ choices, most }, pool) => {
      this.addPools(kindIndex, roomy, choices, pool, most);
      const slot = this.slots.pop();
      if (slot) this.slots.push({ ...slot, holds: new Set(choices) });
    });
    if (settled.reduce((sum, { most }) => sum + most, 0) <= kind.copies) return;
    const opened = this.slots.slice(-settled.length).map((slot): Term => [slot.opened, 1]);
    this.poolRows.set(kindIndex, this.mip.row(-Infinity, opened, kind.copies));
  }

  /** Limits what kinds have together; beyond it is paid for. */
  limit({ kinds, least, most, usdBeyond = Infinity }: Total): void {
    const terms = this.slots.filter(({ kindIndex }) => kinds.has(kindIndex)).flatMap(({ count }) => count);
    if (usdBeyond < Infinity) {
      terms.push([this.mip.column(usdBeyond, Infinity, false), 1]);
      terms.push([this.mip.column(usdBeyond, Infinity, false), -1]);
    }
    this.totalRows.push(this.mip.row(least, terms, most));
  }

  addKind(kindIndex: number, kind: Kind, choices: readonly Choice[], asked: number): void {
    const most = this.relaxed ? kind.copies : poolsWorthOpening(kind, choices);
    const counts: Term[][] = [];
    const explicit = most === 1 ? 1 : asked;
    for (let pool = 0; pool < Math.min(explicit, most); pool++)
      counts.push(this.addExplicit(kindIndex, kind, choices, pool));
    // Pools of one kind are interchangeable: number them by falling count.
    counts
      .slice(1)
      .forEach((terms, i) => this.mip.row(0, [...(counts[i] ?? []), ...negated(terms)], Infinity));
    if (most <= explicit) return;
    this.addPools(kindIndex, kind, choices, -1, most - explicit);
    const [last, remainder] = this.slots.slice(-2);
    // Nor has a remainder pools before the explicit ones are open.
    if (explicit > 0 && last && remainder)
      this.mip.row(
        0,
        [
          [last.opened, most - explicit],
          [remainder.opened, -1],
        ],
        Infinity,
      );
  }

  private addExplicit(kindIndex: number, kind: Kind, choices: readonly Choice[], pool: number): Term[] {
    const before = this.assignments.length;
    const count = this.addPools(kindIndex, kind, choices, pool, 1);
    const own = this.assignments.slice(before);
    for (const cut of this.cuts?.get(kindIndex) ?? []) this.cut(cut, own, count);
    return count;
  }

  /** Lets these choices stand together only where the count is large enough. */
  private cut({ choices, count: needed }: Cut, own: readonly Assignment[], count: readonly Term[]): void {
    const columns = own.filter(({ choice }) => choices.has(choice)).map(({ column }) => column);
    if (columns.length < choices.size) return;
    const together = (weight: number): Term[] => columns.map(column => [column, weight]);
    if (needed < Infinity)
      this.mip.row(-needed * (columns.length - 1), [...count, ...together(-needed)], Infinity);
    else this.mip.row(-Infinity, together(1), columns.length - 1);
  }

  finish(): void {
    const byWorkload = groupBy(this.assignments, assignment => assignment.choice.workload);
    for (const [workload, own] of byWorkload) {
      const terms = own.map(({ column }): Term => [column, 1]);
      this.servedRows.set(workload, this.mip.row(1, terms, 1));
    }
    this.used.forEach((terms, quota) => {
      const scale = Math.max(this.instance.quotas[quota] ?? 0, 1e-6);
      const scaled = terms.map(([column, amount]): Term => [column, amount / scale]);
      const limit = (this.instance.quotas[quota] ?? 0) / scale;
      if (terms.length > 0) this.quotaRows.set(quota, this.mip.row(-Infinity, scaled, limit));
    });
  }

  /** Adds one explicit pool, or a remainder of up to `most` pools, and returns its count as terms. */
  private addPools(
    kindIndex: number,
    kind: Kind,
    choices: readonly Choice[],
    pool: number,
    most: number,
  ): Term[] {
    const opened = this.mip.column(kind.usd * kind.min, most);
    const stepsPerPool = (kind.max - kind.min) / kind.step;
    const count: Term[] = [[opened, kind.min]];
    const steps = stepsPerPool > 0 ? this.mip.column(kind.usd * kind.step, stepsPerPool * most) : -1;
    if (steps >= 0) {
      count.push([steps, kind.step]);
      this.mip.row(
        0,
        [
          [opened, stepsPerPool],
          [steps, -1],
        ],
        Infinity,
      );
    }
    for (const [column, counts] of count) this.useCount(kind, column, counts);
    this.slots.push({
      kindIndex,
      pool,
      opened,
      steps,
      most,
      count,
      ...this.hold(kind, choices, pool, opened, count),
    });
    return count;
  }

  private useCount(kind: Kind, column: number, counts: number): void {
    this.terms.usd.push([column, kind.usd * counts]);
    this.terms.machines.push([column, kind.machines * counts]);
    kind.uses.forEach(use => this.used[use.quota]?.push([column, use.amount * counts]));
  }

  /** Rows that let choices stand on the pool only as far as its memory and count carry them, in shares of one count. */
  private hold(
    kind: Kind,
    choices: readonly Choice[],
    pool: number,
    opened: number,
    count: readonly Term[],
  ): Pick<Slot, 'loaded' | 'besideRows' | 'loadRow' | 'memoryRow'> {
    const load: Term[] = negated(count);
    const memory: Term[] = [[opened, -1]];
    const loaded = new Map<number, readonly Level[]>();
    const besideRows = new Map<number, number>();
    for (const [part, own] of groupBy(choices, choice => choice.part)) {
      const columns = own.map(choice => this.assign(choice, pool, kind, count));
      own.forEach((choice, i) => {
        load.push([columns[i] as number, choice.load / kind.load]);
        memory.push([columns[i] as number, choice.memoryGib / kind.memoryGib]);
      });
      const { levels, besideRow } = this.loadPart(kind, own, columns, opened, memory);
      loaded.set(part, levels);
      if (besideRow >= 0) besideRows.set(part, besideRow);
    }
    const loadRow = this.mip.row(-Infinity, load, 0);
    const memoryRow = kind.memoryGib < Infinity ? this.mip.row(-Infinity, memory, 0) : -1;
    return { loaded, besideRows, loadRow, memoryRow };
  }

  /**
   * A part is in memory once in every pool that uses it, as large as the largest user there needs it. Returns the
   * columns that count the pools by how large they keep it.
   */
  private loadPart(
    kind: Kind,
    own: readonly Choice[],
    columns: readonly number[],
    opened: number,
    memory: Term[],
  ): { levels: readonly Level[]; besideRow: number } {
    const sizes = [...new Set(own.map(choice => choice.partGib))].sort((a, b) => a - b);
    const levels: Level[] = [];
    const kept: Term[] = [];
    sizes.forEach((partGib, i) => {
      const below = levels[i - 1]?.column ?? opened;
      const share = (partGib - (sizes[i - 1] ?? 0)) / kind.memoryGib;
      const column = share > 0 ? this.mip.column(0, this.mip.upper[opened] ?? 1) : below;
      if (column !== below) this.mip.row(0, difference(below, column), Infinity);
      if (share > 0) kept.push([column, share]);
      levels.push({ partGib, column });
    });
    memory.push(...kept);
    const first = levels[0]?.column ?? opened;
    const beside = own.map((choice, i): Term => [columns[i] as number, choice.memoryGib / kind.memoryGib]);
    const besideRow =
      first !== opened && own.some(choice => choice.memoryGib > 0)
        ? this.mip.row(-Infinity, [...beside, ...merged([...kept, [first, -1]])], 0)
        : -1;
    own.forEach((choice, i) => {
      const level = levels[sizes.indexOf(choice.partGib)]?.column ?? opened;
      this.mip.row(0, difference(level, columns[i] as number), Infinity);
    });
    return { levels, besideRow };
  }
}
