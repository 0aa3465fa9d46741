import { capacityTolerance, countFor } from './instance';
import { usdOf } from './prices';
import type { SharedPrices } from './prices';
import type { Setup } from './setups';

/** What everything that setups share is worth, USD. */
export interface SetupPrices extends SharedPrices {
  /** By kind: what one count costs, with all that it draws on. */
  readonly counts: ReadonlyMap<number, number>;
  /** By kind: what opening a pool costs besides, where the number of pools is limited. */
  readonly pools: ReadonlyMap<number, number>;
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
 * The least that a pool of a setup costs more than those in it pay, at its best count; below 0 when it undercuts the prices.
 * Loads are filled in as a fractional knapsack, of choices that fit the count alone, so that no pool of whole choices is
 * worth more.
 */
export function valueOf(setup: Setup, prices: SetupPrices): number {
  let value = Infinity;
  for (const { own } of fillings(setup, itemsOf(setup, prices), prices)) value = Math.min(value, own);
  return value;
}

/** The same when a choice is in the pool, Infinity when it cannot be; in order of the setup's choices. */
export function forcedValuesOf(setup: Setup, prices: SetupPrices): Float64Array {
  const items = itemsOf(setup, prices);
  const forced = new Float64Array(items.length).fill(Infinity);
  for (const { count, own, pricePerLoad } of fillings(setup, items, prices))
    for (const { index, alone, load, gain } of items)
      if (alone <= count)
        forced[index] = Math.min(forced[index] ?? Infinity, own + Math.max(0, pricePerLoad * load - gain));
  return forced;
}

function itemsOf({ kind, choices }: Setup, { served, quotas }: SetupPrices): Item[] {
  const items = choices.map((choice, index): Item => ({
    index,
    gain: (served[choice.workload] ?? 0) - usdOf(choice, quotas),
    load: choice.load / kind.load,
    alone: countFor(kind, choice.load, choice.minCount),
  }));
  return items.sort((a, b) => b.gain * a.load - a.gain * b.load);
}

interface Filling {
  readonly count: number;
  /** What the pool costs more than those in it pay. */
  readonly own: number;
  /** What more load would gain. */
  readonly pricePerLoad: number;
}

/** What the pool is worth at each count that may be the best. */
function* fillings(
  { kindIndex, kind, most: pools }: Setup,
  items: readonly Item[],
  prices: SetupPrices,
): Generator<Filling> {
  const usdPerCount = prices.counts.get(kindIndex) ?? kind.usd;
  const opening = prices.pools.get(kindIndex) ?? 0;
  const gaining = items.filter(({ gain }) => gain > 0);
  const largest = kind.max * pools;
  // Counts that are paid for are all taken.
  const most = usdPerCount < 0 ? largest : mostWorthwhile(items, kind.min, kind.step, largest);
  for (let count = kind.min; count <= most; count += kind.step) {
    const { gain, pricePerLoad } = fill(gaining, count);
    yield { count, own: opening + usdPerCount * count - gain, pricePerLoad };
  }
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
