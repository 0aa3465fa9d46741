import { App } from 'cdktf';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadEnvironment } from '../../config';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';

/** The real Terraform deploys, plans and destroys some ninety resources several times. */
jest.setTimeout(300_000);

const environments = resolve('config/environments');
const hostsUnit = 'azure-nc4as-t4-v3-swedencentral';

let directory: string;
let file: string;
let rehearsal: Rehearsal;
const lines: string[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'berth-dev-'));
  file = join(directory, 'dev.yaml');
  copyFileSync(join(environments, 'dev.yaml'), file);
  copyFileSync(join(environments, 'dev.lock.json'), join(directory, 'dev.lock.json'));
  const { weights, engines } = loadEnvironment(file);
  const artifacts = [...Object.values(weights), ...engines];
  rehearsal = await openRehearsal(
    { directory: synthesised('first') },
    {
      fixtures: Object.fromEntries(artifacts.map(({ url, sha256 }) => [url, sha256])),
      onProgress: line => lines.push(line),
    },
  );
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(directory, { recursive: true });
});

function synthesised(name: string): string {
  const outdir = join(directory, name);
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: directory });
  return outdir;
}

/** Changes the classifier's residency and site in the file, with traffic that the device carries, and places it again. */
function moveTheClassifier(): string {
  const [before, after = ''] = readFileSync(file, 'utf8').split('name: intent-classifier');
  const moved = after
    .replace('residency: own-network', 'residency: device\n    site: headquarters')
    .replace('requestsPerDay: 350000', 'requestsPerDay: 200000');
  writeFileSync(file, `${before}name: intent-classifier${moved}`);
  return placed();
}

function placed(...more: readonly string[]): string {
  const berth = [
    '--import',
    resolve('node_modules/tsx/dist/loader.mjs'),
    resolve('bin/berth.ts'),
    'place',
    file,
    '--today',
    '2026-11-24',
    ...more,
  ];
  return execFileSync(process.execPath, berth, { encoding: 'utf8', cwd: directory });
}

async function changes(): Promise<string[]> {
  const plans = await rehearsal.plan();
  expect(plans.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  return plans.flatMap(plan =>
    plan.changes.map(({ address, actions }) => `${plan.name}: ${actions.join(' ')} ${address}`),
  );
}

/** Each step starts from what the one before it left. */
describe('the rehearsed life of dev', () => {
  it('is deployed, and a second plan is empty', async () => {
    const stacks = await rehearsal.deploy();
    expect(stacks.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(stacks.map(({ name, ok }) => [name, ok])).toEqual([
      ['dev-platform', true],
      ['dev-catalog', true],
      ['dev-edge', true],
      ['dev-hosted', true],
      ['dev-hosts', true],
    ]);
    expect(await changes()).toEqual([]);
  });

  it('shows a change made outside Terraform in the next plan, and repairs it', async () => {
    const host = rehearsal.azure?.list().find(({ type }) => type === 'azurerm_linux_virtual_machine');
    const drift = await rehearsal.drift({ id: host?.id ?? '', attributes: { tags: { owner: 'nobody' } } });
    expect(drift?.found.map(({ stack, actions }) => [stack, actions])).toEqual([['dev-hosts', ['update']]]);
    expect(drift?.repaired).toBe(true);
  });

  it('moves a workload whose residency became device: the new place first, nothing else, the old machine gone', async () => {
    expect(moveTheClassifier()).toContain(
      '~ intent-classifier: vm store-intents (Standard_NC4as_T4_v3, swedencentral) → edge store-intents (pc-rtx-a4000-16gb, headquarters)',
    );
    await rehearsal.use({ directory: synthesised('moved') });
    const planned = await changes();
    expect(planned).toContain('dev-edge: create terraform_data.headquarters-workstation_065FF8BE');
    expect(planned.filter(change => !/^dev-edge: create /.test(change))).toEqual([]);
    const stacks = await rehearsal.deploy();
    expect(stacks.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const machines = () =>
      rehearsal.azure?.list().filter(({ type }) => type === 'azurerm_linux_virtual_machine').length;
    expect([machines(), await changes()]).toEqual([2, []]);

    placed('--deployed');
    await rehearsal.use({ directory: synthesised('let-go') });
    const last = await changes();
    expect(last).toContain(`dev-hosts: delete azurerm_linux_virtual_machine.${hostsUnit}_Machine1_16894724`);
    expect(last.filter(change => !/^dev-hosts: delete /.test(change))).toEqual([]);
    expect((await rehearsal.deploy()).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(rehearsal.azure?.list().filter(({ type }) => type === 'azurerm_linux_virtual_machine')).toEqual(
      [],
    );
    expect(rehearsal.deviceReports().map(({ name, units }) => [name, units.length])).toEqual([
      ['stockholm_till', 1],
      ['headquarters_workstation', 1],
    ]);
    expect(await changes()).toEqual([]);
  });

  it('is destroyed, leaves only names that Azure keeps, and is deployed again', async () => {
    await rehearsal.destroy();
    const { resources, inState, units, softDeleted } = rehearsal.leftovers();
    expect({ resources, inState, units }).toEqual({ resources: [], inState: [], units: [] });
    expect(softDeleted.map(({ id }) => id.split('/').slice(-3, -1).join('/')).sort()).toEqual([
      'Microsoft.KeyVault/vaults',
      'Microsoft.KeyVault/vaults',
      'Microsoft.OperationalInsights/workspaces',
    ]);
    const again = await rehearsal.deploy();
    expect(again.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(again.every(({ ok }) => ok)).toBe(true);
  });
});
