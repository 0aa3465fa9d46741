import type { Environment } from '../config/environment';
import type { Decision } from '../placement/decision';
import { usd } from '../placement/figures';

/** Whether what a lock holds costs more than the environment may. */
export function budgetProblems({ budget }: Environment, { monthlyUsd }: Decision): string[] {
  if (!budget || monthlyUsd <= budget.monthlyUsd) return [];
  return [`budget.monthlyUsd is ${usd(budget.monthlyUsd)}, and what the lock holds costs ${usd(monthlyUsd)}`];
}
