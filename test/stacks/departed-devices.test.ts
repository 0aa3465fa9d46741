import { App } from 'cdktf';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';
import { forget } from '../../bin/state-forget';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';

/** A deploy that waited for a dead device would take five minutes. */
jest.setTimeout(120_000);

const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const keys = {
  old: 'AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5',
  new: 'AAAAC3NzaC1lZDI1NTE5AAAAIEqRWq3iwQ4HkzvMZXxYekKIh3zITlxIY9GL/IRYV0lM',
};
const device = (name: string, key = keys.old): string => `  ${name}:
    site: ${name}-site
    hardware: { memoryGib: 16, memoryBandwidthGbs: 50, runsOn: cpu, arch: amd64 }
    connection: { host: ${name}.example.com, hostKey: ssh-ed25519 ${key} }
`;

/** An environment of devices, and a workload at the site of each that is named. */
function shop(devices: readonly string[], at: readonly string[]): string {
  return `name: shop
weights:
  small: { model: qwen3-1.7b, quantisation: Q4_K_M, url: https://models.example.com/w.gguf, revision: v1, sha256: ${sha256} }
engines:
  - { arch: amd64, accelerator: cpu, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${sha256} }
devices:
${devices.join('')}workloads:
${at
  .map(
    name => `  - name: at-${name}
    task: chat
    scope: focused
    residency: device
    site: ${name}-site
    traffic: { requestsPerDay: 200, inputTokens: 400, outputTokens: 150 }
`,
  )
  .join('')}`;
}

let folder: string;
let file: string;
let rehearsal: Rehearsal;
let said: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-departed-'));
  file = join(folder, 'shop.yaml');
  await placed(shop([device('till'), device('desk')], ['till', 'desk']));
  const urls = ['https://models.example.com/w.gguf', 'https://models.example.com/e.tar.gz'];
  rehearsal = await openRehearsal(target, { fixtures: Object.fromEntries(urls.map(url => [url, sha256])) });
  await deployed();
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});

const target = {
  synthesise: (outdir: string): void =>
    void synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: folder }),
};

async function placed(text: string): Promise<void> {
  writeFileSync(file, text);
  said = [];
  const streams = [process.stdout, process.stderr].map(stream =>
    jest.spyOn(stream, 'write').mockImplementation(line => {
      said.push(...String(line).replaceAll(`${folder}/`, '').trimEnd().split('\n'));
      return true;
    }),
  );
  await place(file, { today: '2026-11-24', deployed: true }).catch(fail);
  for (const stream of streams) stream.mockRestore();
  expect(process.exitCode ?? 0).toBe(0);
}

async function deployed(): Promise<void> {
  const stacks = await rehearsal.deploy();
  expect(
    stacks.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error')),
  ).toEqual([]);
  expect((await rehearsal.plan()).flatMap(({ changes }) => changes)).toEqual([]);
}

/** What the state knows of the device: nobody answers there any more. */
function kill(name: string): void {
  const state = join(rehearsal.directory, 'state', 'shop-edge.tfstate');
  const content = JSON.parse(readFileSync(state, 'utf8')) as {
    readonly resources: readonly {
      readonly name: string;
      readonly instances: readonly {
        readonly attributes: Record<'input' | 'output', { value: { port: number } } | null>;
      }[];
    }[];
  };
  for (const { name: own, instances } of content.resources)
    if (own.startsWith(`${name}_`))
      for (const { attributes } of instances)
        for (const kept of [attributes.input, attributes.output]) if (kept) kept.value.port = 9;
  writeFileSync(state, JSON.stringify(content));
}

/** Runs a command in the folder of the environment, and hears what it says without the hashes of addresses. */
async function heard(run: () => Promise<unknown>): Promise<string> {
  let all = '';
  const streams = [process.stdout, process.stderr].map(stream =>
    jest.spyOn(stream, 'write').mockImplementation(text => Boolean((all += String(text)))),
  );
  const home = process.cwd();
  process.chdir(folder);
  await run().catch(fail);
  process.chdir(home);
  for (const stream of streams) stream.mockRestore();
  const status = process.exitCode ?? 0;
  process.exitCode = 0;
  return `${status} ${all.replace(/_[0-9A-F]{8}/g, '')}`;
}

