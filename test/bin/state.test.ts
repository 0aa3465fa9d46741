import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveStates } from '../../bin/state-move';
import type { BackendBlock } from '../../bin/state-backend';
import { StateServer } from '../../bench/deploy/state-server';

let directory: string;
let servers: StateServer[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-state-test-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map(server => server.stop()));
  rmSync(directory, { recursive: true });
});

async function remote(): Promise<BackendBlock> {
  const server = new StateServer();
  servers.push(server);
  await server.start();
  const [[type, config]] = Object.entries(server.backend) as [[string, Record<string, unknown>]];
  return { type, config };
}

function local(lineage?: string, serial = 3): BackendBlock {
  const path = join(directory, `${lineage ?? 'none'}.tfstate`);
  if (lineage !== undefined) writeFileSync(path, JSON.stringify(state(lineage, serial)));
  return { type: 'local', config: { path } };
}

/** As a stack of Berth leaves it, also of a provider that nobody has installed here. */
function state(lineage: string, serial: number): object {
  const instance = (attributes: object): object => ({
    schema_version: 0,
    attributes,
    sensitive_attributes: [],
  });
  const resource = (type: string, provider: string, attributes: object): object => ({
    mode: 'managed',
    type,
    name: 'x',
    provider: `provider["${provider}"]`,
    instances: [instance(attributes)],
  });
  const azurerm = 'registry.terraform.io/hashicorp/azurerm';
  return {
    version: 4,
    terraform_version: '1.9.0',
    serial,
    lineage,
    outputs: {},
    resources: [
      resource('azurerm_key_vault', azurerm, { id: '/subscriptions/x/resourceGroups/rg/kv', name: 'kv' }),
      resource('azurerm_resource_group', azurerm, {
        id: '/subscriptions/x/resourceGroups/rg',
        name: lineage,
      }),
    ],
    check_results: null,
  };
}

const shop = '5c3be411-0000-4000-8000-000000000001';
const other = '5c3be411-0000-4000-8000-000000000002';

/** What Terraform reads from a backend. */
async function pulled({ type, config }: BackendBlock): Promise<unknown> {
  const to = local();
  await moveStates([{ stack: 'read', from: { type, config }, to }]);
  const path = to.config.path as string;
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { resources: unknown }).resources
    : undefined;
}

describe('moving states', () => {
  it('takes each to its new place as it is, goes on after an interruption, and installs no provider', async () => {
    const [from, to] = [local(shop), await remote()];
    const moves = [
      { stack: 'dev-platform', from, to },
      { stack: 'dev-edge', from: local(), to: await remote() },
    ];
    const moved = await moveStates(moves);
    expect(moved.map(({ stack, resources }) => [stack, resources])).toEqual([
      ['dev-platform', 2],
      ['dev-edge', 0],
    ]);
    const { resources } = state(shop, 3) as { resources: unknown };
    expect(await pulled(to)).toMatchObject(resources as object);
    await moveStates([moves[0] as (typeof moves)[number]]);
    expect(await pulled(to)).toMatchObject(resources as object);
  }, 120_000);

  it('never writes over the state of something else, and moves nothing then', async () => {
    const taken = local(other);
    const before = readFileSync(taken.config.path as string, 'utf8');
    const free = await remote();
    await expect(
      moveStates([
        { stack: 'dev-platform', from: local(shop), to: free },
        { stack: 'dev-edge', from: local(shop), to: taken },
      ]),
    ).rejects.toThrow(
      'dev-edge: where its state would go there is another one (2 resources); choose another backend.keyPrefix, or delete it if it is a copy of this one',
    );
    expect(readFileSync(taken.config.path as string, 'utf8')).toBe(before);
    expect(await pulled(free)).toBeUndefined();
  }, 120_000);
});
