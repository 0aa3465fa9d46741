import type { Answer } from './highs';
import { usdTolerance } from './instance';
import { scoreOf } from './plan';
import type { Plan } from './plan';

/** What is left to spend; shared by all searches of a problem. */
export interface Purse {
  nodes: number;
  readonly gap: number;
  /** Seconds left, or undefined without a wall-clock limit. */
  readonly secondsLeft: () => number | undefined;
  timedOut: boolean;
}

/** Columns of the largest program that is tried for the cost. */
export const mostColumns = 12_000;

/** Whether the wall-clock limit has struck; the purse remembers that it had a say. */
export function isTimeUp(purse: Purse): boolean {
  const seconds = purse.secondsLeft();
  purse.timedOut ||= seconds !== undefined && seconds <= 0;
  return purse.timedOut;
}

/** Takes what the solver spent. */
export function pay(purse: Purse, { nodes, timedOut }: Answer): void {
  purse.nodes -= Math.max(1, nodes);
  purse.timedOut ||= timedOut;
}

/**
 * Nodes for a program of so many columns, at most `most`: those of a large one take longer, so that it gets fewer of what is
 * left.
 * @param columnsPerNode columns times nodes that a node that is left pays for
 */
export function affordableNodes(
  { nodes }: Purse,
  columns: number,
  columnsPerNode: number,
  most = Infinity,
): number {
  const affordable = (nodes * columnsPerNode) / Math.max(columns, columnsPerNode);
  return Math.max(1, Math.floor(Math.min(most, affordable)));
}

/** Whether no plan costs less than this one by more than what counts. */
export function isClose(plan: Plan, bound: number, { gap }: Pick<Purse, 'gap'>): boolean {
  const { usd } = scoreOf(plan);
  return usd - bound <= Math.max(usdTolerance, gap * usd);
}
