import type { Answer } from './highs';

/** What is left to spend; shared by all searches of a problem. */
export interface SolveBudget {
  nodes: number;
  readonly gap: number;
  /** Seconds left, or undefined without a wall-clock limit. */
  readonly secondsLeft: () => number | undefined;
  timedOut: boolean;
}

/** Columns times nodes of one program that a node that is left pays for: nodes of a large one take longer. */
const columnsPerNode = 10;

/** Whether the wall-clock limit has struck; the budget remembers that it had a say. */
export function isTimeUp(budget: SolveBudget): boolean {
  const seconds = budget.secondsLeft();
  budget.timedOut ||= seconds !== undefined && seconds <= 0;
  return budget.timedOut;
}

/** Takes what the solver spent. */
export function pay(budget: SolveBudget, { nodes, timedOut }: Answer): void {
  budget.nodes -= Math.max(1, nodes);
  budget.timedOut ||= timedOut;
}

/** Nodes for a program of so many columns. */
export function affordableNodes({ nodes }: SolveBudget, columns: number): number {
  return Math.max(1, Math.floor((nodes * columnsPerNode) / Math.max(columns, columnsPerNode)));
}