const units = (): Record<string, number> =>
  Object.fromEntries(rehearsal.deviceReports().map(({ name, units: held }) => [name, held.length]));
const inState = (): readonly string[] => rehearsal.state('shop-edge').resources;

/** Each step starts from what the one before it left. */
describe('a device', () => {
  it('whose key was changed is not built from a lock that does not know of it', () => {
    expect(units()).toEqual({ till: 1, desk: 1 });
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, shop([device('till', keys.new), device('desk')], ['till', 'desk']));
    expect(() => target.synthesise(join(folder, 'out'))).toThrow(
      'device till: it has another host key than deployed.devices, so that it is other hardware, on which no model stands',
    );
    writeFileSync(file, written);
  });

  it('that was set up anew under its old key is forgotten by a command, and gets its model again', async () => {
    kill('till');
    const states = join(rehearsal.directory, 'state', 'shop-edge.tfstate');
    const local = join(folder, 'terraform.shop-edge.tfstate');
    copyFileSync(states, local);
    const before = readFileSync(local, 'utf8');
    const run = (things: string[], yes?: true): Promise<string> => heard(() => forget(file, things, { yes }));
    expect(await run(['till'])).toContain(
      '64 error --yes: it is needed where nobody can be asked; add it, or run this at a terminal',
    );
    expect(await run(['till', 'tills'], true)).toContain(
      "64 error things: devices and addresses that the states of shop hold are allowed, got 'tills'; list them with: terraform state list",
    );
    expect(readFileSync(local, 'utf8')).toBe(before);
    expect(await run(['till'], true)).toContain(
      'shop-edge: terraform_data.till\nshop-edge: terraform_data.till_Recipe\nforgotten; the next deploy makes anew what shop still has of it\n',
    );
    copyFileSync(local, states);
    expect(inState()).toHaveLength(2);
    await deployed();
    expect([inState().length, units()]).toEqual([4, { till: 1, desk: 1 }]);
  });

  it('whose hardware was swapped has its model installed, though the old one is dead', async () => {
    kill('till');
    await placed(shop([device('till', keys.new), device('desk')], ['till', 'desk']));
    expect(said).toContain(
      'note shop.lock.json: till has another host key: the next deploy sets it up as other hardware, and what stood under that name is forgotten',
    );
    await rehearsal.use(target);
    const changes = (await rehearsal.plan()).flatMap(plan => plan.changes);
    expect(changes.map(({ address, actions }) => [address.replace(/_[0-9A-F]{8}$/, ''), actions])).toEqual([
      ['terraform_data.till_2', ['create']],
      ['terraform_data.till_2_Recipe', ['create']],
      ['terraform_data.till', ['forget']],
      ['terraform_data.till_Recipe', ['forget']],
    ]);
    await deployed();
    expect(inState()).toHaveLength(4);
    await placed(shop([device('till', `${keys.new} root@till`), device('desk')], ['till', 'desk']));
    expect(said.filter(line => line.startsWith('note'))).toEqual([]);
  });

  it('on which nothing stands any more is cleared', async () => {
    // What goes is let go by the placement after the deploy.
    for (let step = 0; step < 2; step += 1)
      await placed(shop([device('till', keys.new), device('desk')], ['till']));
    await rehearsal.use(target);
    await deployed();
    expect(units()).toMatchObject({ desk: 0 });
    expect(inState()).toEqual([
      expect.stringMatching(/^terraform_data\.till_2_[0-9A-F]{8}$/),
      expect.stringMatching(/^terraform_data\.till_2_Recipe_/),
    ]);
  });

  it('that is dead and taken out of the environment is forgotten, and the deploy goes on', async () => {
    kill('till_2');
    await placed(shop([device('desk')], ['desk']));
    expect(said).toContain(
      'note shop.lock.json: till is no longer in the environment: the next deploy forgets it, and what it holds stays on it',
    );
    await rehearsal.use(target);
    await deployed();
    expect(inState()).toEqual([
      expect.stringMatching(/^terraform_data\.desk_[0-9A-F]{8}$/),
      expect.stringMatching(/^terraform_data\.desk_Recipe_/),
    ]);
    await placed(shop([device('desk')], ['desk']));
    expect(said.filter(line => line.startsWith('note'))).toEqual([]);
  });
});
