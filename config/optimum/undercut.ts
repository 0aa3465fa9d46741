import { Block } from './block';
import type { KindPrices } from './block';
import type { Choice, Instance, Kind } from './instance';
import { countFor, groupBy, usdTolerance } from './instance';
import { waitingCount } from './plan';

/** Shares of a pool's cost that are laid on what it serves; the rest is laid on opening it. Each gives a valid bound. */
const sharesLaid = [0, 0.25, 0.5, 0.75, 1];
/** How a share is split between load and memory. */
const loadShares = [1, 0.5, 0];
/** Times that the sieve is applied: each pass leaves fewer who could share a pool. */
const passes = 2;

/**
 * Drops choices that cost more than the workloads cost alone: a workload that can be alone, with no quota and no limit on
 * pools, costs at most that, so whoever stands in a pool that costs more than all in it would alone leaves it. What is
 * dropped is in no cheapest plan, whatever the rest of the plan is.
 */
export function withoutUndercut(instance: Instance, choices: readonly Choice[]): readonly Choice[] {
  const alone = aloneCosts(instance, choices);
  let kept = choices;
  for (let pass = 0; pass < passes; pass++) {
    const before = kept.length;
    const byUnit = groupBy(kept, choice => choice.unit);
    kept = [...byUnit].flatMap(([unit, own]) => {
      const kind = instance.kinds[unit];
      return kind ? worthSharing(kind, own, alone, instance.quotas.length) : own.filter(isWorthIt);
    });
    if (kept.length === before) break;
  }
  return kept;

  function isWorthIt({ usd, workload }: Choice): boolean {
    return usd <= (alone[workload] ?? Infinity) + usdTolerance;
  }
}

/** Least cost of each workload when it shares nothing, not even a quota; Infinity where it has no such choice. */
function aloneCosts(instance: Instance, choices: readonly Choice[]): Float64Array {
  const costs = new Float64Array(instance.workloads.length).fill(Infinity);
  for (const choice of choices) {
    const kind = instance.kinds[choice.unit];
    if (choice.uses.length > 0) continue;
    if (kind && (kind.uses.length > 0 || kind.copies < instance.workloads.length)) continue;
    const usd = choice.usd + (kind ? kind.usd * countAlone(kind, choice) : 0);
    costs[choice.workload] = Math.min(costs[choice.workload] ?? Infinity, usd);
  }
  return costs;
}

function countAlone(kind: Kind, choice: Choice): number {
  return Math.max(countFor(kind, choice.load, choice.minCount), waitingCount(kind, [choice]));
}

/** Choices of one kind that some pool might serve for no more than its workloads cost alone. */
function worthSharing(kind: Kind, own: readonly Choice[], alone: Float64Array, quotas: number): Choice[] {
  // A workload that cannot be alone may have to pay whatever a pool costs, and others may share it then.
  if (own.some(choice => alone[choice.workload] === Infinity)) return [...own];
  const block = new Block(kind, own);
  const excess = new Float64Array(block.choices.length).fill(-Infinity);
  for (const prices of pricesOf(kind)) {
    const { value, rises } = block.price(prices, alone, new Float64Array(quotas));
    rises.forEach((rise, i) => (excess[i] = Math.max(excess[i] ?? 0, rise + value)));
  }
  return block.choices.filter((_, i) => (excess[i] ?? 0) <= usdTolerance);
}

function pricesOf({ usd, min, memoryGib }: Kind): KindPrices[] {
  const splits = memoryGib < Infinity ? loadShares : [1];
  return sharesLaid.flatMap(share =>
    (share === 0 ? [1] : splits).map(split => ({
      load: share * split * usd,
      memory: share * (1 - split) * usd * min,
    })),
  );
}
