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

const venueRoles: readonly StackRole[] = [...new Set(Object.values(venueStacks).map(({ role }) => role))];

/**
 * An order in which the cdktf CLI can be told to deploy all stacks at once. When a stack fails while another one waits, the
 * CLI ends, and kills the Terraform of those that run (decision 14). So none waits while several run: the
 * platform comes first, then the stacks that others wait for, one after another, and then all others together.
 */
export function safeOrder(orders: readonly StackOrder[]): StackOrder[] {
  const first = inTurn(
    venueRoles.filter(role => orders.some(({ before }) => before === role)),
    orders,
  );
  const chain: StackRole[] = ['platform', ...first];
  const rest = venueRoles.filter(role => !first.includes(role));
  const steps = chain.slice(1).map((after, at) => ({ before: chain[at] as StackRole, after }));
  return [...steps, ...rest.map(after => ({ before: chain.at(-1) as StackRole, after }))];
}

/** Roles so that each comes behind those it waits for. */
function inTurn(roles: readonly StackRole[], orders: readonly StackOrder[]): StackRole[] {
  const next = roles.find(role => !roles.some(other => reaches(orders, other, role)));
  return next === undefined
    ? []
    : [
        next,
        ...inTurn(
          roles.filter(role => role !== next),
          orders,
        ),
      ];
}

function reaches(orders: readonly StackOrder[], from: StackRole, to: StackRole): boolean {
  return orders.some(
    order => order.before === from && (order.after === to || reaches(orders, order.after, to)),
  );
}
