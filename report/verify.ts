import type { Alternative, Reason } from '../placement/decision';

/** What would verify what a rule could not, by rule; an environment's own key where there is one. */
const verifiers: Readonly<Record<string, (alternative: Alternative) => string>> = {
  residency: () => 'where the data may be processed: residency region, device or on-premises',
  'region-sku': ({ sku }) => `the regions that sell it as ${sku}, in the catalogue`,
  lifecycle: () => 'its stage in the retirement schedule of Azure, in the catalogue',
  latency: ({ model }) => `your own measurement at the peak, in verified[] of ${model}`,
  context: ({ model }) => `the context that you tried, in verified[] of ${model}`,
  'output-length': () => 'its output limit in the catalogue, or a smaller maxOutputTokens',
  languages: ({ model }) => `the languages that you found good enough, in verified[] of ${model}`,
  quality: ({ model }) => `your own measurement, in verified[] or weights of ${model}`,
  'weights-file': ({ model }) => `a file of ${model} that you checked, in weights`,
  'instance-types': () => 'the instance types on its page in the Azure ML registry, in the catalogue',
  quota: ({ sku }) =>
    sku.endsWith('ProvisionedManaged')
      ? "the model's throughput a unit, and the subscription's provisionedUnits in azure.quotas"
      : "the subscription's quota of it, in azure.quotas",
  carbon: ({ sku }) =>
    `the grams of a kilowatt-hour there in carbon.gramsPerKwh, and what ${sku} draws in carbon.watts`,
  price: () => 'its price in the price tables of the catalogue',
  throughput: ({ sku }) => `a measured speed of it on ${sku}`,
  'first-token': ({ sku }) => `a measured prompt speed on ${sku}`,
  'tokens-per-second': ({ sku }) => `a measured speed of it on ${sku}`,
};

/** What would verify a reason that nobody verified yet. */
export function verifyOf({ rule }: Reason, alternative: Alternative): string {
  return verifiers[rule]?.(alternative) ?? `a figure for ${rule} in the catalogue`;
}
