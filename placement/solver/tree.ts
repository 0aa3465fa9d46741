import { groupBy } from '../collections';
import type { Solver } from './highs';
import type { Candidate, Instance } from './instance';
import { columnsOf } from './patterns';
import { Program } from './program';
import { rounding } from './pricing';
import type { Slot } from './slot';
import { splitBy, totalsOf } from './totals';
import type { Total } from './totals';

/** Linear programs of the tree over totals: the trees of fifty and a hundred workloads that were traced have three. */
const mostNodes = 12;
/** Share by which HiGHS may take a linear optimum too high: its tolerance. */
const linearTolerance = 1e-7;

/** Totals in the tree, with the bound of all plans that keep them. */
interface Node {
  readonly bound: number;
  readonly totals: readonly Total[];
}

/** A node whose relaxation has every total in whole numbers. */
export interface Leaf extends Node {
  readonly program: Program;
  readonly values: ArrayLike<number>;
  readonly reducedCosts: ArrayLike<number>;
}

interface Tree {
  /** The least bound first. */
  readonly leaves: readonly Leaf[];
  /** Bounds of what was not branched on. */
  readonly open: readonly number[];
}

/**
 * Branches on how many machines of one price there are in all: with that settled, the linear relaxation over all patterns is
 * close, and what it excludes leaves small programs.
 * @param isClose whether nothing that costs at least so much is looked for
 */
export function treeOver(
  instance: Instance,
  { billed, slots }: { readonly billed: readonly Candidate[]; readonly slots: readonly Slot[] },
  solver: Solver,
  isClose: (bound: number) => boolean,
  isTimeUp: () => boolean,
): Tree {
  const candidates = [...billed, ...slots.flatMap(slot => slot.candidates)];
  let open: Node[] = [{ bound: -Infinity, totals: totalsOf(instance, candidates) }];
  const leaves: Leaf[] = [];
  for (let solved = 0; solved < mostNodes && !isTimeUp(); solved++) {
    open = open.filter(({ bound }) => !isClose(bound)).sort((a, b) => a.bound - b.bound);
    const node = open.shift();
    if (!node) break;
    const program = new Program(instance, billed, slots, { isRelaxed: true, totals: node.totals });
    const relaxed = solver.relax(program.mip);
    if (!relaxed) continue;
    const bound = relaxed.objective * (1 - linearTolerance);
    const children = splitBy(node.totals, program.countsIn(relaxed.values, node.totals));
    open.push(...children.map(totals => ({ totals, bound })));
    if (children.length === 0) leaves.push({ ...relaxed, program, bound, totals: node.totals });
  }
  return { leaves: leaves.sort((a, b) => a.bound - b.bound), open: open.map(({ bound }) => bound) };
}

/** What a program may be made of. */
interface Worth {
  readonly billed: readonly Candidate[];
  readonly slots: readonly Slot[];
  /** Whether nothing is left out that could be part of a better plan. */
  readonly isWhole: boolean;
}

/**
 * What the leaf's reduced costs do not exclude, as far as it fits a program: the slots that its optimum opens first.
 * @param room by how much a plan that matters may cost more than the leaf's bound
 */
export function worthOf({ program, values, reducedCosts }: Leaf, room: number, most: number): Worth {
  const bySlot = groupBy(
    program.assignments.filter(({ column }) => (reducedCosts[column] ?? 0) <= room),
    ({ slot }) => slot,
  );
  const candidatesOf = (slot: number): Candidate[] =>
    (bySlot.get(slot) ?? []).map(({ candidate }) => candidate);
  const ranked = program.slots.flatMap(({ slot, opened }, index) => {
    const candidates = candidatesOf(index);
    const usd = reducedCosts[opened] ?? 0;
    if (candidates.length === 0 || usd > room) return [];
    return [{ slot: { ...slot, candidates }, rank: (values[opened] ?? 0) > rounding ? -1 : usd }];
  });
  let columns = 0;
  const kept = ranked
    .sort((a, b) => a.rank - b.rank)
    .map(({ slot }) => slot)
    .filter(slot => (columns += columnsOf([slot])) <= most);
  return { slots: kept, billed: candidatesOf(-1), isWhole: kept.length === ranked.length };
}
