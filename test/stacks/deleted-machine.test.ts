import { App } from 'cdktf';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import { onOwnMachines, shopOf, sorter } from './small-shop';

/** The real Terraform deploys a platform and a machine twice. */
jest.setTimeout(120_000);

it('a machine that somebody deleted in Azure is made again by the next deploy, and nothing else is touched', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-deleted-'));
  const file = join(folder, 'shop.yaml');
  const printed = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  writeFileSync(file, shopOf(sorter('classifier', onOwnMachines)));
  await place(file, { today: '2026-11-24' });
  printed.mockRestore();
  const rehearsal = await openRehearsal({
    synthesise: outdir =>
      void synthesiseEnvironments(new App({ outdir, stackTraces: false }), {
        environment: file,
        root: folder,
      }),
  });
  try {
    const machine = 'azurerm_linux_virtual_machine';
    const machines = (): string[] =>
      (rehearsal.azure?.list() ?? []).filter(({ type }) => type === machine).map(({ id }) => id);
    expect((await rehearsal.deploy()).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const [id = ''] = machines();
    rehearsal.azure?.remove(id);
    const changes = (await rehearsal.plan()).flatMap(plan => plan.changes);
    expect(changes.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`)).toEqual([
      'create azurerm_linux_virtual_machine',
      'create azurerm_monitor_data_collection_rule_association',
      'create azurerm_virtual_machine_extension',
      'create azurerm_virtual_machine_run_command',
    ]);
    expect((await rehearsal.deploy()).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(machines()).toEqual([id]);
    expect((await rehearsal.plan()).flatMap(plan => plan.changes)).toEqual([]);
  } finally {
    await rehearsal.close();
    rmSync(folder, { recursive: true });
  }
});
