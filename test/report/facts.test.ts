import { parseEnvironment, renderFacts, weakFacts } from '../../config';
import type { Decision, Environment, MachineUnit, Placement } from '../../config';
import { devInput } from '../config/dev-input';

const weights = {
  id: 'mine',
  format: 'gguf',
  quantisation: 'Q4_K_M',
  url: 'https://example.com/x.gguf',
  revision: 'r1',
  sha256: 'a'.repeat(64),
} as const;

const unit = (id: string, priceDate: string): MachineUnit => ({
  venue: 'vm',
  provider: 'azure',
  id,
  offer: `vm/azure/Standard_NC4as_T4_v3/swedencentral/`,
  model: 'qwen3-4b',
  version: 'r1',
  sku: 'Standard_NC4as_T4_v3',
  count: 1,
  location: 'swedencentral',
  monthlyUsd: 400,
  priceDate,
  prices: null,
  arch: 'amd64',
  accelerator: 'cuda',
  engine: null,
  serves: [{ model: 'qwen3-4b', version: 'r1', api: 'chat', weights, contextTokens: 1000, parallel: 1 }],
});

const placement: Placement = {
  workload: 'letters',
  unit: 'letters',
  venue: 'vm',
  model: 'qwen3-4b',
  monthlyUsd: 400,
  reasons: [
    { rule: 'kind', message: 'chat needs a chat model, and qwen3-4b is one' },
    { rule: 'languages', message: 'sv 2.1: estimated from qwen3-8b, its kin', estimated: true },
  ],
  alternatives: [],
  onlyLacks: {
    venue: 'hosted',
    provider: 'azure',
    model: 'gpt-5-nano',
    sku: 'GlobalStandard',
    place: 'GlobalStandard in swedencentral',
    monthlyUsd: 12,
    savesUsd: 388,
    lacks: [
      {
        how: 'measure',
        key: 'verified',
        line: '- { model: gpt-5-nano, by: "<who and when>", languages: [sv] }',
      },
    ],
  },
};

const decision: Decision = {
  environment: 'dev',
  asOf: '2026-11-30',
  monthlyUsd: 800,
  units: [unit('letters', '2026-11-20'), unit('older', '2026-06-18')],
  placements: [placement],
  warnings: [{ subject: 'letters', rule: 'retirement', message: 'qwen3-4b retires on 2027-01-01' }],
};

const environment = (more: object = {}): Environment =>
  parseEnvironment(
    devInput(input => Object.assign(input, more)),
    'dev.yaml',
  );

describe('the facts that a decision rests on', () => {
  it('are listed where they are old, estimated or unknown, with what would make them better', () => {
    expect(renderFacts(decision, weakFacts(decision, environment()))).toBe(
      `dev: what the decision of 2026-11-30 rests on, as far as it could be better known

old, or of something that ends
  letters: qwen3-4b retires on 2027-01-01
  older: the oldest price is its own, read on 2026-06-18, 165 days ago; berth prices refresh reads newer ones

estimated
  letters: sv 2.1: estimated from qwen3-8b, its kin
  letters: the speed of qwen3-4b on Standard_NC4as_T4_v3 is predicted; on such a machine, berth measure dev --on Standard_NC4as_T4_v3 --model qwen3-4b --quantisation Q4_K_M --file <gguf> measures it
  older: the speed of qwen3-4b on Standard_NC4as_T4_v3 is predicted; on such a machine, berth measure dev --on Standard_NC4as_T4_v3 --model qwen3-4b --quantisation Q4_K_M --file <gguf> measures it

unknown
  letters: gpt-5-nano on GlobalStandard in swedencentral would save $388 a month if this were known
      in verified: - { model: gpt-5-nano, by: "<who and when>", languages: [sv] }
`,
    );
  });

  it('name no speed that was measured', () => {
    const measured = [
      {
        on: 'Standard_NC4as_T4_v3',
        model: 'qwen3-4b',
        quantisation: 'Q4_K_M',
        promptTokensPerSecond: 900,
        decodeTokensPerSecond: 30,
        by: 'us',
      },
    ];
    const found = weakFacts(decision, environment({ measured }));
    expect(found.filter(({ message }) => message.includes('the speed of'))).toEqual([]);
  });

  it('are said to be good where they are, and the lines that a placement waits for are told', () => {
    const plain: Decision = { ...decision, units: [], placements: [], warnings: [] };
    expect(renderFacts(plain, weakFacts(plain, environment()))).toBe(
      'dev: everything that the decision of 2026-11-30 rests on is stated or measured\n',
    );
    const line = { how: 'arrange', key: 'engines', line: '- { arch: amd64 }' } as const;
    const waiting: Decision = { ...plain, toState: [{ ...line, workloads: ['a', 'b'] }] };
    expect(weakFacts(waiting, environment())).toEqual([
      {
        kind: 'unknown',
        subject: 'a, b',
        message: 'it has to be stated before this can be placed',
        lines: [line],
      },
    ]);
  });
});
