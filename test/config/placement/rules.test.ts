import type { EnvironmentInput } from '../../../config';
import { rules } from '../../../config/placement/rules';
import { chat, engineFor, environmentWith, judgementOf, weightsOf } from './offers';
import type { OfferQuery } from './offers';

type Case = readonly [
  rule: string,
  workload: Parameters<typeof chat>[0],
  offer: OfferQuery,
  expected: string | undefined,
  environment?: Partial<EnvironmentInput>,
];

const global = {
  venue: 'hosted',
  model: 'gpt-5-mini',
  sku: 'GlobalStandard',
  location: 'swedencentral',
} as const;
const zone = { ...global, sku: 'DataZoneStandard' } as const;
const zoneUs = { ...zone, location: 'eastus2' } as const;
const regional = { ...global, model: 'gpt-5.1', sku: 'Standard' } as const;
const provisioned = { ...global, sku: 'ProvisionedManaged' } as const;
const endpoint = {
  venue: 'catalog',
  model: 'phi-4',
  sku: 'Standard_NC24ads_A100_v4',
  location: 'swedencentral',
} as const;
const machine = {
  venue: 'vm',
  provider: 'azure',
  model: 'qwen3-4b',
  sku: 'Standard_NC4as_T4_v3',
  location: 'swedencentral',
} as const;
const ec2 = { venue: 'vm', provider: 'aws', model: 'qwen3-4b', sku: 'g4dn.xlarge' } as const;
const till = { venue: 'edge', model: 'qwen3-4b', sku: 'jetson-orin-nx-16gb' } as const;
const server = { venue: 'edge', model: 'qwen3-4b', sku: 'pc-rtx-4090-24gb' } as const;

const own = { weights: { mine: weightsOf('qwen3-4b', { fineTuned: true, measuredQuality: 0.4 }) } };
const unmeasured = { weights: { mine: weightsOf('qwen3-4b', { fineTuned: true }) } };
const usData = { dataLocation: { provider: 'aws', region: 'us-east-1' } } as const;
const images = {
  task: 'image-generation',
  traffic: { requestsPerDay: 10, inputTokens: 10, images: 1 },
} as const;
const azure = {
  subscriptionId: '00000000-0000-4000-8000-000000000000',
  locations: ['swedencentral', 'eastus2'],
};

