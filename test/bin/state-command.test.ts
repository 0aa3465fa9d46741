import { App } from 'cdktf';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { moveState } from '../../bin/state';
import type { Moved, StateMove } from '../../bin/state-move';
import { synthesiseEnvironments } from '../../stacks';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const backend = 'backend: { resourceGroupName: rg, storageAccountName: stshop, containerName: berth }\n';
const dev = `name: dev
azure: { subscriptionId: ${subscriptionId}, locations: [swedencentral] }
workloads:
  - name: chat
    task: chat
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;

let project: string;
let file: string;
let printed: string;
const before = process.cwd();
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'berth-state-command-'));
  file = join(project, 'dev.yaml');
  process.chdir(project);
  printed = '';
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation(text => {
      printed += String(text);
      return true;
    });
});
afterEach(() => {
  process.chdir(before);
  jest.restoreAllMocks();
  rmSync(project, { recursive: true });
});

interface LockFile {
  readonly deployed: { readonly state?: object };
}

const lock = (): LockFile => JSON.parse(readFileSync(join(project, 'dev.lock.json'), 'utf8')) as LockFile;

async function placed(text: string): Promise<void> {
  writeFileSync(file, text);
  await place(file, { today: '2026-11-24' });
}

/** Key of the platform's state, or its file, as it is synthesised. */
function keyOfPlatform(): unknown {
  const outdir = mkdtempSync(join(project, 'out-'));
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: project });
  const stack = JSON.parse(readFileSync(join(outdir, 'stacks', 'dev-platform', 'cdk.tf.json'), 'utf8')) as {
    terraform: { backend: { azurerm?: { key: string }; local?: { path: string } } };
  };
  return stack.terraform.backend.azurerm?.key ?? stack.terraform.backend.local?.path;
}

describe('the states of an environment', () => {
  it("have keys that another team's dev in the container does not have, chosen once", async () => {
    writeFileSync(join(project, 'cdktf.json'), '{ "projectId": "shop" }');
    await placed(dev + backend);
    expect(printed).toMatch(
      /placed for the first time, so its states will be in stshop\/berth\/7b1f6a52-\S+\/shop\/dev-\*\.tfstate; if dev is/,
    );
    expect(keyOfPlatform()).toBe(`${subscriptionId}/shop/dev-platform.tfstate`);
    writeFileSync(join(project, 'cdktf.json'), '{ "projectId": "renamed" }');
    await placed(dev.replace('1000', '2000') + backend);
    expect(keyOfPlatform()).toBe(`${subscriptionId}/shop/dev-platform.tfstate`);
  });

  it('of release 0.1 keep their keys, whatever is placed anew', async () => {
    const released = join(before, 'config', 'environments');
    writeFileSync(file, readFileSync(join(released, 'dev.yaml'), 'utf8') + backend);
    copyFileSync(
      join(before, 'test', 'lock', 'release-0.1.0', 'dev.lock.json'),
      join(project, 'dev.lock.json'),
    );
    expect(keyOfPlatform()).toBe('dev-platform.tfstate');
    await place(file, { today: '2026-11-24' });
    expect(Object.keys(lock().deployed)).toEqual(['devices', 'platform']);
    expect(keyOfPlatform()).toBe('dev-platform.tfstate');
  }, 60_000);

  it('are never left behind: another backend is refused until they are moved, and then built on', async () => {
    await placed(dev);
    expect(keyOfPlatform()).toBe('../../../terraform.dev-platform.tfstate');
    await placed(dev + backend);
    expect(keyOfPlatform).toThrow(
      `dev.lock.json: the states are in local files (terraform.dev-*.tfstate), and the environment's backend names in stshop/berth/dev-*.tfstate, where Terraform would begin with none; run: berth state move ${file}, or take the change back`,
    );
    const asked: StateMove[] = [];
    const move = (moves: readonly StateMove[]): Promise<Moved[]> => {
      asked.push(...moves);
      return Promise.resolve(moves.map(each => ({ ...each, resources: 0 })));
    };
    const old = lock();
    await expect(moveState(file, {}, move)).rejects.toThrow('--yes: it is needed where nobody can be asked');
    await expect(moveState(file, { yes: true }, () => Promise.reject(new Error('offline')))).rejects.toThrow(
      'offline',
    );
    expect(lock()).toEqual(old);
    await moveState(file, { yes: true }, move);
    const key = `${subscriptionId}/dev-platform.tfstate`;
    expect(asked).toHaveLength(5);
    expect(asked[0]).toEqual({
      stack: 'dev-platform',
      from: { type: 'local', config: { path: join(process.cwd(), 'terraform.dev-platform.tfstate') } },
      to: {
        type: 'azurerm',
        config: {
          resource_group_name: 'rg',
          storage_account_name: 'stshop',
          container_name: 'berth',
          key,
          use_azuread_auth: true,
        },
      },
    });
    const state = {
      backend: 'azurerm',
      storageAccountName: 'stshop',
      containerName: 'berth',
      keyPrefix: subscriptionId,
    };
    expect(lock()).toEqual({ ...old, deployed: { ...lock().deployed, state } });
    expect(keyOfPlatform()).toBe(key);
  });
});
