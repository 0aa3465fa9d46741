import type { Cut, Formulation, Slot } from './formulation-types';
import type { Choice, Instance } from './instance';
import { pack, planOf } from './packing';
import { Pool, isBetter, keepsLimits, scoreOf, waitingCount } from './plan';
import type { Plan } from './plan';
import { usdTolerance } from './instance';

/** A solution of the program as a plan. */
export interface Decoded {
  /** Null when the remainders could not be packed within quotas and numbers of pools. */
  readonly plan: Plan | null;
  /** Pools that each kind's remainder took, for those kinds that needed more counts than the program reckoned. */
  readonly tooTight: ReadonlyMap<number, number>;
  /** What explicit pools need beyond what the program reckoned, by kind. */
  readonly broken: ReadonlyMap<number, readonly Cut[]>;
}

/** Reads a plan from the solver's values: explicit pools as they are, remainders packed. */
export function decode(instance: Instance, formulation: Formulation, values: ArrayLike<number>): Decoded {
  const taken = formulation.assignments.filter(({ column }) => (values[column] ?? 0) > 0.5);
  const choices = taken.map(({ choice }) => choice).sort((a, b) => a.workload - b.workload);
  const tooTight = new Map<number, number>();
  const broken = new Map<number, Cut[]>();
  const pools = formulation.slots.flatMap(slot => {
    const own = taken.filter(({ choice, pool }) => choice.unit === slot.kindIndex && pool === slot.pool);
    const filled = fill(
      instance,
      slot,
      own.map(({ choice }) => choice),
    );
    const counted = filled.reduce((sum, pool) => sum + pool.count, 0);
    const reckoned = countIn(slot, values);
    if (slot.pool < 0 && counted > reckoned) tooTight.set(slot.kindIndex, filled.length);
    const waiting = slot.pool < 0 ? [] : filled.filter(pool => waits(pool, reckoned));
    if (waiting.length > 0)
      broken.set(slot.kindIndex, [
        ...(broken.get(slot.kindIndex) ?? []),
        ...waiting.map(pool => cutOf(pool, reckoned)),
      ]);
    return filled;
  });
  const asSolved: Plan = { choices, pools };
  const repacked = planOf(instance, choices);
  const possible = [asSolved, repacked].filter(plan => keepsLimits(instance, plan));
  const plan = possible.reduce<Plan | null>(
    (best, next) => (best === null || isBetter(scoreOf(next), scoreOf(best), usdTolerance) ? next : best),
    null,
  );
  return { plan, tooTight, broken };
}

function waits({ kind, choices }: Pool, reckoned: number): boolean {
  return waitingCount(kind, [...choices]) > reckoned;
}

/** The fewest choices of a pool, dropped one by one, that still need more than was reckoned. */
function cutOf({ kind, choices }: Pool, reckoned: number): Cut {
  let needing = [...choices];
  for (const choice of choices) {
    const fewer = needing.filter(other => other !== choice);
    if (waitingCount(kind, fewer) > reckoned) needing = fewer;
  }
  return { choices: new Set(needing), count: waitingCount(kind, needing) };
}

function fill(instance: Instance, slot: Slot, choices: readonly Choice[]): Pool[] {
  const kind = instance.kinds[slot.kindIndex];
  if (!kind || choices.length === 0) return [];
  if (slot.most > 1) return pack(instance, slot.kindIndex, choices);
  const pool = new Pool(slot.kindIndex, kind);
  choices.forEach(choice => pool.add(choice));
  return [pool];
}

function countIn({ count }: Slot, values: ArrayLike<number>): number {
  return count.reduce((sum, [column, counts]) => sum + counts * Math.round(values[column] ?? 0), 0);
}

/** The plan as the program's values, to start the solver from; null when the program lacks a column of it. */
export function encode(formulation: Formulation, plan: Plan): number[] | null {
  const values = formulation.mip.cost.map(() => 0);
  const add = (column: number | undefined, amount: number): void => {
    if (column !== undefined && column >= 0) values[column] = (values[column] ?? 0) + amount;
  };
  const slotOf = new Map<Choice, number>();
  const taken = new Set<ReadonlySet<Choice>>();
  for (const [kindIndex, pools] of poolsByKind(plan)) {
    for (const [i, pool] of pools.entries()) {
      const slots = formulation.slots.filter(slot => slot.kindIndex === kindIndex);
      const slot =
        slots.find(({ pool: number, holds }) => (holds ? mayHold(holds, pool, taken) : number === i)) ??
        slots.find(({ pool: number }) => number < 0);
      if (!slot) return null;
      if (slot.holds) taken.add(slot.holds);
      add(slot.opened, 1);
      add(slot.steps, (pool.count - pool.kind.min) / pool.kind.step);
      const columns = [...pool.choices].flatMap(choice => levelColumns(slot, choice));
      new Set(columns).forEach(column => column !== slot.opened && add(column, 1));
      pool.choices.forEach(choice => slotOf.set(choice, slot.pool));
    }
  }
  const wanted = new Set(plan.choices);
  const matching = formulation.assignments.filter(
    ({ choice, pool }) => wanted.has(choice) && pool === (slotOf.get(choice) ?? -1),
  );
  matching.forEach(({ column }) => add(column, 1));
  for (const { column, terms } of formulation.sums)
    values[column] = terms.reduce((sum, [other, value]) => sum + value * (values[other] ?? 0), 0);
  return matching.length === plan.choices.length ? values : null;
}

function mayHold(
  holds: ReadonlySet<Choice>,
  { choices }: Pool,
  taken: ReadonlySet<ReadonlySet<Choice>>,
): boolean {
  return !taken.has(holds) && [...choices].every(choice => holds.has(choice));
}

/** Columns of the part of a choice, up to the size that the choice needs. */
function levelColumns(slot: Slot, { part, partGib }: Choice): number[] {
  const levels = slot.loaded.get(part) ?? [];
  return levels.filter(level => level.partGib <= partGib).map(({ column }) => column);
}

function poolsByKind(plan: Plan): Map<number, Pool[]> {
  const byKind = new Map<number, Pool[]>();
  for (const pool of plan.pools) byKind.set(pool.kindIndex, [...(byKind.get(pool.kindIndex) ?? []), pool]);
  byKind.forEach(pools => pools.sort((a, b) => b.count - a.count));
  return byKind;
}
