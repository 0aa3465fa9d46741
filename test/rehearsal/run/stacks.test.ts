import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inOrder, reversed, sorted } from '../../../rehearsal/run/in-order';
import { useLocalBackends } from '../../../rehearsal/run/local-backend';
import { readAssembly, selectStacks } from '../../../rehearsal/run/stack';
import type { Assembly, Stack, StackJson } from '../../../rehearsal/run/stack';

const stack = (name: string, ...dependencies: string[]): Stack => ({
  name,
  dependencies,
  directory: '',
  json: {},
});
const stacks = [stack('dev-a'), stack('dev-b', 'dev-a'), stack('prod-a'), stack('dev-c', 'dev-b')];

describe('the selection of stacks', () => {
  it.each([
    [['*'], ['dev-a', 'dev-b', 'prod-a', 'dev-c']],
    [['dev-*'], ['dev-a', 'dev-b', 'dev-c']],
    [
      ['prod-a', 'dev-a'],
      ['dev-a', 'prod-a'],
    ],
  ])('%j selects %j', (patterns, selected) => {
    expect(selectStacks(stacks, patterns).map(({ name }) => name)).toEqual(selected);
  });

  it('refuses a name of no stack and a stack without what it depends on', () => {
    expect(() => selectStacks(stacks, ['dev-d'])).toThrow(
      'no stack is named "dev-d"; there are: dev-a, dev-b, prod-a, dev-c',
    );
    expect(() => selectStacks(stacks, ['dev-a', 'dev-c'])).toThrow(
      'stack dev-c needs dev-b, which ["dev-a","dev-c"] leaves out',
    );
  });
});

describe('the order of stacks', () => {
  async function order(
    of: readonly Stack[],
    limit: number,
    failing = '',
  ): Promise<{ log: string[]; skipped: string[] }> {
    const log: string[] = [];
    const skipped = await inOrder(of, limit, async ({ name }) => {
      log.push(`start ${name}`);
      await new Promise(done => setTimeout(done, 5));
      log.push(`end ${name}`);
      return name !== failing;
    });
    return { log, skipped };
  }

  it('starts a stack when all it depends on are done', async () => {
    const { log, skipped } = await order(stacks, 2);
    expect(skipped).toEqual([]);
    expect(log.slice(0, 2)).toEqual(['start dev-a', 'start prod-a']);
    expect(log.indexOf('start dev-b')).toBeGreaterThan(log.indexOf('end dev-a'));
    expect(log.indexOf('start dev-c')).toBeGreaterThan(log.indexOf('end dev-b'));
  });

  it('is kept where nothing depends on anything', () => {
    const mixed = [stack('z'), stack('b', 'c', 'elsewhere'), stack('c'), stack('a')];
    expect(sorted(mixed).map(({ name }) => name)).toEqual(['z', 'c', 'b', 'a']);
  });

  it('skips what stands behind a failure and finishes the rest', async () => {
    const { log, skipped } = await order(stacks, 1, 'dev-a');
    expect(skipped).toEqual(['dev-b', 'dev-c']);
    expect(log).toContain('end prod-a');
  });

  it('is the other way round to destroy', async () => {
    const { log } = await order(reversed(stacks), 1);
    expect(log.filter(line => line.startsWith('start dev'))).toEqual([
      'start dev-c',
      'start dev-b',
      'start dev-a',
    ]);
  });
});

describe('the backends of a rehearsal', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'berth-backend-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function assembly(of: Readonly<Record<string, StackJson>>): Assembly {
    const entries = Object.entries(of).map(([name, json]) => {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, 'cdk.tf.json'), JSON.stringify(json));
      return [
        name,
        { name, workingDirectory: name, synthesizedStackPath: `${name}/cdk.tf.json`, dependencies: [] },
      ] as const;
    });
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) }));
    return readAssembly(directory);
  }

  const blob = (key: string): Record<string, unknown> => ({ storage_account_name: 'states', key });
  const read = (name: string): StackJson =>
    JSON.parse(readFileSync(join(directory, name, 'cdk.tf.json'), 'utf8')) as StackJson;

  it('are local, also where one stack reads the state of another', () => {
    const replaced = useLocalBackends(
      assembly({
        a: { terraform: { backend: { azurerm: blob('a') } } },
        b: {
          terraform: { cloud: { organization: 'us' } },
          data: { terraform_remote_state: { other: { backend: 'azurerm', config: blob('a') } } },
        },
      }),
      '/states',
    );
    expect(replaced).toEqual([
      { stack: 'a', backend: 'azurerm' },
      { stack: 'b', backend: 'cloud' },
    ]);
    expect(read('a')).toEqual({ terraform: { backend: { local: { path: '/states/a.tfstate' } } } });
    expect(read('b')).toEqual({
      terraform: { backend: { local: { path: '/states/b.tfstate' } } },
      data: {
        terraform_remote_state: { other: { backend: 'local', config: { path: '/states/a.tfstate' } } },
      },
    });
  });

  it('cannot stand for a state that no stack under rehearsal has', () => {
    const alone = assembly({
      b: { data: { terraform_remote_state: { network: { backend: 'azurerm', config: blob('network') } } } },
    });
    expect(() => useLocalBackends(alone, '/states')).toThrow(
      'stack b reads the remote state network, which is of no stack under rehearsal: rehearse them together',
    );
  });
});
