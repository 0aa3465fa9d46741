import { tuningRules } from '../../../placement/rules/tuning-rules';
import { azure, describeRules, endpoint, machine, server } from './rule-cases';
import type { RuleCase } from './rule-cases';

const tuned = { fineTuning: true } as const;
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
];

describe('tuning rules', () => {
  describeRules(tuningRules, cases);
});
