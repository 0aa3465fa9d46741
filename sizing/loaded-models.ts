import type { Hardware } from './hardware';
import { memoryNeededGib } from './memory';
import type { PoolDemand, PoolModel } from './pool-types';

/** A model in a machine's memory. */
export type LoadedModel = Omit<PoolModel, 'throughput'>;

/** What tells models of one machine apart. */
export function keyOf({ model, quantisation }: Pick<PoolDemand, 'model' | 'quantisation'>): string {
  return `${model.id} ${quantisation.name}`;
}

/** Each distinct model once, at the longest context that any of its workloads needs. */
export function loadedModels(
  hardware: Hardware,
  demands: readonly PoolDemand[],
  parallel: number,
): LoadedModel[] {
  const longest = new Map<string, PoolDemand>();
  for (const demand of demands) {
    const known = longest.get(keyOf(demand));
    if (!known || demand.contextTokens > known.contextTokens) longest.set(keyOf(demand), demand);
  }
  return [...longest.values()].map(({ model, quantisation, contextTokens }) => ({
    model,
    quantisation,
    contextTokens,
    parallel,
    memoryGib: memoryNeededGib(model, quantisation, contextTokens, parallel, hardware.kind),
  }));
}