/** Each expectation is the verdict and the start of its sentence; undefined where the rule has nothing to say. */
const cases: readonly Case[] = [
  ['residency', {}, global, undefined],
  [
    'residency',
    { residency: 'data-zone' },
    global,
    'fail: processing must stay in the data zone, and GlobalStandard may process anywhere',
  ],
  ['residency', { residency: 'data-zone' }, zone, 'pass: processing stays in the EU data zone'],
  [
    'residency',
    { residency: 'data-zone' },
    zoneUs,
    'fail: processing must stay in the EU data zone, and eastus2 is in the US one',
  ],
  [
    'residency',
    { residency: 'data-zone' },
    regional,
    'pass: processing stays in swedencentral, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone' },
    machine,
    'pass: processing stays in swedencentral, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone', site: 'office' },
    server,
    'unverified: processing must stay in the data zone, and where the site office lies is not stated',
  ],
  [
    'residency',
    { residency: 'data-zone', ...usData },
    ec2,
    'pass: processing stays in us-east-1, where the data lives',
  ],
  [
    'residency',
    { residency: 'data-zone', ...usData },
    zone,
    'unverified: processing must stay in the data zone, and the zone of us-east-1 is not known',
  ],
  [
    'residency',
    { residency: 'region' },
    zone,
    'fail: processing must stay in azure swedencentral, and DataZoneStandard may process anywhere in its data zone',
  ],
  [
    'residency',
    { residency: 'region' },
    regional,
    'pass: processing stays in azure swedencentral, where the data lives',
  ],
  ['residency', { residency: 'region' }, provisioned, 'pass: processing stays in azure swedencentral'],
  ['residency', { residency: 'region' }, endpoint, 'pass: processing stays in azure swedencentral'],
  [
    'residency',
    { residency: 'region' },
    { ...machine, location: 'eastus2' },
    'fail: processing must stay in azure swedencentral, and the azure machine in eastus2 is elsewhere',
  ],
  ['residency', { residency: 'region', ...usData }, ec2, 'pass: processing stays in aws us-east-1'],
  ['residency', { residency: 'region', ...usData }, machine, 'fail: processing must stay in aws us-east-1'],
  [
    'residency',
    { residency: 'own-network' },
    regional,
    'fail: own-network is asked for, and the Standard deployment in swedencentral is a service outside it, also behind a private endpoint',
  ],
  [
    'residency',
    { residency: 'own-network' },
    endpoint,
    'fail: own-network is asked for, and the managed endpoint in swedencentral',
  ],
  [
    'residency',
    { residency: 'own-network' },
    machine,
    'pass: the azure machine in swedencentral is in our own network',
  ],
  [
    'residency',
    { residency: 'own-network', site: 'office' },
    server,
    'pass: the device server is in our own network',
  ],
  [
    'residency',
    { residency: 'on-premises', site: 'office' },
    machine,
    'fail: on-premises is asked for, and the azure machine in swedencentral is in a cloud',
  ],
  [
    'residency',
    { residency: 'on-premises', site: 'office' },
    server,
    'pass: the device server is ours, on our premises',
  ],
  ['residency', { residency: 'device', site: 'office' }, server, 'pass: the device server stands at office'],
  [
    'residency',
    { residency: 'device', site: 'office' },
    till,
    'fail: a device at office is asked for, and the device till is not one',
  ],

  ['cloud', {}, global, 'pass: its data and callers are in azure'],
  [
    'cloud',
    {},
    ec2,
    'fail: its data and callers are in azure, and the aws machine in us-east-1 is behind private endpoints in aws',
  ],
  [
    'cloud',
    usData,
    global,
    'fail: its data and callers are in aws, and the GlobalStandard deployment in swedencentral is behind private endpoints in azure',
  ],
  ['cloud', { site: 'office' }, server, undefined],

  ['connectivity', {}, global, undefined],
  [
    'connectivity',
    { connectivity: 'offline', site: 'shop' },
    global,
    'fail: it must work offline, and the GlobalStandard deployment in swedencentral needs a connection',
  ],
  [
    'connectivity',
    { connectivity: 'offline', site: 'shop' },
    till,
    'pass: the device till serves callers on the site without a connection',
  ],
  [
    'connectivity',
    { site: 'shop' },
    till,
    'fail: the device till is disconnected, and serves only workloads whose connectivity is offline',
  ],
  ['connectivity', { site: 'office' }, server, undefined],

  ['site', {}, global, undefined],
  ['site', {}, server, 'fail: server serves only workloads of the site office, and it names no site'],
  [
    'site',
    { site: 'shop' },
    server,
    'fail: server serves only workloads of the site office, and it names the site shop',
  ],
  ['site', { site: 'office' }, server, 'pass: it names the site office of server'],

  ['tenancy', {}, global, undefined],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    global,
    'fail: dedicated compute is asked for, and a hosted model is a service for many customers, also with provisioned throughput',
  ],
  ['tenancy', { tenancy: 'dedicated' }, provisioned, 'fail: dedicated compute is asked for'],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    endpoint,
    'pass: the managed endpoint in swedencentral serves no other customer',
  ],
  [
    'tenancy',
    { tenancy: 'dedicated' },
    machine,
    'pass: the azure machine in swedencentral serves no other customer',
  ],

  ['operations', {}, machine, undefined],
  [
    'operations',
    { operations: 'provider-managed' },
    machine,
    'fail: provider-managed is asked for, and the operating system of the azure machine in swedencentral is ours to patch',
  ],
  [
    'operations',
    { operations: 'provider-managed', site: 'office' },
    server,
    'fail: provider-managed is asked for',
  ],
  [
    'operations',
    { operations: 'provider-managed' },
    endpoint,
    "pass: the operating system of the managed endpoint in swedencentral is the provider's to patch",
  ],
  [
    'operations',
    { operations: 'provider-managed' },
    global,
    "pass: the operating system of the GlobalStandard deployment in swedencentral is the provider's to patch",
  ],

  ['pin', {}, global, undefined],
  ['pin', { pin: { model: 'gpt-5-mini' } }, global, 'pass: it is pinned here'],
  [
    'pin',
    { pin: { venue: 'vm', model: 'gpt-5-mini' } },
    global,
    'fail: it is pinned to venue vm, and this is hosted',
  ],

  ['kind', {}, global, 'pass: chat needs a chat model, and gpt-5-mini is one'],
  ['kind', images, global, 'fail: image-generation needs an image model, and gpt-5-mini is a chat model'],
  [
    'kind',
    { task: 'embedding', traffic: { requestsPerDay: 1, inputTokens: 1 } },
    machine,
    'fail: embedding needs an embedding model, and qwen3-4b is a chat model',
  ],
  [
    'kind',
    {},
    { venue: 'hosted', model: 'gpt-audio' },
    'fail: chat needs a chat model, and gpt-audio is an audio model',
  ],

  [
    'context',
    { contextTokens: 16_384 },
    endpoint,
    'pass: requests need 16,384 tokens, and phi-4 takes 16,384',
  ],
  [
    'context',
    { contextTokens: 16_385 },
    endpoint,
    'fail: requests need 16,385 tokens, and phi-4 takes at most 16,384',
  ],
  [
    'context',
    {},
    { venue: 'hosted', model: 'gpt-6-luna' },
    'unverified: requests need 1,200 tokens, and the context of gpt-6-luna is not published; verified[].contextTokens would say it',
  ],
  [
    'context',
    {},
    { venue: 'hosted', model: 'gpt-6-luna' },
    'pass: requests need 1,200 tokens, and the team tried 4,000',
    { verified: [{ model: 'gpt-6-luna', by: 'the team', contextTokens: 4000 }] },
  ],
  [
    'context',
    { contextTokens: 200_000 },
    { venue: 'hosted', model: 'gpt-4.1', sku: 'GlobalStandard' },
    'pass: requests need 200,000 tokens',
  ],
  [
    'context',
    { contextTokens: 200_000 },
    { venue: 'hosted', model: 'gpt-4.1', sku: 'GlobalProvisionedManaged' },
    'fail: requests need 200,000 tokens, and gpt-4.1 takes at most 128,000',
  ],
  ['context', images, { venue: 'hosted', model: 'gpt-image-2' }, undefined],

  [
    'output-length',
    { maxOutputTokens: 4096 },
    { venue: 'hosted', model: 'Phi-4-mini-instruct' },
    'pass: answers need up to 4,096 tokens',
  ],
  [
    'output-length',
    { maxOutputTokens: 4097 },
    { venue: 'hosted', model: 'Phi-4-mini-instruct' },
    'fail: answers need up to 4,097 tokens, and Phi-4-mini-instruct gives at most 4,096',
  ],
  [
    'output-length',
    {},
    { venue: 'hosted', model: 'gpt-6-luna' },
    'unverified: answers need up to 200 tokens, and the limit of gpt-6-luna is not published',
  ],

  ['languages', {}, global, undefined],
  [
    'languages',
    { languages: ['sv', 'en'] },
    { ...machine, model: 'phi-4-mini-instruct' },
    'pass: phi-4-mini-instruct lists sv, en',
  ],
  [
    'languages',
    { languages: ['sv', 'is'] },
    { ...machine, model: 'phi-4-mini-instruct' },
    'fail: phi-4-mini-instruct does not list is',
  ],
  [
    'languages',
    { languages: ['sv'] },
    global,
    'unverified: sv are asked for, and no language list of gpt-5-mini is published; verified[].languages would say it',
  ],
  [
    'languages',
    { languages: ['sv'] },
    global,
    'pass: sv are verified: the team',
    { verified: [{ model: 'gpt-5-mini', by: 'the team', languages: ['sv'] }] },
  ],

  ['quality', {}, global, undefined],
  [
    'quality',
    { quality: { atLeast: 'gpt-4o' } },
    global,
    'pass: at least 0.58 of gpt-4o in the general index is asked for, and gpt-5-mini has 1.04',
  ],
  [
    'quality',
    { quality: { atLeast: 'gpt-5' } },
    global,
    'fail: at least 1.39 of gpt-5 in the general index is asked for, and gpt-5-mini has 1.04',
  ],
  [
    'quality',
    { quality: { index: 0 } },
    { venue: 'hosted', model: 'gpt-5.2' },
    'unverified: at least 0 in the general index is asked for, and gpt-5.2 was not measured; verified[].quality would say it',
  ],
  [
    'quality',
    { quality: { index: 0 } },
    { venue: 'hosted', model: 'gpt-5.2' },
    'pass: at least 0 in the general index is asked for, and gpt-5.2 has 1, the team',
    { verified: [{ model: 'gpt-5.2', by: 'the team', quality: 1 }] },
  ],
  [
    'quality',
    { scope: 'focused', field: 'math', quality: { index: 0.3 } },
    endpoint,
    'pass: at least 0.3 in the math index is asked for, and phi-4 has 0.34',
  ],
  [
    'quality',
    { scope: 'focused', task: 'code', quality: { index: 0 } },
    endpoint,
    'fail: at least 0 in the code index is asked for, and phi-4 has -0.28',
  ],
  [
    'quality',
    { scope: 'focused', task: 'summarisation', quality: { atLeast: 'gpt-4o' } },
    endpoint,
    'pass: at least 90.4 of gpt-4o in faithful summaries, in percent is asked for, and phi-4 has 96.3',
  ],
  [
    'quality',
    { scope: 'focused', task: 'extraction', quality: { atLeast: 'phi-4' } },
    machine,
    'unverified: at least 8.05 of phi-4 in the extraction score of MT-Bench is asked for, and qwen3-4b was not measured',
  ],
  [
    'quality',
    { scope: 'focused', weights: 'mine', quality: { index: 0.2 } },
    { ...machine, model: 'mine' },
    'pass: at least 0.2 in the language index is asked for, and mine has 0.4, measured by the team on its own task',
    own,
  ],
  [
    'quality',
    { scope: 'focused', weights: 'mine', quality: { index: 0.2 } },
    { ...machine, model: 'mine' },
    'unverified: at least 0.2 in the language index is asked for, and mine was not measured; weights.mine.measuredQuality would say it',
    unmeasured,
  ],

  ['publisher', {}, global, undefined],
  ['publisher', {}, global, 'pass: OpenAI is an allowed publisher', { publishers: ['OpenAI'] }],
  [
    'publisher',
    {},
    global,
    'fail: OpenAI is not among the allowed publishers Microsoft',
    { publishers: ['Microsoft'] },
  ],
  [
    'licence',
    {},
    machine,
    'fail: qwen3-4b is under Apache-2.0, which is not among the allowed licences MIT',
    { licences: ['MIT'] },
  ],
  ['licence', {}, endpoint, 'pass: MIT is an allowed licence', { licences: ['MIT'] }],
  ['licence', {}, global, undefined, { licences: ['MIT'] }],

  ['own-weights', {}, machine, undefined],
  [
    'own-weights',
    { weights: 'mine' },
    { ...machine, model: 'mine' },
    'pass: it runs on the weights mine',
    own,
  ],
  [
    'own-weights',
    { weights: 'mine' },
    machine,
    'fail: it asks for the weights mine, and this is qwen3-4b',
    own,
  ],
  [
    'own-weights',
    { weights: 'mine' },
    endpoint,
    'fail: it asks for the weights mine, and Berth registers no own weights in a workspace or account',
    own,
  ],
  ['own-weights', {}, { ...machine, model: 'mine' }, 'fail: mine serves only workloads that name it', own],

  [
    'weights-file',
    {},
    machine,
    'pass: unsloth/Qwen3-4B-GGUF has it as Q4_K_M; weights must name the file before it is deployed',
  ],
  [
    'weights-file',
    {},
    { ...machine, model: 'phi-4' },
    'unverified: no GGUF file of phi-4 is known; an entry in weights would name one',
  ],
  [
    'weights-file',
    {},
    machine,
    'pass: the environment has a verified file, weights.qwen',
    { weights: { qwen: weightsOf('qwen3-4b') } },
  ],
  [
    'weights-file',
    {},
    { ...machine, model: 'qwen3-8b' },
    'unverified: weights holds no file of qwen3-8b as Q4_K_M',
    { weights: { qwen: weightsOf('qwen3-4b') } },
  ],

  [
    'engine',
    {},
    machine,
    'pass: llama.cpp runs on amd64 with cuda; engines must name a build before it is deployed',
  ],
  [
    'engine',
    {},
    machine,
    'pass: llama.cpp b9000 is pinned for amd64 with cuda',
    { engines: [engineFor('amd64', 'cuda')] },
  ],
  [
    'engine',
    {},
    machine,
    'fail: engines has no build of llama.cpp for amd64 with cuda',
    { engines: [engineFor('amd64', 'cpu')] },
  ],
  [
    'engine',
    {},
    { ...machine, sku: 'Standard_ND96isr_MI300X_v5' },
    'fail: llama.cpp is installed for CPUs and NVIDIA GPUs',
  ],

  [
    'instance-types',
    {},
    endpoint,
    'pass: Standard_NC24ads_A100_v4 is on the list of instance types for phi-4',
  ],
  [
    'instance-types',
    {},
    { venue: 'catalog', model: 'gpt-oss-20b' },
    'unverified: the instance types that may run gpt-oss-20b are not published',
  ],
  [
    'instance-types',
    {},
    { venue: 'catalog', model: 'phi-3.5-mini-instruct' },
    'fail: phi-3.5-mini-instruct is archived in its registry',
  ],

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
    'unverified: the retirement schedule does not list gpt-6-luna 2026-09-22',
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
    { venue: 'hosted', model: 'claude-opus-5' },
    'fail: the marketplace terms of Anthropic are not accepted; azure.acceptedTerms would say so',
  ],
  [
    'marketplace-terms',
    {},
    { venue: 'hosted', model: 'claude-opus-5' },
    'pass: the marketplace terms of Anthropic are accepted',
    { azure: { ...azure, acceptedTerms: ['Anthropic'] } },
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
    'unverified: at least 50 tokens a second is asked for, and nobody promises it for gpt-5-mini as GlobalStandard',
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

function titleOf([rule, workload, offer, expected]: Case): string {
  const what = [offer.venue, offer.model, offer.sku, offer.location].filter(Boolean).join(' ');
  return `${rule}: ${JSON.stringify(workload)} on ${what}: ${expected ?? 'nothing to say'}`;
}

describe('each rule', () => {
  // Wrapped, because a row that is shorter than the function's parameters would be given a callback.
  it.each(cases.map(each => ({ each, title: titleOf(each) })))('$title', ({ each }) => {
    const [rule, workload, offer, expected, more] = each;
    const judgement = judgementOf(rule, environmentWith([chat(workload)], more), offer);
    const said = judgement && `${judgement.verdict}: ${judgement.message}`;
    expect(said?.slice(0, expected?.length)).toBe(expected);
  });

  it('has a case here and a why', () => {
    const tested = new Set(cases.map(([rule]) => rule));
    expect(rules.filter(({ id, why }) => !tested.has(id) || why === '')).toEqual([]);
  });
});
