import type { Move } from '../config';
import type { StackRole } from './stack-roles';
import { venueStacks } from './venues';

/** `after` is deployed after `before`. */
export interface StackOrder {
  readonly before: StackRole;
  readonly after: StackRole;
}

/**
 * The order in which stacks are deployed so that a workload's new place is made before its old one goes: the stack it
 * leaves waits for the stack it joins. Workloads that change places with each other cannot both be first; the order
 * that would close a circle is left out and returned as `unordered`, for a warning.
 */
export function orderOf(moves: readonly Move[]): { orders: StackOrder[]; unordered: Move[] } {
  const orders: StackOrder[] = [];
  const unordered: Move[] = [];
  for (const move of moves) {
    const [before, after] = [venueStacks[move.to].role, venueStacks[move.from].role];
    if (before === after || orders.some(order => order.before === before && order.after === after)) continue;
    if (reaches(orders, after, before)) unordered.push(move);
    else orders.push({ before, after });
  }
  return { orders, unordered };
}

function reaches(orders: readonly StackOrder[], from: StackRole, to: StackRole): boolean {
  return orders.some(
    order => order.before === from && (order.after === to || reaches(orders, order.after, to)),
  );
}
