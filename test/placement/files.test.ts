import { statementLines } from '../../placement/statements';
import { decide } from '../../config';
import type { Decision, EnvironmentInput } from '../../config';
import { asOf, chat, environmentWith, weightsOf } from './offers';
import { catalogWith } from './small-catalog';

jest.setTimeout(60_000);

const catalog = catalogWith(
  [],
  ['bge-m3', 'bge-small-en-v1.5', 'qwen3-embedding-0.6b', 'qwen3-1.7b', 'qwen3-4b'],
  ['Standard_D4as_v6'],
);
const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
const ward = {
  site: 'ward',
  hardware: 'jetson-orin-nx-16gb',
  connection: { host: 'a.example.com', hostKey },
};
type Workload = EnvironmentInput['workloads'][number];

const search = (more: Partial<Workload>): Workload =>
  chat({
    name: 'search',
    task: 'embedding',
    traffic: { requestsPerDay: 20_000, inputTokens: 300, outputTokens: 0 },
    ...more,
  });
const decided = (workloads: readonly Workload[], weights: EnvironmentInput['weights']): Promise<Decision> =>
  decide(environmentWith(workloads, { azure, aws: undefined, devices: { ward }, weights }), catalog, {
    asOf,
  });
const served = ({ units }: Decision) => units.flatMap(unit => ('serves' in unit ? unit.serves : []));

describe('an embedding model', () => {
  it.each([
    ['a machine', { residency: 'own-network' } as const],
    ['a device', { residency: 'device', site: 'ward' } as const],
  ])(
    'runs on %s from a file whose hash is published, without a line of the environment',
    async (_, where) => {
      const decision = await decided([search(where)], {});
      expect(decision.toState).toBeUndefined();
      const [first] = served(decision);
      const known = catalog.openModels.find(({ id }) => id === first?.model);
      expect(first?.weights).toMatchObject({ id: null, sha256: known?.files?.[0]?.sha256 });
      expect(first?.pooling).toBe(known?.pooling);
      expect(decision.placements[0]?.reasons.find(({ rule }) => rule === 'weights-file')?.message).toMatch(
        /^the sha256 of its file \S+\.gguf is published \(.*\), and a machine takes no other$/,
      );
    },
  );

  it('runs from the file that the environment names, where it names one', async () => {
    const weights = { mine: weightsOf('bge-m3', { quantisation: 'Q8_0' }) };
    const decision = await decided([search({ residency: 'own-network', pin: { model: 'bge-m3' } })], weights);
    expect(served(decision)[0]?.weights.id).toBe('mine');
  });
});

describe('one entry of weights', () => {
  it('forbids no other model: what nothing that is stated can serve still gets its answer', async () => {
    const weights = { chatty: weightsOf('qwen3-1.7b') };
    const own = { residency: 'own-network' } as const;
    const better = chat({ name: 'better', ...own, quality: { atLeast: 'qwen3-4b' } });
    const decision = await decided([chat({ ...own, scope: 'focused' }), better, search(own)], weights);
    expect(decision.placements.map(({ workload, model }) => [workload, model])).toEqual([
      ['better', 'qwen3-4b'],
      ['chat', 'qwen3-1.7b'],
      ['search', expect.stringMatching(/bge-m3|qwen3-embedding/)],
    ]);
    expect(decision.toState?.map(({ key, workloads }) => [key, workloads])).toEqual([
      ['weights', ['better']],
    ]);
    expect(statementLines(decision.toState ?? []).slice(1)).toEqual([
      expect.stringMatching(/^ {2}qwen3-4b: \{ .* \} # for better$/),
      '  # npx berth weights add <model> writes such a line as its publisher states it',
    ]);
  });
});
