import { tuningRules } from '../../../placement/rules/tuning-rules';
import { azure, describeRules, endpoint, machine, server } from './rule-cases';
import type { RuleCase } from './rule-cases';

const tuned = { fineTuning: true } as const;
const planned = (more: object = {}) => ({ fineTuning: { trainingFile: 'train.jsonl', ...more } });
const registered = planned({
  tuned: {
    model: 'gpt-4.1-mini-2025-04-14.ft-0123',
    location: 'swedencentral',
    base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
    job: 'ftjob-1',
    date: '2026-11-20',
    trainingSha256: 'a'.repeat(64),
    evaluation: { validationLoss: 0.5, validationTokenAccuracy: 0.8 },
  },
});
const mini = { venue: 'hosted', model: 'gpt-4.1-mini', location: 'swedencentral' } as const;
const o4 = { venue: 'hosted', model: 'o4-mini', location: 'swedencentral' } as const;
const inParis = { azure: { ...azure, locations: ['francecentral', 'uaenorth'] } };

const cases: readonly RuleCase[] = [
  ['fine-tuning', {}, { ...mini, sku: 'GlobalStandard' }, undefined],
  [
    'fine-tuning',
    tuned,
    { ...mini, sku: 'GlobalStandard' },
    'pass: gpt-4.1-mini is fine-tuned in swedencentral',
  ],
  ['fine-tuning', tuned, { ...o4, sku: 'GlobalStandard' }, 'pass: o4-mini is fine-tuned in swedencentral'],
  [
    'fine-tuning',
    tuned,
    { ...mini, sku: 'DataZoneStandard' },
    'unverified: whether a fine-tuned gpt-4.1-mini can be deployed as DataZoneStandard is not published',
  ],
  [
    'fine-tuning',
    tuned,
    { venue: 'hosted', model: 'gpt-5-mini', sku: 'GlobalStandard' },
    'fail: Azure fine-tunes no gpt-5-mini 2025-08-07, as read 2026-11-25',
  ],
  [
    'fine-tuning',
    tuned,
    { venue: 'hosted', model: 'gpt-5', sku: 'GlobalStandard' },
    'unverified: fine-tuning gpt-5 is in private preview; azure.approvedModels would say that it was approved',
  ],
  [
    'fine-tuning',
    tuned,
    { venue: 'hosted', model: 'gpt-5', sku: 'GlobalStandard' },
    'pass: gpt-5 is fine-tuned in swedencentral',
    { azure: { ...azure, approvedModels: ['gpt-5'] } },
  ],
  [
    'fine-tuning',
    tuned,
    { ...mini, sku: 'GlobalStandard', location: 'francecentral' },
    'pass: gpt-4.1-mini is fine-tuned from francecentral, by a training that may run anywhere',
    inParis,
  ],
  [
    'fine-tuning',
    { ...tuned, residency: 'data-zone' },
    { ...mini, sku: 'GlobalStandard', location: 'francecentral' },
    'fail: only northcentralus, swedencentral trains gpt-4.1-mini without the data leaving it, and this is francecentral',
    inParis,
  ],
  [
    'fine-tuning',
    tuned,
    { ...mini, sku: 'GlobalStandard', location: 'uaenorth' },
    'fail: gpt-4.1-mini is not fine-tuned from uaenorth',
    inParis,
  ],
  [
    'fine-tuning',
    tuned,
    machine,
    'pass: the weights of qwen3-4b are open to be tuned; the tuned ones are named by weights',
  ],
  ['fine-tuning', { ...tuned, site: 'office' }, server, 'pass: the weights of qwen3-4b are open to be tuned'],
  [
    'fine-tuning',
    tuned,
    endpoint,
    'fail: phi-4 is to be fine-tuned, and Berth registers no own weights in a workspace; they run on machines and devices',
  ],
  ['base-model', tuned, { ...mini, sku: 'GlobalStandard' }, undefined],
  [
    'base-model',
    planned({ base: { model: 'gpt-4.1-mini', version: '2025-04-14' } }),
    { ...mini, sku: 'GlobalStandard' },
    'pass: gpt-4.1-mini 2025-04-14 is to be tuned',
  ],
  [
    'base-model',
    planned({ base: { model: 'gpt-4.1-mini' } }),
    machine,
    'fail: gpt-4.1-mini is to be tuned, and this is qwen3-4b',
  ],
  [
    'fine-tuning',
    planned({ method: 'dpo' }),
    { ...mini, sku: 'GlobalStandard' },
    'pass: gpt-4.1-mini is fine-tuned in swedencentral',
  ],
  [
    'fine-tuning',
    planned(),
    { ...o4, sku: 'GlobalStandard' },
    'fail: Azure fine-tunes o4-mini by reinforcement, and fineTuning.method is supervised',
  ],
  [
    'fine-tuning',
    planned(),
    { ...mini, sku: 'GlobalStandard', location: 'francecentral' },
    'fail: only northcentralus, swedencentral trains gpt-4.1-mini without the data leaving it, and this is francecentral; fineTuning.tier global would',
    inParis,
  ],
  [
    'fine-tuning',
    planned({ tier: 'global' }),
    { ...mini, sku: 'GlobalStandard', location: 'francecentral' },
    'pass: gpt-4.1-mini is fine-tuned from francecentral, by a training that may run anywhere',
    inParis,
  ],
  [
    'fine-tuning',
    planned({ tier: 'developer', method: 'supervised' }),
    { venue: 'hosted', model: 'Ministral-3B', sku: 'GlobalStandard' },
    'fail: Azure fine-tunes no Ministral-3B at the tier developer; fineTuning.tier global would do',
  ],
  ['fine-tuning', registered, { ...mini, sku: 'GlobalStandard' }, undefined],
  [
    'tuned-model',
    registered,
    { ...mini, sku: 'GlobalStandard' },
    'fail: it is served by gpt-4.1-mini-2025-04-14.ft-0123, which was tuned for it, and this is another',
  ],
  [
    'tuned-model',
    registered,
    { venue: 'hosted', model: 'gpt-4.1-mini-2025-04-14.ft-0123', sku: 'GlobalStandard' },
    'pass: gpt-4.1-mini-2025-04-14.ft-0123 was tuned from gpt-4.1-mini 2025-04-14 on data aaaaaaaaaaaa by ftjob-1, 2026-11-20: validation loss 0.5, token accuracy 0.8',
  ],
  ['tuned-model', {}, { ...mini, sku: 'GlobalStandard' }, undefined],
];

describe('tuning rules', () => {
  describeRules(tuningRules, cases);
});
