import { App } from 'cdktf';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';
import { onOwnMachines, shopDownloads, shopOf, sorter } from './small-shop';

/** The real Terraform plans and deploys a small environment several times. */
jest.setTimeout(600_000);

const shop = (workloads: string): string => shopOf(workloads, ['swedencentral', 'westeurope']);
const pinned = (sku: string): string => `    pin: { venue: hosted, model: gpt-5-mini, sku: ${sku} }\n`;

let directory: string;
let file: string;
let rehearsal: Rehearsal;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-moves-'));
  file = join(directory, 'shop.yaml');
});
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await rehearsal.close();
  rmSync(directory, { recursive: true });
});

const machines = (): string[] =>
  (rehearsal.azure?.list() ?? [])
    .filter(({ type }) => type === 'azurerm_linux_virtual_machine')
    .map(({ id }) => id);

async function placed(text: string, options = {}): Promise<{ readonly directory: string }> {
  writeFileSync(file, text);
  await place(file, { today: '2026-11-24', ...options });
  const outdir = mkdtempSync(join(directory, 'out-'));
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: directory });
  return { directory: outdir };
}

const runCommand = 'azurerm_virtual_machine_run_command';

/** What a plan would do, each action once. What is done again, and was done before, is told by its type. */
async function actions(): Promise<string[]> {
  const plans = await rehearsal.plan();
  expect(plans.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  const changes = plans.flatMap(plan => plan.changes).filter(change => !change.actions.includes('no-op'));
  return [
    ...new Set(
      changes.flatMap(({ actions: each, address }): readonly string[] =>
        address.startsWith(runCommand) && each.length > 1 ? [runCommand] : each,
      ),
    ),
  ].sort();
}

async function deploy(): Promise<void> {
  for (const { ok, diagnostics } of await rehearsal.deploy()) expect([ok, diagnostics]).toEqual([true, []]);
}

it('an edit that moves what serves destroys nothing until what replaces it serves, and then nothing else', async () => {
  const recipe = (tokens: number): string =>
    sorter('keep', onOwnMachines.replace('own-network', `own-network\n    contextTokens: ${tokens}`));
  const before = sorter('sort', onOwnMachines) + sorter('tell', pinned('GlobalStandard')) + recipe(8000);
  // Two workloads between venues, each to where the other was, and another recipe.
  const after = sorter('sort', pinned('DataZoneStandard')) + sorter('tell', onOwnMachines) + recipe(9000);
  rehearsal = await openRehearsal(await placed(shop(before)), { fixtures: shopDownloads });
  await deploy();
  await placed(shop(before), { deployed: true });

  await rehearsal.use(await placed(shop(after)));
  // Host names lead to the new machines then.
  expect(await actions()).toEqual(['create', 'update']);
  await deploy();
  // Placing again, with another edit that is about something else, still lets nothing go.
  await rehearsal.use(await placed(shop(after).replace('1000, inputTokens: 260', '1001, inputTokens: 260')));
  expect((await actions()).filter(action => action === 'delete')).toEqual([]);

  await rehearsal.use(await placed(shop(after), { deployed: true }));
  expect(await actions()).toEqual(['delete']);
  await deploy();
  expect(await actions()).toEqual([]);

  // Machines that nobody leaves take another recipe in place.
  await rehearsal.use(await placed(shop(after).replace('contextTokens: 9000', 'contextTokens: 9500')));
  expect(await actions()).toEqual([runCommand]);
  await rehearsal.use(await placed(shop(after)));
});

it('a machine that somebody deleted in Azure is made again by the next deploy, and nothing else is touched', async () => {
  const [before, id = ''] = [machines(), machines()[0]];
  rehearsal.azure?.remove(id);
  const changes = (await rehearsal.plan()).flatMap(plan => plan.changes);
  expect(changes.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`)).toEqual([
    'create azurerm_linux_virtual_machine',
    'create azurerm_monitor_data_collection_rule_association',
    'create azurerm_virtual_machine_extension',
    'create azurerm_virtual_machine_run_command',
  ]);
  await deploy();
  expect(machines().sort()).toEqual(before.sort());
  expect(await actions()).toEqual([]);
});
