import { modelRules } from '../../../placement/rules/model-rules';
import { describeRules, global, endpoint, machine, own, unmeasured, images } from './rule-cases';
import type { RuleCase } from './rule-cases';

const cases: readonly RuleCase[] = [
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
    { venue: 'hosted', model: 'FW-GLM-5' },
    'unverified: requests need 1,200 tokens, and the context of FW-GLM-5 is not published; verified[].contextTokens would say it',
  ],
  [
    'context',
    {},
    { venue: 'hosted', model: 'FW-GLM-5' },
    'pass: requests need 1,200 tokens, and the team tried 4,000',
    { verified: [{ model: 'FW-GLM-5', by: 'the team', contextTokens: 4000 }] },
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
    { venue: 'hosted', model: 'FW-GLM-5' },
    'unverified: answers need up to 200 tokens, and the limit of FW-GLM-5 is not published',
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
    'pass: sv 1.51: estimated from its rank in EuroEval, where 2.4 is enough and 1 is best',
  ],
  [
    'languages',
    { languages: ['sv'], evidence: 'verified' },
    global,
    'unverified: sv 1.51: estimated from its rank in EuroEval, where 2.4 is enough and 1 is best, and evidence is verified; verified[].languages would say it',
  ],
  [
    'languages',
    { languages: ['sv'], evidence: { languages: 'estimated' } },
    global,
    'pass: sv 1.51: estimated',
    { evidence: 'verified' },
  ],
  [
    'languages',
    { languages: ['sv', 'en'] },
    { ...machine, model: 'smollm2-360m-instruct' },
    'fail: smollm2-360m-instruct is not good enough in sv: 4.06, its rank in EuroEval, where 2.4 is enough and 1 is best',
  ],
  [
    'languages',
    { languages: ['en'] },
    { ...machine, model: 'granite-4.1-8b' },
    'pass: en: estimated from its card and its tests, which are in English',
  ],
  [
    'languages',
    { languages: ['kl'] },
    global,
    'unverified: kl are asked for, and no language list of gpt-5-mini is published; verified[].languages would say it',
  ],
  [
    'languages',
    { languages: ['sv'] },
    global,
    'pass: sv are verified: the team',
    { verified: [{ model: 'gpt-5-mini', by: 'the team', languages: ['sv'] }] },
  ],

  ['quality', { quality: 'any' }, global, undefined],
  ['quality', { task: 'embedding', traffic: { requestsPerDay: 1, inputTokens: 1 } }, global, undefined],
  ['quality', { pin: { model: 'gpt-5-mini' } }, global, undefined],
  [
    'quality',
    { task: 'extraction' },
    { ...machine, model: 'smollm2-135m-instruct' },
    'fail: no quality is stated, so at least -0.8 in the general index is taken (quality: any lifts it), and smollm2-135m-instruct has -2.6 ± 0.86',
  ],
  [
    'quality',
    {},
    { ...machine, model: 'gpt-oss-120b' },
    'pass: no quality is stated, so at least -0.6 in the general index is taken (quality: any lifts it), and gpt-oss-120b has 0.4 ± 0.13',
  ],
  [
    'quality',
    { quality: { atLeast: 'gpt-4o' } },
    global,
    'pass: at least 0.58 ± 0.1 of gpt-4o in the general index is asked for, and gpt-5-mini has 0.84 ± 0.15, estimated from 1.04 with more thinking, less 0.2 at effort medium',
  ],
  [
    'quality',
    { quality: { atLeast: 'gpt-5' } },
    global,
    'fail: at least 1.19 ± 0.2 of gpt-5 as it usually thinks in the general index is asked for, and gpt-5-mini has 1.04 ± 0.15',
  ],
  [
    'quality',
    { quality: { atLeast: 'gpt-5' } },
    { venue: 'hosted', model: 'gpt-5' },
    'pass: at least 1.19 ± 0.2 of gpt-5',
  ],
  [
    'quality',
    { quality: { index: 0 } },
    { venue: 'hosted', model: 'grok-4.3' },
    'unverified: at least 0 in the general index is asked for, and grok-4.3 was not measured; verified[].quality would say it',
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
    { scope: 'focused', field: 'math', quality: { index: 0.1 } },
    endpoint,
    'pass: at least 0.1 in the math index is asked for, and phi-4 has 0.34 ± ',
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
  [
    'languages',
    { languages: ['sv'], pin: { model: 'gpt-5-mini', measured: { by: 'the shop', languages: ['sv'] } } },
    global,
    'pass: sv are verified: the shop',
  ],
  [
    'context',
    { pin: { model: 'FW-GLM-5', measured: { by: 'the shop', contextTokens: 1200 } } },
    { venue: 'hosted', model: 'FW-GLM-5' },
    'pass: requests need 1,200 tokens, and the shop tried 1,200',
  ],
  [
    'context',
    { pin: { model: 'FW-GLM-5', measured: { by: 'the shop', contextTokens: 1199 } } },
    { venue: 'hosted', model: 'FW-GLM-5' },
    'unverified: requests need 1,200 tokens',
  ],
  [
    'quality',
    { quality: { index: 0 }, pin: { model: 'gpt-5.2', measured: { by: 'the shop', quality: 0 } } },
    { venue: 'hosted', model: 'gpt-5.2' },
    'pass: at least 0 in the general index is asked for, and gpt-5.2 has 0, the shop',
  ],
  [
    'quality',
    { quality: { index: 0 }, pin: { model: 'gpt-5.1', measured: { by: 'the shop', quality: 3 } } },
    { venue: 'hosted', model: 'grok-4.3' },
    'unverified: at least 0 in the general index is asked for, and grok-4.3 was not measured',
  ],

  ['reasoning', {}, machine, 'pass: callers ask for effort none, and qwen3-4b thinks nothing that counts'],
  ['reasoning', {}, { ...machine, model: 'phi-4' }, undefined],
  [
    'reasoning',
    { reasoning: 'none' },
    { ...machine, model: 'gpt-oss-20b' },
    'fail: reasoning is none, and gpt-oss-20b thinks at least with effort low',
  ],
  [
    'reasoning',
    { reasoning: 'high' },
    global,
    'pass: callers ask for effort high, and gpt-5-mini thinks about 1500 tokens a request before it answers, estimated, at most about 5000; they are paid as output',
  ],
  [
    'reasoning',
    { traffic: { requestsPerDay: 1, inputTokens: 100, outputTokens: 5 } },
    global,
    'pass: callers ask for effort minimal, and gpt-5-mini thinks nothing that counts',
  ],
];

describe('model rules', () => {
  describeRules(modelRules, cases);
});
