import type { Choice } from './instance';
import { capacityTolerance, countFor } from './instance';
import type { Setup } from './setups';

/** What everything that setups share is worth, USD. */
export interface SharedPrices {
  /** What each workload pays for being served. */
  readonly served: Float64Array;
  readonly quotas: Float64Array;
  /** By kind: what one count costs, with all that it draws on. */
  readonly counts: ReadonlyMap<number, number>;
  /** By kind: what opening a pool costs besides, where the number of pools is limited. */
  readonly pools: ReadonlyMap<number, number>;
}

/** The least that a pool of a setup costs more than those in it pay, under given prices. */
export interface SetupValue {
  /** Below 0 when the setup undercuts the prices. */
  readonly value: number;
  /** The same when this choice is in the pool; Infinity when it cannot be. In order of the setup's choices. */
  readonly forced: Float64Array;
}

interface Item {
  readonly index: number;
  /** What the workload pays beyond the choice's own cost. */
  readonly gain: number;
  /** Share of one count. */
  readonly load: number;
  /** Counts that it needs by itself. */
  readonly alone: number;
}

/**
 * Values a setup at its best count. Loads are filled in as a fractional knapsack, of choices that fit the count alone, so
 * that no pool of whole choices is worth more.
 */
export function valueOf({ kindIndex, kind, most: pools, choices }: Setup, prices: SharedPrices): SetupValue {
  const usdPerCount = prices.counts.get(kindIndex) ?? kind.usd;
  const opening = prices.pools.get(kindIndex) ?? 0;
  const items = choices
    .map((choice, index): Item => ({
      index,
      gain: (prices.served[choice.workload] ?? 0) - usdOf(choice, prices.quotas),
      load: choice.load / kind.load,
      alone: countFor(kind, choice.load, choice.minCount),
    }))
    .sort((a, b) => b.gain * a.load - a.gain * b.load);
  const gaining = items.filter(({ gain }) => gain > 0);
  const forced = new Float64Array(choices.length).fill(Infinity);
  let value = Infinity;
  // Counts that are paid for are all taken.
  const largest = kind.max * pools;
  const most = usdPerCount < 0 ? largest : mostWorthwhile(items, kind.min, kind.step, largest);
  for (let count = kind.min; count <= most; count += kind.step) {
    const { gain, pricePerLoad } = fill(gaining, count);
    const own = opening + usdPerCount * count - gain;
    value = Math.min(value, own);
    for (const item of items)
      if (item.alone <= count)
        forced[item.index] = Math.min(
          forced[item.index] ?? Infinity,
          own + Math.max(0, pricePerLoad * item.load - item.gain),
        );
  }
  return { value, forced };
}

export function usdOf({ usd, uses }: Choice, quotas: Float64Array): number {
  return uses.reduce((sum, use) => sum + use.amount * (quotas[use.quota] ?? 0), usd);
}

/** The count that carries everything. */
function mostWorthwhile(items: readonly Item[], min: number, step: number, max: number): number {
  const load = items.reduce((sum, item) => sum + item.load, 0);
  const alone = items.reduce(
    (most, item) => (item.alone < Infinity ? Math.max(most, item.alone) : most),
    min,
  );
  const steps = Math.ceil((Math.max(load, alone) - min) / step - capacityTolerance);
  return Math.min(max, min + Math.max(0, steps) * step);
}

/** Fills a count with what gains most for its load, the last in part. */
function fill(items: readonly Item[], count: number): { gain: number; pricePerLoad: number } {
  let room = count * (1 + capacityTolerance);
  let gain = 0;
  for (const item of items) {
    if (item.alone > count) continue;
    if (item.load > room)
      return { gain: gain + (room / item.load) * item.gain, pricePerLoad: item.gain / item.load };
    room -= item.load;
    gain += item.gain;
  }
  return { gain, pricePerLoad: 0 };
}
