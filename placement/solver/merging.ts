import type { Choice, Kind } from './instance';
import { countFor, groupBy } from './instance';

/** Whether the sum of two counts is a count too. */
export function countsAddUp({ min, step }: Kind): boolean {
  return min % step === 0 || step === 1;
}

/** Pools of a kind that a best plan has at most: one where everything fits into one, as a second never saves a count. */
export function poolsWorthOpening(kind: Kind, choices: readonly Choice[]): number {
  const byWorkload = groupBy(choices, choice => choice.workload);
  const most = Math.min(kind.copies, byWorkload.size);
  if (kind.countOf || !countsAddUp(kind)) return most;
  let memoryGib = 0;
  for (const own of groupBy(choices, choice => choice.part).values())
    memoryGib += Math.max(...own.map(choice => choice.partGib));
  let load = 0;
  for (const own of byWorkload.values()) {
    memoryGib += Math.max(...own.map(choice => choice.memoryGib));
    load += Math.max(...own.map(choice => choice.load));
  }
  const least = Math.max(...choices.map(choice => choice.minCount));
  return memoryGib <= kind.memoryGib && countFor(kind, load, least) < Infinity ? Math.min(1, most) : most;
}
