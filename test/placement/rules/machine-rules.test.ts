import { machineRules } from '../../../placement/rules/machine-rules';
import { engineFor, weightsOf } from '../offers';
import { describeRules, ec2, endpoint, machine, own } from './rule-cases';
import type { RuleCase } from './rule-cases';

const stockholm = { aws: { account: '123456789012', region: 'eu-north-1' } };

const cases: readonly RuleCase[] = [
  ['machine-prices', {}, machine, undefined],
  [
    'machine-prices',
    {},
    { ...ec2, location: 'eu-north-1' },
    'pass: what machines cost in eu-north-1 is estimated from the price in us-east-1 × 1.06 to 1.08, at the upper end',
    stockholm,
  ],
  [
    'machine-prices',
    { evidence: { prices: 'verified' } },
    { ...ec2, location: 'eu-north-1' },
    'unverified: what machines cost in eu-north-1 is estimated from the price in us-east-1 × 1.06 to 1.08, at the upper end, and evidence of prices is verified; a price file would say it',
    stockholm,
  ],
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
    'unverified: a machine installs a file that you checked, and weights has none of qwen3-4b as Q4_K_M (unsloth/Qwen3-4B-GGUF has such files); berth weights add qwen3-4b --quantisation Q4_K_M writes what is stated of one; or this line in weights would name one: qwen3-4b: { model: qwen3-4b, quantisation: Q4_K_M, url: <address>, revision: <commit>, sha256: <digits> }',
    { weights: {} },
  ],
  [
    'weights-file',
    {},
    { ...machine, model: 'phi-4' },
    'unverified: a machine installs a file that you checked, and weights has none of phi-4 as Q4_K_M; this line in weights would name one: phi-4: {',
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
    'unverified: a machine installs a file that you checked, and weights has none of qwen3-8b as Q4_K_M',
    { weights: { qwen: weightsOf('qwen3-4b') } },
  ],

  [
    'engine',
    {},
    machine,
    'unverified: a machine installs a build of llama.cpp that you checked, and engines has none for amd64 with cuda; this line in engines would name one: - { arch: amd64, accelerator: cuda, version: <release>, url: <address>, sha256: <digits> }',
    { engines: [] },
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
    'unverified: a machine installs a build of llama.cpp that you checked, and engines has none for amd64 with cuda',
    { engines: [engineFor('amd64', 'cpu')] },
  ],
  [
    'engine',
    {},
    { ...machine, sku: 'Standard_ND96isr_MI300X_v5' },
    'fail: llama.cpp is installed for CPUs and NVIDIA GPUs, and Standard_ND96isr_MI300X_v5 (8 × AMD MI300X) has another accelerator',
  ],
  [
    'engine',
    {},
    { ...machine, sku: 'Standard_NV36ads_A10_v5' },
    "fail: llama.cpp is installed for CPUs and NVIDIA GPUs, and Standard_NV36ads_A10_v5 (NVIDIA A10) takes Azure's GRID driver alone, which Berth does not install",
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
    'unverified: the instance types that may run gpt-oss-20b are not published; facts[].endpoint would say it',
  ],
  [
    'instance-types',
    {},
    { venue: 'catalog', model: 'phi-3.5-mini-instruct' },
    'fail: phi-3.5-mini-instruct is archived in its registry',
  ],

  ['api', {}, endpoint, undefined],
  [
    'api',
    { api: 'openai' },
    endpoint,
    'fail: api openai is asked for, and the container of phi-4 answers at /score in its own format',
  ],
  [
    'api',
    { api: 'openai' },
    { venue: 'hosted', model: 'claude-opus-5' },
    "fail: api openai is asked for, and claude-opus-5 answers Anthropic's Messages API",
  ],
  ['api', { api: 'openai' }, machine, 'pass: qwen3-4b is asked by the OpenAI API'],
];

describe('machine rules', () => {
  describeRules(machineRules, cases);
});
