import type { Choice, Kind } from './instance';
import { groupBy } from './instance';
import { usdOf } from './prices';

/** Prices of what a kind offers, USD: of the load of one count, and of the memory of one pool. */
export interface KindPrices {
  readonly load: number;
  readonly memory: number;
  /** By part: price of the memory that one pool has left beside the part. @default a share of the part's own price */
  readonly beside?: ReadonlyMap<number, number>;
}

/** USD below which an undercut is rounding. */
export const negligible = 1e-6;
const evenShares = Array.from({ length: 11 }, (_, i) => i / 10);
const spreadShares = [1, 0.9, 0.75, 0.5, 0.25];

/** Prices that lay a share of a pool's cost on load and memory, `split` of it on load, and leave the rest for opening it. */
export function laidOn({ usd, min }: Kind, share: number, split: number): KindPrices {
  return { load: share * split * usd, memory: share * (1 - split) * usd * min };
}

/** Choices of one kind that share a part, with their shares of one count's load and memory. */
interface Group {
  readonly part: number;
  /** Of the part as its smallest users need it. */
  readonly partShare: number;
  /** By how much the part's share is larger at each level than at the level below; 0 for the first. */
  readonly growth: Float64Array;
  /** Level of each choice. */
  readonly levels: Int32Array;
  readonly choices: readonly Choice[];
  readonly loads: Float64Array;
  readonly memories: Float64Array;
}

/** What a kind contributes to the bound under given prices. */
export interface Priced {
  /** At most 0: by how much the kind could undercut what the workloads are priced at. */
  readonly value: number;
  /** By how much the bound rises when this choice is forced, in order of `Block.choices`; at least 0. */
  readonly rises: Float64Array;
  /** Choices that undercut. */
  readonly undercutting: readonly Choice[];
}

/**
 * One kind by itself in the Lagrangian relaxation: workloads are paid their price for standing on it, load and memory
 * cost theirs. For any prices at all the sum of the blocks' values and the workloads' prices bounds the cost from below,
 * so the bound does not lean on the solver's arithmetic.
 */
export class Block {
  readonly choices: readonly Choice[];
  private readonly groups: readonly Group[];

  constructor(
    readonly kind: Kind,
    choices: readonly Choice[],
  ) {
    this.groups = [...groupBy(choices, choice => choice.part).values()].map(own => groupOf(kind, own));
    this.choices = this.groups.flatMap(group => group.choices);
  }

  /** Values the block; `served` are the workloads' prices and `quotas` those of the quotas. */
  price(prices: KindPrices, served: Float64Array, quotas: Float64Array): Priced {
    const usd = usdOf(this.kind, quotas);
    const opened = usd * this.kind.min;
    const fitted = this.fitted(prices, opened);
    const fixed = Math.max(0, opened - this.asked(fitted));
    const groups = this.groups.map(group => priceGroup(group, fitted, served, quotas));
    const open = fixed + groups.reduce((sum, { value }) => sum + value, 0);
    const value = Math.min(0, open);
    const undercutting = groups.flatMap((priced, i) =>
      priced.value < -negligible
        ? (this.groups[i]?.choices ?? []).filter((_, c) => (priced.reduced[c] ?? 0) < 0)
        : [],
    );
    return { value, rises: this.rises(groups, open - value), undercutting };
  }

  /** The best value found over prices that lay a share of a pool's cost on load and memory, and the rest on opening it. */
  bestPrice(served: Float64Array, quotas: Float64Array): Priced {
    const splits = this.kind.memoryGib < Infinity ? evenShares : [1];
    let best = this.price({ load: 0, memory: 0 }, served, quotas);
    for (const share of [1, 0.75, 0.5, 0.25])
      for (const split of splits) {
        if (best.value > -negligible) return best;
        const next = this.price(laidOn(this.kind, share, split), served, quotas);
        if (next.value > best.value) best = next;
      }
    return best;
  }

  /**
   * By how much a bound that counts `value` for the block rises when a choice is forced: the most that any of the prices
   * tried says. A kind that the relaxation leaves alone is cheap to open under some prices and dear to use under others.
   */
  bestRises(value: number, known: Priced, served: Float64Array, quotas: Float64Array): Float64Array {
    const best = known.rises.map(rise => Math.max(0, rise + known.value - value));
    for (const prices of this.spreadPrices()) {
      const { value: other, rises } = this.price(prices, served, quotas);
      rises.forEach((rise, i) => (best[i] = Math.max(best[i] ?? 0, rise + other - value)));
    }
    return best;
  }

