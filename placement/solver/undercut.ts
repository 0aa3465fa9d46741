import { Block, laidOn } from './block';
import type { KindPrices } from './block';
import type { Choice, Instance, Kind } from './instance';
import { countFor, groupBy, usdTolerance } from './instance';
import { waitingCount } from './plan';
import type { Rows } from './rows';
import { Sieve } from './sieve';
import type { Alternative, KindRows } from './sieve';

/** Shares of a pool's cost that are laid on what it serves; the rest is laid on opening it. Each gives a valid bound. */
const sharesLaid = [0, 0.25, 0.5, 0.75, 1];
/** How a share is split between load and memory. */
const loadShares = [1, 0.5, 0];
/** Times that the sieve is applied: each pass leaves fewer who could share a pool. */
const passes = 2;

/**
 * Drops choices that cost more than the workloads cost otherwise, whoever shares the pool: see `Sieve`. What is dropped is
 * in no cheapest plan, whatever the rest of the plan is.
 */
export function withoutUndercut(instance: Instance): readonly Choice[] {
  let kept: readonly Choice[] = sieved(instance);
  for (let pass = 1; pass < passes; pass++) {
    const before = kept.length;
    kept = sieved({ ...instance, choices: kept, tables: [] });
    if (kept.length === before) break;
  }
  return kept;
}

interface KindChoices extends KindRows {
  readonly choiceOf: (row: number) => Choice;
}

function sieved(instance: Instance): Choice[] {
  const byUnit = groupBy(instance.choices, choice => choice.unit);
  const billed = byUnit.get(-1) ?? [];
  byUnit.delete(-1);
  const kinds = [
    ...[...byUnit].map(([unit, own]): KindChoices => {
      const kind = kindAt(instance, unit);
      return { kind, rows: rowsOf(own, kind), choiceOf: row => own[row] as Choice };
    }),
    ...instance.tables.map(({ kindIndex, ...table }): KindChoices => ({
      kind: kindAt(instance, kindIndex),
      ...table,
    })),
  ];
  const own = rowsOf(billed);
  const sieve = new Sieve(instance.workloads.length, kinds, own);
  const shared = kinds.flatMap(({ kind, rows, choiceOf }) => {
    const kept = sieve.worthSharing({ kind, rows });
    if (kept.length === 0) return [];
    return worthTheirMemory(kind, kept.map(choiceOf), sieve.insteadOf(rows, kept), instance.quotas.length);
  });
  return [...sieve.worthTheirPrice(own).map(row => billed[row] as Choice), ...shared];
}

function kindAt({ kinds }: Instance, index: number): Kind {
  const kind = kinds[index];
  if (!kind) throw new RangeError(`kind ${index} is not in the instance`);
  return kind;
}

function rowsOf(choices: readonly Choice[], kind?: Kind): Rows {
  const column = (of: (choice: Choice) => number): Float64Array => Float64Array.from(choices, of);
  return {
    workload: column(choice => choice.workload),
    part: column(choice => choice.part),
    partGib: column(choice => choice.partGib),
    usd: column(choice => choice.usd),
    busy: column(choice => (kind ? choice.load / kind.load : 0)),
    alone: column(choice => (kind ? countAlone(kind, choice) : 0)),
    free: column(choice => (choice.uses.length === 0 ? 1 : 0)),
    plain: column(choice => (isPlain(choice) ? 1 : 0)),
  };
}

function isPlain({ memoryGib, minCount, waits }: Choice): boolean {
  return memoryGib === 0 && minCount <= 1 && !waits;
}

function countAlone(kind: Kind, choice: Choice): number {
  return Math.max(countFor(kind, choice.load, choice.minCount), waitingCount(kind, [choice]));
}

/** Choices of one kind that some pool might serve for no more than the alternatives cost, also by its memory. */
function worthTheirMemory(
  kind: Kind,
  own: readonly Choice[],
  alternatives: readonly Alternative[],
  quotas: number,
): readonly Choice[] {
  let kept = own;
  for (const { opening, served } of alternatives) {
    // Who has no other way may have to pay whatever a pool costs, and others may share it then.
    if (kept.length === 0 || kept.some(choice => served[choice.workload] === Infinity)) continue;
    const block = new Block(kind, kept);
    const excess = new Float64Array(block.choices.length).fill(-Infinity);
    for (const prices of pricesOf(kind)) {
      const { value, rises } = block.price(prices, served, new Float64Array(quotas));
      rises.forEach((rise, i) => (excess[i] = Math.max(excess[i] ?? 0, rise + value - opening)));
    }
    kept = block.choices.filter((_, i) => (excess[i] ?? 0) <= usdTolerance);
  }
  return kept;
}

function pricesOf(kind: Kind): KindPrices[] {
  const splits = kind.memoryGib < Infinity ? loadShares : [1];
  return sharesLaid.flatMap(share => (share === 0 ? [1] : splits).map(split => laidOn(kind, share, split)));
}
