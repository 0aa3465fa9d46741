import type { EnvironmentInput } from '../../../config';
import type { RequirementRule } from '../../../placement/setting';
import { chat, environmentWith, judgementOf, weightsOf } from '../offers';
import type { OfferQuery } from '../offers';

/** What one rule says of one offer for one workload. */
export type RuleCase = readonly [
  rule: string,
  workload: Parameters<typeof chat>[0],
  offer: OfferQuery,
  /** The verdict and the start of its sentence; undefined where the rule has nothing to say. */
  expected: string | undefined,
  environment?: Partial<EnvironmentInput>,
];

export const global = {
  venue: 'hosted',
  model: 'gpt-5-mini',
  sku: 'GlobalStandard',
  location: 'swedencentral',
} as const;
export const zone = { ...global, sku: 'DataZoneStandard' } as const;
export const zoneUs = { ...zone, location: 'eastus2' } as const;
export const regional = { ...global, model: 'gpt-5.1', sku: 'Standard' } as const;
export const provisioned = { ...global, sku: 'ProvisionedManaged' } as const;
export const endpoint = {
  venue: 'catalog',
  model: 'phi-4',
  sku: 'Standard_NC24ads_A100_v4',
  location: 'swedencentral',
} as const;
export const machine = {
  venue: 'vm',
  provider: 'azure',
  model: 'qwen3-4b',
  sku: 'Standard_NC4as_T4_v3',
  location: 'swedencentral',
} as const;
export const ec2 = { venue: 'vm', provider: 'aws', model: 'qwen3-4b', sku: 'g4dn.xlarge' } as const;
export const till = { venue: 'edge', model: 'qwen3-4b', sku: 'jetson-orin-nx-16gb' } as const;
export const server = { venue: 'edge', model: 'qwen3-4b', sku: 'pc-rtx-4090-24gb' } as const;

export const own = { weights: { mine: weightsOf('qwen3-4b', { fineTuned: true, measuredQuality: 0.4 }) } };
export const unmeasured = { weights: { mine: weightsOf('qwen3-4b', { fineTuned: true }) } };
export const usData = { dataLocation: { provider: 'aws', region: 'us-east-1' } } as const;
export const images = {
  task: 'image-generation',
  traffic: { requestsPerDay: 10, inputTokens: 10, images: 1 },
} as const;
export const azure = {
  subscriptionId: '00000000-0000-4000-8000-000000000000',
  locations: ['swedencentral', 'eastus2'],
};

/** Runs each case, and sees to it that every rule has one and says why it exists. */
export function describeRules(rules: readonly RequirementRule[], cases: readonly RuleCase[]): void {
  // Wrapped, because a row that is shorter than the function's parameters would be given a callback.
  it.each(cases.map(each => ({ each, title: titleOf(each) })))('$title', ({ each }) => {
    const [rule, workload, offer, expected, more] = each;
    const judgement = judgementOf(rule, environmentWith([chat(workload)], more), offer);
    const said = judgement && `${judgement.verdict}: ${judgement.message}`;
    expect(said?.slice(0, expected?.length)).toBe(expected);
  });

  it('each have a case here and a why', () => {
    const tested = new Set(cases.map(([rule]) => rule));
    expect(rules.filter(({ id, why }) => !tested.has(id) || why === '')).toEqual([]);
  });
}

function titleOf([rule, workload, offer, expected]: RuleCase): string {
  const what = [offer.venue, offer.model, offer.sku, offer.location].filter(Boolean).join(' ');
  return `${rule}: ${JSON.stringify(workload)} on ${what}: ${expected ?? 'nothing to say'}`;
}
