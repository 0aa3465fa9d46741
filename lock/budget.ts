import type { Environment } from '../config/environment';
import type { Finding } from '../config/parse/problem';
import type { Decision } from '../placement/decision';
import { usd, usdAtLeast } from '../placement/figures';

/** Whether what a lock holds costs more than the environment may. */
export function budgetProblems({ budget }: Environment, { monthlyUsd }: Decision): Finding[] {
  if (!budget || monthlyUsd <= budget.monthlyUsd) return [];
  return [
    {
      path: ['decision', 'monthlyUsd'],
      message: `budget.monthlyUsd is ${usd(budget.monthlyUsd)}, and what the lock holds costs ${usdAtLeast(monthlyUsd)}`,
    },
  ];
}
