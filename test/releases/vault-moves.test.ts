import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';
import { releasedApps } from './apps';
import { releasedStacks } from './release';

/** The whole life of a stack over an old state. */
jest.setTimeout(180_000);

const vaultId =
  '/subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11/resourceGroups/rg-claims/providers/Microsoft.KeyVault/vaults/kv-claims';

const work = mkdtempSync(join(tmpdir(), 'vault-moves-'));
let rehearsal: Rehearsal;
afterAll(async () => {
  await rehearsal.close();
  rmSync(work, { recursive: true });
});

async function deployed(): Promise<readonly string[]> {
  const stacks = await rehearsal.deploy();
  return stacks.flatMap(({ ok, diagnostics }) => (ok ? [] : diagnostics.map(({ summary }) => summary)));
}

async function changed(): Promise<readonly string[]> {
  return (await rehearsal.plan()).flatMap(({ ok, changes }) =>
    ok ? changes.map(({ address }) => address) : ['no plan'],
  );
}

it('a vault of release 0.1.0 is taken over, whatever interrupts it, and its name recovered', async () => {
  const app = releasedApps().find(({ name }) => name === 'claims-desk');
  const [directory, states] = [join(work, 'app'), join(work, 'states')];
  app?.synthesise(directory);
  mkdirSync(states);
  for (const [stack, { state }] of Object.entries(releasedStacks('0.1.0', 'claims-desk')))
    writeFileSync(join(states, `${stack}.tfstate`), JSON.stringify(state));
  const faults = [{ name: 'server-error', resource: 'azapi_resource', action: 'update' } as const];
  rehearsal = await openRehearsal({ directory }, { states, faults });

  expect(rehearsal.azure?.get(vaultId)?.type).toBe('azurerm_key_vault');
  expect(await deployed()).toEqual([expect.stringContaining('InternalServerError')]);
  expect(await deployed()).toEqual([]);
  expect(await changed()).toEqual([]);
  const ofVault = rehearsal.azure?.operations().filter(({ id }) => id === vaultId);
  expect(ofVault?.map(({ action, type, outcome }) => [action, type, outcome])).toEqual([
    ['update', 'azapi_resource', 'failed'],
    ['update', 'azapi_resource', 'done'],
  ]);

  expect((await rehearsal.destroy()).every(({ ok }) => ok)).toBe(true);
  expect(rehearsal.leftovers().softDeleted).toContainEqual(
    expect.objectContaining({ id: vaultId, keptHours: 2160, location: 'swedencentral' }),
  );
  expect(await deployed()).toEqual([]);
  expect(rehearsal.azure?.get(vaultId)?.attributes['body']).toMatchObject({
    properties: { createMode: 'recover' },
  });
  expect(await changed()).toEqual([]);
});
