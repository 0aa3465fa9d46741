import { groupBy } from '../collections';
import type { Candidate } from './instance';
import { columnsOf } from './patterns';
import type { Program } from './program';
import { rounding } from './pricing';
import type { Slot } from './slot';
import type { Total } from './totals';

/** Totals in the tree, with the bound of all plans that keep them. */
export interface Node {
  readonly bound: number;
  readonly totals: readonly Total[];
}

/** A node whose relaxation has every total in whole numbers. */
export interface Leaf extends Node {
  readonly program: Program;
  readonly values: ArrayLike<number>;
  readonly reducedCosts: ArrayLike<number>;
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
