import { decide, lockText, parseLock, writeLock } from '../../config';
import type { Decision, EnvironmentInput, Lock } from '../../config';
import { deployedUnits, namedUnits } from '../../lock/conditions';
import { cacheRamMib } from '../../sizing/memory';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

jest.setTimeout(60_000);

const catalog = catalogWith([], ['qwen3-1.7b', 'bge-m3'], ['Standard_D4as_v6']);
const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
type Workload = EnvironmentInput['workloads'][number];

const environmentOf = (workloads: readonly Workload[], more: Partial<EnvironmentInput> = {}) =>
  environmentWith(workloads, { azure, aws: undefined, devices: {}, ...more });
const own = (more: Partial<Workload> = {}): Workload =>
  chat({
    name: 'helper',
    scope: 'focused',
    residency: 'own-network',
    contextTokens: 4000,
    traffic: { requestsPerDay: 100, inputTokens: 300, outputTokens: 20 },
    ...more,
  });
const kept = ({ units }: Pick<Decision, 'units'>) =>
  units.flatMap(unit =>
    'serves' in unit ? unit.serves.map(({ model, cacheRamMib: mib }) => [model, mib]) : [],
  );

describe('the memory in which a host keeps prompts', () => {
  it.each([
    [0.2, 1, 0],
    [0.3, 1, 256],
    [3, 1, 2048],
    [3, 2, 1024],
    [100, 1, 8192],
    [100, 0, 0],
    [-1, 1, 0],
  ])('is, of %d GiB left for %d models, %d MiB each', (left, models, mib) => {
    expect(cacheRamMib(left, models)).toBe(mib);
  });

  it('is what its models leave, and none for vectors', async () => {
    const chats = await decide(environmentOf([own()]), catalog, { asOf });
    const [unit] = chats.units;
    const { memoryGib = 0, usableMemoryGib = 0, cacheRamMib: mib = 0 } = unit?.sizing ?? {};
    expect(kept(chats)).toEqual([['qwen3-1.7b', mib]]);
    expect(mib).toBeGreaterThan(0);
    expect(memoryGib + mib / 1024).toBeLessThanOrEqual(usableMemoryGib);
    const traffic = { requestsPerDay: 100, inputTokens: 300, outputTokens: 0 };
    const vectors = await decide(
      environmentOf([own({ task: 'embedding', scope: 'general', contextTokens: 1000, traffic })]),
      catalog,
      { asOf },
    );
    expect(kept(vectors)).toEqual([['bge-m3', 0]]);
  });

  it('is left to an engine from before it could be limited', async () => {
    const engines = [
      {
        arch: 'amd64' as const,
        accelerator: 'cpu' as const,
        version: 'b6500',
        url: 'https://models.example.com/e.tar.gz',
        sha256: 'a'.repeat(64),
      },
    ];
    const decision = await decide(environmentOf([own()], { engines }), catalog, { asOf });
    expect(kept(decision)).toEqual([['qwen3-1.7b', undefined]]);
  });

  it('stays unlimited on machines that were set up before it was sized, also when they are sized anew', async () => {
    const environment = environmentOf([own()]);
    const text = writeLock(environment, await decide(environment, catalog, { asOf }));
    // As an earlier Berth wrote it.
    const earlier = text.replaceAll(/\n *"cacheRamMib": \d+,/g, '');
    const read = (lock: string): Lock => parseLock(lock, 'x.lock.json', 'place again', catalog);
    const before = read(earlier);
    expect(kept(before.decision)).toEqual([['qwen3-1.7b', undefined]]);
    const named = namedUnits(before.decision, before.going);
    const over = async (workload: Workload, isFresh: boolean) => {
      const now = environmentOf([workload]);
      const decision = await decide(now, catalog, {
        asOf,
        named,
        deployed: isFresh ? [] : deployedUnits(before.decision),
      });
      return read(writeLock(now, decision, before));
    };
    const shorter = own({ traffic: { requestsPerDay: 100, inputTokens: 200, outputTokens: 20 } });
    for (const [workload, isFresh] of [
      [own(), false],
      [shorter, false],
      [own(), true],
    ] as const) {
      const after = await over(workload, isFresh);
      expect(kept(after.decision)).toEqual([['qwen3-1.7b', undefined]]);
      expect(after.decision.units.map(({ id }) => id)).toEqual(before.decision.units.map(({ id }) => id));
      expect(lockText(after)).not.toContain('cacheRamMib');
    }
  });
});
