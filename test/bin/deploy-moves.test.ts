import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { DeployProject } from '../../bench/deploy/project';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(900_000);

const today = '2026-11-24';
const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const shop = `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral] }
weights:
  intents:
    { model: qwen3-1.7b, fineTuned: true, quantisation: Q8_0, url: https://models.example.com/i.gguf, revision: v7, sha256: ${sha256}, measuredQuality: 0.4 }
engines:
  - { arch: amd64, accelerator: cuda, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${sha256} }
workloads:
  - name: classifier
    task: classification
    scope: focused
    quality: { index: 0.2 }
    traffic: { requestsPerDay: 1000, inputTokens: 260, outputTokens: 6 }
`;
const inOwnNetwork = '    residency: own-network\n    weights: intents\n';

let directory: string;
let project: DeployProject | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-moves-'));
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await project?.close();
  rmSync(directory, { recursive: true });
});

async function placed(file: string, text: string): Promise<void> {
  writeFileSync(file, text);
  await place(file, { today });
}

describe('a workload that moves, deployed by the real CLI', () => {
  it('has its new place before its old one goes, also when the new one fails at first', async () => {
    const file = join(directory, 'shop.yaml');
    await placed(file, shop);
    const health = 'azurerm_virtual_machine_run_command';
    project = await DeployProject.open(file, { faults: [{ name: 'server-error', resource: health }] });
    await project.deployDirectly();
    const model = 'azurerm_cognitive_deployment';
    const serves = (): number =>
      (project?.rehearsal.azure?.list() ?? []).filter(each => each.type === model).length;
    expect(serves()).toBe(1);

    await placed(join(project.directory, 'config', 'environments', 'shop.yaml'), shop + inOwnNetwork);
    await project.serve();
    const wrong = await project.berth('deploy', ['--only', 'hosted', '--auto-approve']);
    expect([wrong.status, wrong.stderr]).toEqual([
      64,
      'error --only: workloads move from hosted to hosts, whose stack must be deployed first: name hosts too, or place the environment again with --deployed when it is\n',
    ]);
    const first = await project.berth('deploy', ['--auto-approve']);
    expect(first.stdout.trimEnd().split('\n').sort()).toEqual([
      'shop-catalog: deployed',
      'shop-edge: deployed',
      'shop-hosted: not tried, because it needs shop-hosts',
      'shop-hosts: failed; what went wrong is above',
      'shop-platform: deployed',
    ]);
    expect([first.status, serves(), project.locks()]).toEqual([6, 1, []]);

    const second = await project.berth('deploy', ['--auto-approve']);
    expect([second.status, serves(), project.locks()]).toEqual([0, 0, []]);
    const done = (project.rehearsal.azure?.operations() ?? []).filter(({ outcome }) => outcome === 'done');
    const last = (type: string, action: string): number =>
      done.findLastIndex(each => each.type === type && each.action === action);
    expect(last(health, 'create')).toBeGreaterThan(-1);
    expect(last(model, 'delete')).toBeGreaterThan(last(health, 'create'));
  });
});
