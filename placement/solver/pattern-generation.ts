import { groupBy } from '../collections';
import type { Solver } from './highs';
import { byMachineType, sum, typeAt } from './instance';
import type { Candidate, Instance, MachineType } from './instance';
import { keeps, patternOf } from './patterns';
import type { Pattern } from './patterns';
import type { Plan } from './plan';
import { rounding } from './pricing';
import { Program } from './program';
import { countIn, slotsOfPools } from './slot';
import type { Slot } from './slot';
import { isTimeUp, pay } from './solve-budget';
import type { SolveBudget } from './solve-budget';

/** Rounds in which duals ask for better patterns: a limit of time, since they mostly end when no pattern is new. */
const mostRounds = 30;
/** Steps in which memory is reckoned, parts rounded up: half a percent of a machine. */
const memorySteps = 240;
/** Shares of a full machine's cost that its users pay by their load, for one pattern each: full machines want few, busy users. */
const laidShares = [1, 0.5, 0];
/** Columns up to which the program is over all patterns known, and not only over those that the last relaxation opens. */
const mostColumns = 2500;
/**
 * What that program may spend: it is a start, which the rest of the search improves. The root alone took half the time of twenty
 * nodes, with the same answers on the six problems that were tried; over the opened patterns alone it took less, and fifty workloads cost 0.4 % more.
 */
const effort = { gap: 5e-4, nodes: 1 };

/**
 * A good plan by column generation: the duals of the linear program over the patterns known so far ask each type for the
 * pattern whose users would pay most, until none is new, and a program over those that the last one opens is solved.
 * @param seeds whose pools are known at first; they need not keep quotas
 */
export function generated(
  instance: Instance,
  candidates: readonly Candidate[],
  seeds: readonly Plan[],
  start: Plan | null,
  solver: Solver,
  budget: SolveBudget,
  mostNodes = effort.nodes,
): Plan | null {
  const { billed, byType } = byMachineType(candidates);
  const known = new Map<string, Slot>();
  const learn = (typeIndex: number, pattern: Pattern): void => {
    const key = `${typeIndex} ${[...pattern].sort(([a], [b]) => a - b).join(' ')}`;
    const own = (byType.get(typeIndex) ?? []).filter(candidate => keeps(pattern, candidate));
    if (!known.has(key)) known.set(key, { typeIndex, type: typeAt(instance, typeIndex), candidates: own });
  };
  for (const pool of seeds.flatMap(({ pools }) => pools)) learn(pool.typeIndex, patternOf(pool.candidates));
  let opened: readonly Slot[] = [];
  let others: readonly Slot[] = [];
  for (let round = 0; round < mostRounds && !isTimeUp(budget); round++) {
    const slots = [...known.values()];
    const program = new Program(instance, billed, slots, { isRelaxed: true });
    const relaxed = solver.relax(program.mip);
    if (!relaxed) break;
    const counted = program.slots.map(({ slot, count }) => ({ slot, count: countIn(count, relaxed.values) }));
    // What one pool cannot carry takes more of them.
    opened = counted.flatMap(({ slot, count }) =>
      count > rounding ? Array.from({ length: 1 + Math.floor(count / slot.type.max) }, () => slot) : [],
    );
    others = counted.flatMap(({ slot, count }) => (count > rounding ? [] : [slot]));
    const paid = (workload: number): number => relaxed.duals[program.servedRows.get(workload) ?? -1] ?? 0;
    for (const [typeIndex, own] of byType) {
      for (const laid of laidShares) {
        const pattern = bestPattern(typeAt(instance, typeIndex), own, paid, laid);
        if (pattern.size > 0) learn(typeIndex, pattern);
      }
    }
    if (known.size === slots.length) break;
  }
  const all = [...opened, ...others];
  const isSmall = sum(all, ({ candidates: own }) => own.length) <= mostColumns;
  const program = new Program(instance, billed, [
    ...(isSmall ? all : opened),
    ...(start ? slotsOfPools(start) : []),
  ]);
  if (program.columns === 0) return null;
  const nodes = Math.min(mostNodes, budget.nodes);
  const answer = solver.minimise(
    program.mip,
    { gap: Math.max(effort.gap, budget.gap / 2), nodes, seconds: budget.secondsLeft() },
    (start && program.valuesOf(start)) ?? undefined,
  );
  pay(budget, answer);
  return answer.values && program.planOf(answer.values);
}

/** What a memory is best filled with: a part in one size, on top of what fills the rest. */
interface Filled {
  readonly gain: number;
  readonly part?: number;
  readonly gib?: number;
  readonly before?: Filled;
}

/** The pattern whose users gain most over what they pay now, when a full machine's cost is laid on its load: a knapsack. */
function bestPattern(
  type: MachineType,
  candidates: readonly Candidate[],
  paid: (workload: number) => number,
  laid: number,
): Pattern {
  const gainOf = ({ workload, usd, load }: Candidate): number =>
    paid(workload) - usd - (laid * type.usd * load) / type.load;
  const gaining = candidates.filter(candidate => gainOf(candidate) > rounding);
  let best: Filled[] = Array.from({ length: memorySteps + 1 }, () => ({ gain: 0 }));
  for (const [part, own] of groupBy(gaining, candidate => candidate.part)) {
    const sizes = gainsBySize(own, gainOf);
    best = best.map((without, room) => {
      let chosen = without;
      for (const { gib, gain } of sizes) {
        const before = best[room - Math.ceil((gib / type.memoryGib) * memorySteps)];
        if (before && before.gain + gain > chosen.gain)
          chosen = { gain: before.gain + gain, part, gib, before };
      }
      return chosen;
    });
  }
  const pattern = new Map<number, number>();
  for (let at = best[memorySteps]; at?.part !== undefined; at = at.before) pattern.set(at.part, at.gib ?? 0);
  return pattern;
}

/** Gain of a part at each size that its users ask for: the larger, the more of them it serves. */
function gainsBySize(
  candidates: readonly Candidate[],
  gainOf: (candidate: Candidate) => number,
): { gib: number; gain: number }[] {
  let gain = 0;
  return [...groupBy(candidates, ({ partGib }) => partGib)]
    .sort(([a], [b]) => a - b)
    .map(([gib, own]) => ({ gib, gain: (gain += sum(own, gainOf)) }));
}
