import { Block, negligible } from './block';
import type { KindPrices, Priced } from './block';
import { formulate } from './formulation';
import type { Formulation } from './formulation-types';
import type { Relaxed, Solver } from './highs';
import type { Choice, Instance } from './instance';
import { paidFor, reducedOf, sharedPricesOf } from './prices';
import type { SharedPrices } from './prices';
import { isTimeUp } from './purse';
import type { Purse } from './purse';
import { countFor, groupBy } from './instance';

/** A proven bound and what it says of every choice. */
export interface Relaxation {
  /** No plan costs less, USD. */
  readonly bound: number;
  /** By how much the bound rises when a choice is forced, USD, at least 0. */
  readonly rises: ReadonlyMap<Choice, number>;
  /** Choices with their share in the relaxed optimum, where that is above 0. */
  readonly shares: ReadonlyMap<Choice, number>;
}

/** Rounds of pricing; each solves one linear program over the choices found so far. */
const mostRounds = 25;
/** Choices that a workload starts with, by each of two measures. */
const firstChoices = 4;
/** Choices that one round may add, as a multiple of the workloads. */
const addedPerWorkload = 6;
/** Share of the bound by which prices may still be wrong when pricing stops. */
const closeEnough = 1e-6;

/**
 * Bounds the cost by the linear relaxation without ever building all of it: it is solved over few choices, its prices
 * say which others would undercut, and these are added. Null when even the relaxation has no solution.
 */
export function relaxation(
  instance: Instance,
  choices: readonly Choice[],
  solver: Solver,
  purse: Purse,
): Relaxation | null {
  const byUnit = groupBy(choices, choice => choice.unit);
  const selfBilled = byUnit.get(-1) ?? [];
  byUnit.delete(-1);
  const blocks = [...byUnit].flatMap(([unit, own]) => {
    const kind = instance.kinds[unit];
    return kind ? [{ unit, block: new Block(kind, own) }] : [];
  });
  const active = new Set([...selfBilled, ...promising(instance, choices)]);
  let best: Omit<Relaxation, 'rises'> | null = null;
  let risesOfBest = (): ReadonlyMap<Choice, number> => new Map();
  for (let round = 0; round < mostRounds && !(best && isTimeUp(purse)); round++) {
    const formulation = formulate(
      instance,
      choices.filter(choice => active.has(choice)),
      {
        relaxed: true,
      },
    );
    const relaxed = solver.relax(formulation.mip);
    if (!relaxed) break;
    const prices = pricesOf(instance, formulation, relaxed);
    const priced = blocks.map(({ unit, block }) => priceBlock(block, prices.kinds.get(unit), prices));
    const bound = priced.reduce((sum, { value }) => sum + value, paidFor(instance, selfBilled, prices));
    if (best === null || bound > best.bound) {
      best = { bound, shares: sharesOf(formulation, relaxed) };
      risesOfBest = () => risesOf(selfBilled, prices, blocks, priced);
    }
    const undercutting = priced
      .flatMap(({ undercutting: found }) => found)
      .filter(choice => !active.has(choice));
    if (relaxed.objective - bound <= closeEnough * Math.abs(bound) + 1e-4 || undercutting.length === 0) break;
    undercutting.slice(0, addedPerWorkload * instance.workloads.length).forEach(choice => active.add(choice));
  }
  return best && { ...best, rises: risesOfBest() };
}

interface Prices extends SharedPrices {
  readonly kinds: ReadonlyMap<number, KindPrices>;
}

function pricesOf(instance: Instance, formulation: Formulation, relaxed: Relaxed): Prices {
  const priceOf = (row: number): number => (row < 0 ? 0 : Math.max(0, -(relaxed.prices[row] ?? 0)));
  const kinds = new Map(
    formulation.slots.map(slot => [
      slot.kindIndex,
      {
        load: priceOf(slot.loadRow),
        memory: priceOf(slot.memoryRow),
        beside: new Map([...slot.besideRows].map(([part, row]) => [part, priceOf(row)])),
      },
    ]),
  );
  return { ...sharedPricesOf(instance, formulation, relaxed), kinds };
}

function priceBlock(block: Block, own: KindPrices | undefined, { served, quotas }: Prices): Priced {
  const priced = own && block.price(own, served, quotas);
  if (priced && priced.value > -negligible) return priced;
  const other = block.bestPrice(served, quotas);
  return priced && priced.value >= other.value ? priced : other;
}

function risesOf(
  selfBilled: readonly Choice[],
  prices: Prices,
  blocks: readonly { readonly block: Block }[],
  priced: readonly Priced[],
): Map<Choice, number> {
  const rises = new Map(selfBilled.map(choice => [choice, Math.max(0, reducedOf(choice, prices))]));
  blocks.forEach(({ block }, b) => {
    const known = priced[b];
    if (!known) return;
    const own = block.bestRises(known.value, known, prices.served, prices.quotas);
    block.choices.forEach((choice, i) => rises.set(choice, own[i] ?? 0));
  });
  return rises;
}

function sharesOf(formulation: Formulation, relaxed: Relaxed): Map<Choice, number> {
  const shares = new Map<Choice, number>();
  for (const { choice, column } of formulation.assignments) {
    const share = relaxed.values[column] ?? 0;
    if (share > 1e-9) shares.set(choice, (shares.get(choice) ?? 0) + share);
  }
  return shares;
}

/** The few choices of each workload that look best: when machines are shared to the full, and when they are not. */
function promising(instance: Instance, choices: readonly Choice[]): Choice[] {
  return [...groupBy(choices, choice => choice.workload).values()].flatMap(own => [
    ...lowest(own, choice => sharedUsd(instance, choice)),
    ...lowest(own, choice => aloneUsd(instance, choice)),
  ]);
}

function lowest(choices: readonly Choice[], usdOf: (choice: Choice) => number): Choice[] {
  const usd = new Map(choices.map(choice => [choice, usdOf(choice)]));
  return [...choices].sort((a, b) => (usd.get(a) ?? 0) - (usd.get(b) ?? 0)).slice(0, firstChoices);
}

function sharedUsd(instance: Instance, choice: Choice): number {
  const kind = instance.kinds[choice.unit];
  if (!kind) return choice.usd;
  return choice.usd + kind.usd * Math.max(choice.load / kind.load, choice.memoryGib / kind.memoryGib);
}

/** Cost of the choice when it shares with nobody. */
export function aloneUsd(instance: Instance, choice: Choice): number {
  const kind = instance.kinds[choice.unit];
  return kind ? choice.usd + kind.usd * countFor(kind, choice.load, choice.minCount) : choice.usd;
}
