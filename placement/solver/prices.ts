import type { Formulation } from './formulation-types';
import type { Relaxed } from './highs';
import type { Choice, Instance, Use } from './instance';

/** What a relaxed optimum pays for what kinds share, USD. */
export interface SharedPrices {
  /** What each workload pays for being served. */
  readonly served: Float64Array;
  /** Of one of each quota's own measure, at least 0. */
  readonly quotas: Float64Array;
}

export function sharedPricesOf(
  instance: Instance,
  { servedRows, quotaRows }: Formulation,
  { prices }: Relaxed,
): SharedPrices {
  const served = new Float64Array(instance.workloads.length);
  for (const [workload, row] of servedRows) served[workload] = prices[row] ?? 0;
  const quotas = new Float64Array(instance.quotas.length);
  for (const [quota, row] of quotaRows) {
    const scale = Math.max(instance.quotas[quota] ?? 0, 1e-6);
    quotas[quota] = Math.max(0, -(prices[row] ?? 0)) / scale;
  }
  return { served, quotas };
}

/** What something costs with the quotas that it draws on. */
export function usdOf(
  { usd, uses }: { readonly usd: number; readonly uses: readonly Use[] },
  quotas: Float64Array,
): number {
  return uses.reduce((sum, use) => sum + use.amount * (quotas[use.quota] ?? 0), usd);
}

/** What a choice that is billed by itself costs beyond what its workload pays. */
export function reducedOf(choice: Choice, { served, quotas }: SharedPrices): number {
  return usdOf(choice, quotas) - (served[choice.workload] ?? 0);
}

/** What workloads pay less what quotas are worth, when each workload takes what undercuts its price most, if anything. */
export function paidFor(instance: Instance, selfBilled: readonly Choice[], prices: SharedPrices): number {
  const least = new Float64Array(instance.workloads.length);
  for (const choice of selfBilled)
    least[choice.workload] = Math.min(least[choice.workload] ?? 0, reducedOf(choice, prices));
  const quotas = prices.quotas.reduce((sum, price, quota) => sum + price * (instance.quotas[quota] ?? 0), 0);
  return sum(prices.served) - quotas + sum(least);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