  /** Shares of a pool's cost laid on load and memory, in steps. */
  private spreadPrices(): KindPrices[] {
    const splits = this.kind.memoryGib < Infinity ? spreadShares : [1];
    return spreadShares.flatMap(share => splits.map(split => laidOn(this.kind, share, split)));
  }

  /** What the prices take from one pool of the least count. */
  private asked(prices: KindPrices): number {
    const beside = this.groups.reduce((sum, group) => sum + Math.max(0, -setupOf(group, prices)), 0);
    return prices.load * this.kind.min + prices.memory + beside;
  }

  /** Prices that take no more than the pool costs; the solver's may by rounding. */
  private fitted(prices: KindPrices, opened: number): KindPrices {
    const asked = this.asked(prices);
    if (asked <= opened) return prices;
    const factor = opened / asked;
    return {
      load: prices.load * factor,
      memory: prices.memory * factor,
      beside: prices.beside && new Map([...prices.beside].map(([part, price]) => [part, price * factor])),
    };
  }

  private rises(groups: readonly PricedGroup[], open: number): Float64Array {
    const rises = new Float64Array(this.choices.length);
    let at = 0;
    groups.forEach(({ value, reduced, atLeast }, g) => {
      const levels = this.groups[g]?.levels;
      reduced.forEach((own, i) => {
        const forced = atLeast[levels?.[i] ?? 0] ?? 0;
        rises[at++] = Math.max(0, open - value + forced + Math.max(0, own));
      });
    });
    return rises;
  }
}

interface PricedGroup {
  /** At most 0. */
  readonly value: number;
  readonly reduced: Float64Array;
  /** Least value of the group when it is loaded at this level or above. */
  readonly atLeast: Float64Array;
}

function groupOf(kind: Kind, choices: readonly Choice[]): Group {
  const sizes = [...new Set(choices.map(choice => choice.partGib))].sort((a, b) => a - b);
  const levelOf = new Map(sizes.map((size, level) => [size, level]));
  return {
    part: choices[0]?.part ?? -1,
    partShare: (sizes[0] ?? 0) / kind.memoryGib,
    growth: Float64Array.from(sizes, (size, i) => (size - (sizes[i - 1] ?? size)) / kind.memoryGib),
    levels: Int32Array.from(choices, choice => levelOf.get(choice.partGib) ?? 0),
    choices,
    loads: Float64Array.from(choices, choice => choice.load / kind.load),
    memories: Float64Array.from(choices, choice => choice.memoryGib / kind.memoryGib),
  };
}

/** Shares of the part's price that may be laid on its users instead of on loading it; each is valid, the best counts. */
const partSplits = [0, 0.5, 1];

function priceGroup(
  group: Group,
  prices: KindPrices,
  served: Float64Array,
  quotas: Float64Array,
): PricedGroup {
  const part = prices.memory * group.partShare;
  const known = prices.beside?.get(group.part);
  if (known !== undefined || part === 0 || group.partShare >= 1)
    return priceBeside(group, known ?? 0, prices, served, quotas);
  const tried = partSplits.map(split =>
    priceBeside(group, (split * part) / (1 - group.partShare), prices, served, quotas),
  );
  return tried.reduce((best, next) => (next.value > best.value ? next : best));
}

/** Cost of loading the part, less the price of what it leaves; below 0 it is the pool that pays, see `asked`. */
function setupOf(group: Group, prices: KindPrices, beside = prices.beside?.get(group.part) ?? 0): number {
  return prices.memory * group.partShare - beside * (1 - group.partShare);
}

function priceBeside(
  group: Group,
  beside: number,
  prices: KindPrices,
  served: Float64Array,
  quotas: Float64Array,
): PricedGroup {
  const reduced = new Float64Array(group.choices.length);
  const gains = new Float64Array(group.growth.length);
  group.choices.forEach((choice, i) => {
    const own =
      usdOf(choice, quotas) +
      prices.load * (group.loads[i] ?? 0) +
      (prices.memory + beside) * (group.memories[i] ?? 0) -
      (served[choice.workload] ?? 0);
    reduced[i] = own;
    const level = group.levels[i] ?? 0;
    if (own < 0) gains[level] = (gains[level] ?? 0) + own;
  });
  let sum = Math.max(0, setupOf(group, prices, beside));
  const atLeast = gains.map(
    (gain, level) => (sum += gain + (prices.memory + beside) * (group.growth[level] ?? 0)),
  );
  for (let level = atLeast.length - 2; level >= 0; level--)
    atLeast[level] = Math.min(atLeast[level] ?? 0, atLeast[level + 1] ?? 0);
  return { value: Math.min(0, atLeast[0] ?? 0), reduced, atLeast };
}
