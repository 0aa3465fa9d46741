import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployProject } from '../../bench/deploy/project';
import { place } from '../../bin/place';

/** Each command starts a CLI for each stack. */
jest.setTimeout(900_000);

const home = process.cwd();
let project: DeployProject;
beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.chdir(home);
  await project.close();
});

interface Report {
  readonly stacks: readonly { readonly kept?: readonly { readonly id: string; readonly days: number }[] }[];
}

/** A workload that nobody deployed: the platform has no identity of it to tell others. */
const drafts = `
  - name: drafts
    task: chat
    pin: { model: gpt-5-mini, sku: GlobalStandard }
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;

const lines = (text: string): string[] => text.trimEnd().split('\n');

/** Somebody changes a tag by hand. */
async function findsDrift(): Promise<void> {
  const group = project.resources('dev-platform')?.find(id => /\/resourceGroups\/[^/]+$/.test(id)) ?? '';
  project.rehearsal.azure?.change(group, { tags: { owner: 'somebody' } });
  const drift = await project.berth('drift', ['platform', 'dev-hosted', '--json']);
  expect(JSON.parse(drift.stdout)).toEqual({
    environment: 'dev',
    command: 'drift',
    stacks: [
      {
        name: 'dev-platform',
        outcome: 'differs',
        changes: [{ address: expect.stringContaining('azurerm_resource_group.'), action: 'update' }],
      },
      { name: 'dev-hosted', outcome: 'same' },
    ],
  });
  expect(drift.status).toBe(2);
  const unknown = await project.berth('drift', ['network']);
  expect([unknown.status, unknown.stdout, unknown.stderr]).toEqual([
    64,
    '',
    "error stacks: dev-platform, dev-catalog, dev-edge, dev-hosted, dev-hosts are allowed, also without dev- and with *, got 'network'; name one of them\n",
  ]);
}

/** The platform is to get another identity, and what reads that cannot be planned before. */
async function showsDifferences(): Promise<void> {
  const { status, stdout } = await project.berth('diff', ['plat*', 'hosted']);
  expect(stdout).toMatch(
    /^dev-platform: differs\n {2}.*azurerm_user_assigned_identity.* will be created\n.*\n {2}Plan: /s,
  );
  expect(stdout).not.toContain('Refreshing state');
  expect(stdout).toMatch(
    /\ndev-hosted: could not be compared: dev-platform has not been deployed with what it reads: deploy that first\n$/,
  );
  expect(status).toBe(6);
}

describe('berth destroy', () => {
  it('takes down what needs nothing that fails, placed anew or not, says what Azure keeps, and goes on', async () => {
    project = await DeployProject.open('dev', {
      faults: [{ name: 'server-error', resource: 'azurerm_cognitive_deployment', action: 'delete' }],
    });
    await project.deployDirectly();
    await findsDrift();
    const file = join(project.directory, 'config', 'environments', 'dev.yaml');
    appendFileSync(file, drafts);
    process.chdir(project.directory);
    await place('dev', { today: '2026-11-24' });
    await showsDifferences();
    const vault = 'Microsoft.KeyVault/vaults';
    const first = await project.berth('destroy', ['--auto-approve']);
    expect(lines(first.stderr).slice(0, 10)).toEqual([
      'destroying dev:',
      '  dev-platform: 40 resources',
      `    ${vault} kv-dev-564dc is kept by Azure for 90 days: a deploy within that time brings it back`,
      '    Microsoft.OperationalInsights/workspaces log-dev-564dc is kept by Azure for 14 days: a deploy within that time brings it back',
      '  dev-catalog: 28 resources',
      `    ${vault} kvmlwdevaf564dc is kept by Azure for 90 days: a deploy within that time brings it back`,
      '  dev-edge: 3 resources',
      '  dev-hosted: 9 resources',
      '    what it reads of dev-platform was never deployed, so it is destroyed as its state has it',
      '  dev-hosts: 24 resources',
    ]);
    expect(lines(first.stdout).sort()).toEqual([
      `  ${vault} kvmlwdevaf564dc is kept by Azure for 90 days: a deploy within that time brings it back`,
      'dev-catalog: destroyed',
      'dev-edge: destroyed',
      'dev-hosted: failed; what went wrong is above',
      'dev-hosts: destroyed',
      'dev-platform: not tried, because it needs dev-hosted',
    ]);
    expect([first.status, project.locks()]).toEqual([6, []]);
    expect(project.resources('dev-platform')).toHaveLength(40);

    const second = await project.berth('destroy', ['--auto-approve', '--json']);
    expect([second.status, project.locks()]).toEqual([0, []]);
    const { resources, softDeleted, units } = project.rehearsal.leftovers();
    expect([resources, units]).toEqual([[], []]);
    const kept = (JSON.parse(second.stdout) as Report).stacks.flatMap(each => each.kept ?? []);
    const names = ({ id, days }: { id: string; days: number }): string => `${id.split('/').at(-1)} ${days}`;
    // What the catalogue kept was told by the first.
    expect([...kept.map(names), 'kvmlwdevaf564dc 90'].sort()).toEqual(
      softDeleted.map(({ id, keptHours }) => names({ id, days: keptHours / 24 })).sort(),
    );
  });
});
