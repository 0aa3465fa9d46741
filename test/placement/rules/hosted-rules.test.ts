import { hostedRules } from '../../../placement/rules/hosted-rules';
import { describeRules, global, provisioned, images, azure } from './rule-cases';
import type { RuleCase } from './rule-cases';

const anthropic = {
  publisher: 'Anthropic',
  organizationName: 'Shop AB',
  countryCode: 'SE',
  industry: 'retail',
};

const cases: readonly RuleCase[] = [
  ['lifecycle', {}, global, 'pass: gpt-5-mini 2025-08-07 is in stage GA, retires on 2027-02-09'],
  ['lifecycle', {}, { venue: 'hosted', model: 'o3' }, 'fail: o3 2025-04-16 was retired on 2026-11-19'],
  [
    'lifecycle',
    {},
    { venue: 'hosted', model: 'gpt-4o-mini' },
    'fail: gpt-4o-mini 2024-07-18 is deprecated, and only a subscription that has deployed it already may',
  ],
  [
    'lifecycle',
    {},
    { venue: 'hosted', model: 'gpt-4o-mini' },
    'pass: gpt-4o-mini 2024-07-18 is deprecated, retires on 2027-04-14, and the subscription has deployed it already',
    { azure: { ...azure, alreadyDeployed: [{ model: 'gpt-4o-mini', version: '2024-07-18' }] } },
  ],
  [
    'lifecycle',
    {},
    { venue: 'hosted', model: 'gpt-6-luna' },
    'pass: the retirement schedule does not list gpt-6-luna 2026-09-22 yet; that it stays until 2027-09-22 is estimated from the year that a version is kept',
  ],
  [
    'lifecycle',
    { evidence: { lifecycle: 'verified' } },
    { venue: 'hosted', model: 'gpt-6-luna' },
    'unverified: the retirement schedule does not list gpt-6-luna 2026-09-22 yet; ',
  ],
  [
    'lifecycle',
    {},
    { venue: 'hosted', model: 'computer-use-preview' },
    'unverified: the retirement schedule does not list computer-use-preview 2025-03-11, and the year that a version stays at least is over',
  ],
  [
    'retirement',
    {},
    { venue: 'hosted', model: 'gpt-6-luna' },
    'fail: gpt-6-luna 2026-09-22 may retire from 2027-09-22 on, in 302 days, inside the horizon of 400',
    { lifecycle: { retirementHorizonDays: 400 } },
  ],
  [
    'lifecycle',
    {},
    { venue: 'hosted', model: 'Mistral-Large-3' },
    'fail: Mistral-Large-3 1 is in preview, which lifecycle.preview refuses',
    { lifecycle: { preview: 'refused' } },
  ],

  ['retirement', {}, { venue: 'hosted', model: 'gpt-image-1.5' }, undefined],
  [
    'retirement',
    {},
    { venue: 'hosted', model: 'gpt-image-1.5' },
    'fail: gpt-image-1.5 2025-12-16 retires on 2026-12-16, in 22 days, inside the horizon of 22',
    { lifecycle: { retirementHorizonDays: 22 } },
  ],
  [
    'retirement',
    {},
    { venue: 'hosted', model: 'gpt-image-1.5' },
    undefined,
    { lifecycle: { retirementHorizonDays: 21 } },
  ],
  [
    'retirement',
    {},
    { venue: 'hosted', model: 'gpt-image-1.5' },
    'pass: gpt-image-1.5 2025-12-16 retires on 2026-12-16',
    { lifecycle: { retirementHorizonDays: 30, insideHorizon: 'warning' } },
  ],

  ['region-sku', {}, global, 'pass: swedencentral sells gpt-5-mini 2025-08-07 as GlobalStandard'],
  [
    'region-sku',
    {},
    { venue: 'hosted', model: 'gpt-oss-120b' },
    'unverified: no region table lists gpt-oss-120b 1',
  ],

  ['marketplace-terms', {}, global, undefined],
  [
    'marketplace-terms',
    {},
    { venue: 'hosted', model: 'Ministral-3B' },
    'fail: the marketplace terms of Mistral AI are not accepted; azure.acceptedTerms would say so',
  ],
  [
    'marketplace-terms',
    {},
    { venue: 'hosted', model: 'Ministral-3B' },
    'pass: the marketplace terms of Mistral AI are accepted',
    { azure: { ...azure, acceptedTerms: ['Mistral AI'] } },
  ],
  [
    'marketplace-terms',
    {},
    { venue: 'hosted', model: 'claude-opus-5' },
    'fail: a deployment of claude-opus-5 would itself accept the terms of Anthropic, and Berth accepts none; azure.acceptedTerms would say who does',
    { azure: { ...azure, acceptedTerms: ['Anthropic'] } },
  ],
  [
    'marketplace-terms',
    {},
    { venue: 'hosted', model: 'claude-opus-5' },
    'pass: Shop AB accepts the terms of Anthropic, which each deployment says',
    { azure: { ...azure, acceptedTerms: [anthropic] } },
  ],

  ['access', {}, global, undefined],
  [
    'access',
    images,
    { venue: 'hosted', model: 'gpt-image-1-mini' },
    'fail: access to gpt-image-1-mini asks for an application; azure.approvedModels would say that it was approved',
  ],
  [
    'access',
    images,
    { venue: 'hosted', model: 'gpt-image-1-mini' },
    'pass: access to gpt-image-1-mini was approved',
    { azure: { ...azure, approvedModels: ['gpt-image-1-mini'] } },
  ],

  ['latency', {}, global, undefined],
  [
    'latency',
    { latency: { tokensPerSecond: 50 } },
    global,
    'pass: at least 50 tokens a second is asked for, and gpt-5-mini has about 115 tokens a second, at worst 60, estimated from published measurements of it',
  ],
  [
    'latency',
    { latency: { tokensPerSecond: 50 }, evidence: 'verified' },
    global,
    'unverified: at least 50 tokens a second is asked for, and nobody promises it for gpt-5-mini as GlobalStandard',
  ],
  [
    'latency',
    { latency: { firstTokenSeconds: 3 }, reasoning: 'high' },
    global,
    'fail: first token within 3 s is asked for, and gpt-5-mini has about 14.2 s, at worst 27.5, estimated from what other hosted models need, 1500 tokens of thinking included',
  ],
  [
    'latency',
    { latency: { tokensPerSecond: 80 } },
    provisioned,
    'pass: at least 80 tokens a second is asked for, and gpt-5-mini was measured or is promised at 80',
  ],
  [
    'latency',
    { latency: { tokensPerSecond: 81 } },
    provisioned,
    'fail: at least 81 tokens a second is asked for',
  ],
  [
    'latency',
    { latency: { firstTokenSeconds: 1 } },
    global,
    'pass: first token within 1 s is asked for, and gpt-5-mini was measured or is promised at 0.8',
    { verified: [{ model: 'gpt-5-mini', by: 'the team', firstTokenSeconds: 0.8 }] },
  ],
];

describe('hosted rules', () => {
  describeRules(hostedRules, cases);
});
