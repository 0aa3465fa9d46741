import { decide, explain } from '../../config';
import type { Catalog, Environment, EnvironmentInput, ExplainOptions, Explanation } from '../../config';
import { asOf, environmentWith, weightsOf } from '../placement/offers';
import { tables } from '../tables';

/** A catalogue small enough for many decisions, where machines undercut tokens at large volumes. */
export const small: Catalog = {
  ...tables,
  hostedModels: tables.hostedModels.filter(({ name }) => ['gpt-5-mini', 'gpt-5.1'].includes(name)),
  openModels: tables.openModels.filter(({ id }) =>
    ['qwen3-1.7b', 'qwen3-0.6b', 'qwen3-4b', 'phi-4'].includes(id),
  ),
  machines: tables.machines.filter(({ sku }) =>
    ['Standard_NC4as_T4_v3', 'Standard_NC24ads_A100_v4', 'Standard_D4as_v6'].includes(sku),
  ),
};

export const weights = {
  mine: weightsOf('qwen3-1.7b', { fineTuned: true }),
  other: weightsOf('qwen3-0.6b', { fineTuned: true }),
};

/** An environment in one Azure region without devices. */
export function shop(
  workloads: EnvironmentInput['workloads'],
  more: Partial<EnvironmentInput> = {},
): Environment {
  const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
  return environmentWith(workloads, { azure, aws: undefined, devices: {}, ...more });
}

export async function explained(
  environment: Environment,
  options: ExplainOptions = {},
): Promise<Explanation> {
  return explain(await decide(environment, small, { asOf }), environment, small, options);
}
