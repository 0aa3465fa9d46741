import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog } from '../../config';
import { fail } from '../../bin/failure';
import { upgrade } from '../../bin/upgrade';
import type { UpgradeOptions } from '../../bin/upgrade';
import { keptReleases, releasedStacks } from '../releases/release';

/** Each upgrade is a rehearsal of two plans and a deploy. */
jest.setTimeout(600_000);

const home = process.cwd();
let project: string;
let printed: { out: string; err: string };

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'berth-upgrade-'));
  const folder = join(project, 'config', 'environments');
  mkdirSync(folder, { recursive: true });
  cpSync(join(home, 'config', 'environments', 'dev.yaml'), join(folder, 'dev.yaml'));
  // It has no prices of its own: what it costs is told by those of today, and so is the day on which they were read.
  const released = readFileSync(join(home, 'test', 'lock', 'release-0.1.0', 'dev.lock.json'), 'utf8');
  const mini = catalog.hostedModels.find(({ name }) => name === 'gpt-5-mini');
  const day = mini?.prices.dataZoneEu?.asOf ?? catalog.hostedPricesAsOf;
  writeFileSync(join(folder, 'dev.lock.json'), released.replace('"2026-08-01"', `"${day}"`));
  process.chdir(project);
  process.exitCode = 0;
  printed = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((printed.out += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation(text => Boolean((printed.err += String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(home);
  process.exitCode = 0;
  rmSync(project, { recursive: true });
});

async function upgraded(options: UpgradeOptions = {}): Promise<unknown> {
  await upgrade(['dev'], options).catch(fail);
  return process.exitCode;
}

it('of what nobody deployed has nothing to say', async () => {
  expect(await upgraded()).toBe(0);
  expect(printed.out).toBe(
    'dev over nothing that is deployed: nothing changes\n\nNot shown\n  nothing is deployed, so there is nothing to upgrade\n',
  );
});

it('names a directory that holds no state', async () => {
  expect(await upgraded({ states: 'config' })).toBe(64);
  expect(printed).toEqual({
    out: '',
    err: "error --states: a directory with dev-platform.tfstate and the states of the other stacks is allowed, got 'config', which has none of them; terraform state pull writes one\n",
  });
});

describe.each(keptReleases())('of what release %s deployed', version => {
  it('tells what changes, which destroys and replaces nothing, moves no address, and converges in one deploy', async () => {
    for (const [stack, { state }] of Object.entries(releasedStacks(version, 'dev')))
      writeFileSync(join(project, `terraform.${stack}.tfstate`), JSON.stringify(state));
    const states = (): string[] =>
      readdirSync(project)
        .filter(name => name.endsWith('.tfstate'))
        .map(name => readFileSync(name, 'utf8'));
    const before = states();
    const status = await upgraded({ failOn: 'replace,destroy,restart,address,failure' });
    expect([status, printed.out.replace(/ \((?:[a-z_]+(?:, )?)+\)$/gm, '')]).toEqual([
      0,
      'dev over what an earlier Berth deployed\n\nChanged in place\n' +
        '  dev-platform: azapi_resource kv-dev-564dc\n  dev-catalog: azapi_resource kvmlwdevaf564dc\n' +
        '  dev-edge: terraform_data.stockholm-till_A69D4B68\n' +
        '  dev-hosts: azurerm_virtual_machine_run_command berth-health-check\n'.repeat(2) +
        '\nMade\n  dev-catalog: 1 resource\n  dev-edge: 2 resources\n\n' +
        'Not shown\n  what becomes of devices is planned, and not rehearsed\n',
    ]);
    expect([states(), states().length]).toEqual([before, 5]);
  });
});
