import type { Workload } from '../config/environment';
import { cents } from './figures';
import { tokensPerMonth } from './needs';
import type { UnitSize } from './candidate';

/**
 * What of a unit's cost each of its workloads bears, USD a month: known costs as they are; a shared machine's by the
 * tokens that go through it. The last share takes the rounding.
 */
export function sharesOf(size: UnitSize, members: readonly { readonly workload: Workload }[]): number[] {
  const total = cents(size.monthlyUsd ?? 0);
  const use = size.shares ?? members.map(({ workload }) => tokensPerMonth(workload));
  const used = use.reduce((sum, each) => sum + each, 0);
  const shares = use.map(each => cents(used === 0 ? total / members.length : (total * each) / used));
  const rest = cents(total - shares.slice(0, -1).reduce((sum, each) => sum + each, 0));
  return [...shares.slice(0, -1), rest];
}
