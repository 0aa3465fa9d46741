import { decode } from './decode';
import { formulate } from './formulation';
import type { Formulation, Settled } from './formulation-types';
import type { Solver } from './highs';
import type { Choice, Instance, Kind } from './instance';
import { groupBy } from './instance';
import type { Plan } from './plan';
import { sharedPricesOf } from './prices';
import { isTimeUp, pay } from './purse';
import type { Purse } from './purse';

/** Which parts one pool keeps, and how large: GiB by part. All that it allows fits together. */
export type Layout = ReadonlyMap<number, number>;

/** Rounds in which the prices of the last layouts ask for better ones. */
const mostRounds = 30;
/** Steps in which memory is reckoned when a layout is sought; parts are rounded up. */
const memorySteps = 240;
/** Share of the cost by which the plan may miss the best of its layouts, and nodes that are spent on it. */
const gap = 5e-4;
const mostNodes = 500;

/**
 * A good plan: pools get layouts beforehand, the prices of a linear program ask for better ones until none would help,
 * and a small program fills those that it opens. Memory is settled by the layouts, which leaves only counts to decide.
 */
export function laidOut(
  instance: Instance,
  choices: readonly Choice[],
  start: Plan,
  solver: Solver,
  purse: Purse,
): Plan | null {
  const byUnit = groupBy(choices, choice => choice.unit);
  const layouts = new Map<number, Layout[]>();
  for (const [unit, own] of byUnit) {
    const kind = instance.kinds[unit];
    if (kind && kind.memoryGib < Infinity && own.every(choice => choice.memoryGib === 0))
      layouts.set(unit, []);
  }
  if (layouts.size === 0) return null;
  for (const { kindIndex, choices: own } of start.pools) layouts.get(kindIndex)?.push(layoutOf(own));
  const others = choices.filter(choice => !layouts.has(choice.unit));
  let opened: ReadonlyMap<number, readonly Layout[]> = layouts;
  for (let round = 0; round < mostRounds && !isTimeUp(purse); round++) {
    const program = formulate(instance, others, { settled: settledBy(layouts, byUnit) });
    const relaxed = solver.relax(program.mip);
    if (!relaxed) break;
    opened = openedOf(program, layouts, relaxed.values);
    const { served } = sharedPricesOf(instance, program, relaxed);
    const better = [...layouts].map(([unit, known]) => {
      const layout = bestLayout(instance.kinds[unit], byUnit.get(unit) ?? [], served);
      return layout && !known.some(other => isSame(other, layout)) ? known.push(layout) : 0;
    });
    if (better.every(added => added === 0)) break;
  }
  const few = formulate(instance, others, { settled: settledBy(opened, byUnit) });
  const nodes = Math.max(1, Math.min(mostNodes, purse.nodes));
  const answer = solver.minimise(few.mip, { gap, nodes, seconds: purse.secondsLeft() });
  pay(purse, answer);
  return answer.values && decode(instance, few, answer.values).plan;
}

/** Who may stand in a pool of each layout. */
function settledBy(
  layouts: ReadonlyMap<number, readonly Layout[]>,
  byUnit: ReadonlyMap<number, readonly Choice[]>,
): Map<number, Settled[]> {
  const fitting = (unit: number, layout: Layout): Choice[] =>
    (byUnit.get(unit) ?? []).filter(({ part, partGib }) => partGib <= (layout.get(part) ?? -1));
  return new Map(
    [...layouts].map(([unit, own]) => [
      unit,
      own.map(layout => ({ most: 1, choices: fitting(unit, layout) })),
    ]),
  );
}

function layoutOf(choices: Iterable<Choice>): Layout {
  const layout = new Map<number, number>();
  for (const { part, partGib } of choices) layout.set(part, Math.max(layout.get(part) ?? 0, partGib));
  return layout;
}

function isSame(a: Layout, b: Layout): boolean {
  return a.size === b.size && [...a].every(([part, gib]) => b.get(part) === gib);
}

/** Those that the relaxation opens at least in part. */
function openedOf(
  { slots }: Formulation,
  layouts: ReadonlyMap<number, readonly Layout[]>,
  values: ArrayLike<number>,
): Map<number, Layout[]> {
  const opened = new Map<number, Layout[]>();
  for (const { kindIndex, pool, opened: column } of slots) {
    const layout = layouts.get(kindIndex)?.[pool];
    if (layout && (values[column] ?? 0) > 1e-6)
      opened.set(kindIndex, [...(opened.get(kindIndex) ?? []), layout]);
  }
  return opened;
}

/** The layout whose users gain most over what they pay now, when a full machine's cost is laid on its load. */
function bestLayout(
  kind: Kind | undefined,
  choices: readonly Choice[],
  served: Float64Array,
): Layout | undefined {
  if (!kind) return undefined;
  const gainOf = (choice: Choice): number =>
    (served[choice.workload] ?? 0) - choice.usd - (kind.usd * choice.load) / kind.load;
  const gaining = choices.filter(choice => gainOf(choice) > 1e-6);
  let best: Filled[] = Array.from({ length: memorySteps + 1 }, () => ({ gain: 0 }));
  for (const [part, own] of groupBy(gaining, choice => choice.part)) {
    const sizes = gainsBySize(own, gainOf);
    best = best.map((without, room) => {
      let chosen = without;
      for (const { gib, gain } of sizes) {
        const left = room - Math.ceil((gib / kind.memoryGib) * memorySteps);
        const before = best[left];
        if (before && before.gain + gain > chosen.gain)
          chosen = { gain: before.gain + gain, part, gib, before };
      }
      return chosen;
    });
  }
  const layout = new Map<number, number>();
  for (let at = best[memorySteps]; at?.part !== undefined; at = at.before) layout.set(at.part, at.gib ?? 0);
  return layout.size > 0 ? layout : undefined;
}

/** What a memory is best filled with: a part, on top of what fills the rest. */
interface Filled {
  readonly gain: number;
  readonly part?: number;
  readonly gib?: number;
  readonly before?: Filled;
}

/** Gain of a part at each size that its users ask for: the larger, the more of them it serves. */
function gainsBySize(
  choices: readonly Choice[],
  gainOf: (choice: Choice) => number,
): { gib: number; gain: number }[] {
  let gain = 0;
  return [...groupBy(choices, choice => choice.partGib)]
    .sort(([a], [b]) => a - b)
    .map(([gib, own]) => ({ gib, gain: (gain += own.reduce((sum, choice) => sum + gainOf(choice), 0)) }));
}
