import { formulate } from './formulation';
import type { Formulation, Total } from './formulation-types';
import type { Relaxed, Solver } from './highs';
import type { Choice, Instance } from './instance';
import { groupBy } from './instance';
import { scoreOf } from './plan';
import type { Plan } from './plan';
import { paidFor, sharedPricesOf, usdOf } from './prices';
import { valueOf } from './setup-value';
import type { SetupPrices } from './setup-value';
import type { Setup } from './setups';

/** Rounds in which the prices of the setups taken so far ask for others. */
const mostRounds = 40;
/** Setups that one round may add, in all and of one kind. */
const addedAtMost = 24;
const addedPerKind = 6;
/** Setups of a kind to begin with. */
const firstPerKind = 4;
/** USD below which an undercut is rounding. */
const negligible = 1e-6;

/** What the linear relaxation over all setups says. */
export interface SetupBound {
  /** No plan within the totals costs less, USD. */
  readonly bound: number;
  /** Of each total, how many counts the relaxed optimum has. */
  readonly counts: readonly number[];
  /** Setups that the relaxed optimum opens. */
  readonly opened: ReadonlySet<Setup>;
  readonly prices: SetupPrices;
}

/** The linear relaxation over all setups, of which it only ever builds those that pay. */
export class SetupRelaxation {
  /** Setups found to pay, kept from one relaxation to the next. */
  private readonly active: Set<Setup>;
  private readonly usdBeyond: number;

  /**
   * @param setups the pools of the plan are the last of them
   * @param selfBilled choices without a pool
   */
  constructor(
    private readonly instance: Instance,
    private readonly setups: readonly Setup[],
    private readonly selfBilled: readonly Choice[],
    plan: Plan,
    private readonly solver: Solver,
  ) {
    this.usdBeyond = Math.max(1, scoreOf(plan).usd);
    this.active = new Set([...setups.slice(setups.length - plan.pools.length), ...largest(setups)]);
  }

  /** Null when the solver finds no optimum, which nothing but its arithmetic explains. */
  bound(totals: readonly Total[], isSpent: () => boolean): SetupBound | null {
    const soft = totals.map(total => ({ ...total, usdBeyond: this.usdBeyond }));
    let best: SetupBound | null = null;
    for (let round = 0; round < mostRounds && !(best && isSpent()); round++) {
      const active = [...this.active];
      const formulation = formulate(this.instance, this.selfBilled, {
        settled: settledOf(active),
        totals: soft,
      });
      const relaxed = this.solver.relax(formulation.mip);
      if (!relaxed) break;
      const { prices, constant } = this.pricesOf(formulation, relaxed, soft);
      const values = this.setups.map(setup => ({ setup, value: valueOf(setup, prices) }));
      const undercutting = values.filter(({ value }) => value < -negligible);
      const bound = constant + undercutting.reduce((sum, { value }) => sum + value, 0);
      if (!best || bound > best.bound)
        best = {
          bound,
          prices,
          counts: countsOf(formulation, relaxed, soft),
          opened: openedOf(active, formulation, relaxed),
        };
      if (this.add(undercutting) === 0) break;
    }
    return best;
  }

  private add(undercutting: { readonly setup: Setup; readonly value: number }[]): number {
    const before = this.active.size;
    const added = new Map<number, number>();
    for (const { setup } of undercutting.toSorted((a, b) => a.value - b.value)) {
      const ofKind = added.get(setup.kindIndex) ?? 0;
      if (ofKind >= addedPerKind || this.active.size - before >= addedAtMost) continue;
      if (this.active.has(setup)) continue;
      this.active.add(setup);
      added.set(setup.kindIndex, ofKind + 1);
    }
    return this.active.size - before;
  }

  /** Prices, and what the bound is when no setup undercuts them. */
  private pricesOf(
    formulation: Formulation,
    relaxed: Relaxed,
    totals: readonly Total[],
  ): { prices: SetupPrices; constant: number } {
    const shared = sharedPricesOf(this.instance, formulation, relaxed);
    const { kinds } = this.instance;
    const { prices } = relaxed;
    const pools = new Map(
      [...formulation.poolRows].map(([kind, row]) => [kind, Math.max(0, -(prices[row] ?? 0))]),
    );
    const ofTotals = formulation.totalRows.map(row => prices[row] ?? 0);
    const counts = new Map(
      kinds.map((kind, index) => {
        const paid = totals.reduce(
          (sum, { kinds: own }, i) => sum + (own.has(index) ? (ofTotals[i] ?? 0) : 0),
          0,
        );
        return [index, usdOf(kind, shared.quotas) - paid];
      }),
    );
    const limited = totals.reduce((sum, { least, most }, i) => {
      const price = ofTotals[i] ?? 0;
      return price === 0 ? sum : sum + price * (price > 0 ? least : most);
    }, 0);
    const constant =
      paidFor(this.instance, this.selfBilled, shared) -
      [...pools].reduce((sum, [kind, price]) => sum + price * (kinds[kind]?.copies ?? 0), 0) +
      limited;
    return { prices: { ...shared, counts, pools }, constant };
  }
}

/** The setups by kind. */
export function settledOf(setups: readonly Setup[]): Map<number, readonly Setup[]> {
  return new Map([...groupBy(setups, setup => setup.kindIndex)].sort(([a], [b]) => a - b));
}

function openedOf(setups: readonly Setup[], { slots }: Formulation, { values }: Relaxed): Set<Setup> {
  // The order of the program's slots.
  const ordered = [...settledOf(setups).values()].flat();
  return new Set(ordered.filter((_, i) => (values[slots[i]?.opened ?? -1] ?? 0) > 1e-6));
}

function countsOf({ slots }: Formulation, { values }: Relaxed, totals: readonly Total[]): number[] {
  return totals.map(({ kinds }) =>
    slots
      .filter(({ kindIndex }) => kinds.has(kindIndex))
      .flatMap(({ count }) => count)
      .reduce((sum, [column, counts]) => sum + counts * (values[column] ?? 0), 0),
  );
}

/** A few setups of each kind that serve the most workloads. */
function largest(setups: readonly Setup[]): Setup[] {
  return [...groupBy(setups, setup => setup.kindIndex).values()].flatMap(own =>
    own.toSorted((a, b) => b.choices.length - a.choices.length).slice(0, firstPerKind),
  );
}
