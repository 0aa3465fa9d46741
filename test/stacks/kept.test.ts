import { App } from 'cdktf';
import type { TerraformResource } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../bin/explain';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';
import { catalog, loadEnvironment, readCheckedLock } from '../../config';
import { EnvironmentStacks } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';

/** The real Terraform deploys and plans some fifty resources, several times. */
jest.setTimeout(240_000);

const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const assistant = `
  - name: assistant
    task: chat
    scope: focused
    residency: device
    site: shop
    latency: { tokensPerSecond: 1 }
    traffic: { requestsPerDay: 200, inputTokens: 400, outputTokens: 150 }
`;
const chat = `
  - name: chat
    task: chat
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;
const both = `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral, francecentral] }
weights:
  small: { model: qwen3-1.7b, quantisation: Q4_K_M, url: https://models.example.com/w.gguf, revision: v1, sha256: ${sha256} }
engines:
  - { arch: amd64, accelerator: cpu, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${sha256} }
devices:
  till:
    site: shop
    hardware: { memoryGib: 16, memoryBandwidthGbs: 50, runsOn: cpu, arch: amd64 }
    connection: { host: till.example.com, hostKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5 }
workloads:${assistant}${chat}`;

let folder: string;
let file: string;
let rehearsal: Rehearsal;
let said: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-kept-'));
  file = join(folder, 'shop.yaml');
  await placed(both);
  const urls = ['https://models.example.com/w.gguf', 'https://models.example.com/e.tar.gz'];
  rehearsal = await openRehearsal(target(), {
    fixtures: Object.fromEntries(urls.map(url => [url, sha256])),
  });
  expect((await rehearsal.deploy()).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});

async function placed(text: string, letGo?: readonly string[]): Promise<void> {
  writeFileSync(file, text);
  await heard(() => place(file, { today: '2026-11-24', letGo, deployed: true }).catch(fail));
  process.exitCode = 0;
}

/** Runs something and keeps what it prints. */
async function heard(run: () => Promise<void>): Promise<void> {
  said = [];
  const streams = [process.stdout, process.stderr].map(stream =>
    jest.spyOn(stream, 'write').mockImplementation(text => {
      said.push(...String(text).replaceAll(`${folder}/`, '').trimEnd().split('\n'));
      return true;
    }),
  );
  await run();
  for (const stream of streams) stream.mockRestore();
}

/** The environment as it was placed last. @param edit of its stacks, as an escape hatch of cdktf makes it */
function target(edit: (stacks: EnvironmentStacks['stacks']) => void = () => undefined): {
  readonly synthesise: (outdir: string) => void;
} {
  return {
    synthesise: outdir => {
      const app = new App({ outdir, stackTraces: false });
      const environment = loadEnvironment(file);
      const lock = readCheckedLock(file, environment, catalog);
      edit(new EnvironmentStacks(app, { environment, ...lock }).stacks);
      app.synth();
    },
  };
}

async function planned(): Promise<string[]> {
  const plans = await rehearsal.plan();
  return plans.flatMap(({ name, ok, changes, diagnostics }) =>
    ok
      ? changes.map(({ address, actions }) => `${name}: ${actions.join(' ')} ${address.split('.')[0]}`)
      : diagnostics.map(({ summary }) => `${name}: ${summary}`),
  );
}

const accounts = (): string[] =>
  (rehearsal.azure?.list() ?? [])
    .filter(({ type }) => type === 'azurerm_cognitive_account')
    .map(({ id }) => id);

/** Each step starts from what the one before it left. */
describe('what an environment keeps', () => {
  it('is not destroyed or replaced by any plan', async () => {
    await rehearsal.use(
      target(({ platform, hosted }) => {
        const at = (path: string, scope = platform): TerraformResource =>
          path.split('/').reduce((node, id) => node.node.findChild(id) as never, scope) as never;
        at('network/Resource').addOverride('location', 'francecentral');
        at('account-swedencentral/Resource', hosted).addOverride('custom_subdomain_name', 'another');
      }),
    );
    expect(await planned()).toEqual([
      'shop-platform: Instance cannot be destroyed',
      'shop-hosted: Instance cannot be destroyed',
    ]);
  });

  it('stays when its last workload goes, and explain says what it costs', async () => {
    await placed(both.replace(chat, ''));
    // What goes is let go by the placement after the deploy.
    await placed(both.replace(chat, ''));
    const kept =
      'account-swedencentral: it is kept though no workload uses it, for at least $7.30 a month (its private endpoint); berth place shop --let-go account-swedencentral lets it go';
    expect(said).toContain(`warning shop: ${kept}`);
    await heard(() => explain([file], { today: '2026-11-24', json: true }));
    expect(JSON.parse(said.join('\n'))).toMatchObject({
      warnings: [{ subject: 'account-swedencentral', message: kept.replace('account-swedencentral: ', '') }],
    });
    await rehearsal.use(target());
    const changes = await planned();
    expect(changes).toContain('shop-hosted: delete azurerm_cognitive_deployment');
    expect(changes.filter(change => change.includes('account'))).toEqual([]);
    expect((await rehearsal.deploy()).every(({ ok }) => ok)).toBe(true);
    expect(accounts()).toHaveLength(1);
  });

  it('goes when it is let go by name, and no sooner', async () => {
    await placed(both.replace(chat, ''), ['account-francecentral']);
    expect(said).toEqual([
      "error --let-go: account-swedencentral is kept and may be let go, got 'account-francecentral'",
    ]);
    await placed(both, ['account-swedencentral']);
    expect(said).toEqual([
      'error --let-go: account-swedencentral would serve chat; place it elsewhere and deploy that first, then let it go',
    ]);
    await placed(both.replace(chat, ''), ['account-swedencentral']);
    expect(said).toContain(
      'account-swedencentral is let go: the next deploy destroys it, with all that it holds',
    );
    await rehearsal.use(target());
    expect((await rehearsal.deploy()).every(({ ok }) => ok)).toBe(true);
    expect(accounts()).toEqual([]);
    expect(await planned()).toEqual([]);
    await placed(both);
    await placed(both, ['account-swedencentral']);
    expect(said).toEqual([
      'error --let-go: account-swedencentral serves chat; place it elsewhere and deploy that first, then let it go',
    ]);
  });

  it('goes with all the rest when the environment is taken down, also once more was placed and not deployed', async () => {
    await rehearsal.use(target());
    expect((await rehearsal.deploy()).every(({ ok }) => ok)).toBe(true);
    await placed(both + chat.replace('name: chat', 'name: drafts'));
    await rehearsal.use(target());
    expect((await rehearsal.destroy()).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(rehearsal.leftovers().resources).toEqual([]);
    const protectedAgain = readFileSync(join(rehearsal.stacks[0]?.file ?? ''), 'utf8');
    expect(protectedAgain).toContain('"prevent_destroy": true');
  });
});
