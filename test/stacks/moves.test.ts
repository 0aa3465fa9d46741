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
let rehearsal: Rehearsal | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-moves-'));
  file = join(directory, 'shop.yaml');
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rehearsal?.close();
  rmSync(directory, { recursive: true });
});

async function placed(text: string, options = {}): Promise<{ readonly directory: string }> {
  writeFileSync(file, text);
  await place(file, { today: '2026-11-24', ...options });
  const outdir = mkdtempSync(join(directory, 'out-'));
  synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: file, root: directory });
  return { directory: outdir };
}

/** What a plan would do, each action once. */
async function actions(): Promise<string[]> {
  const plans = (await rehearsal?.plan()) ?? [];
  expect(plans.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  const changes = plans.flatMap(plan => plan.changes).filter(change => !change.actions.includes('no-op'));
  return [...new Set(changes.flatMap(change => change.actions))].sort();
}

async function deploy(): Promise<void> {
  for (const { ok, diagnostics } of (await rehearsal?.deploy()) ?? [])
    expect([ok, diagnostics]).toEqual([true, []]);
}

describe('an edit that moves what serves', () => {
  it.each<[string, string, string, string[]]>([
    [
      'to another SKU in its stack',
      sorter('sort', pinned('GlobalStandard')),
      sorter('sort', pinned('DataZoneStandard')),
      ['create'],
    ],
    [
      'of two workloads between venues, each to where the other was',
      sorter('sort', onOwnMachines) + sorter('tell', pinned('GlobalStandard')),
      sorter('sort', pinned('GlobalStandard')) + sorter('tell', onOwnMachines),
      ['create'],
    ],
    [
      'of a recipe',
      sorter('sort', onOwnMachines),
      sorter('sort', onOwnMachines.replace('own-network', 'own-network\n    contextTokens: 9000')),
      // The host name leads to the new machines then.
      ['create', 'update'],
    ],
  ])(
    '%s: destroys nothing until what replaces it serves, and then nothing else',
    async (_, before, after, first) => {
      rehearsal = await openRehearsal(await placed(shop(before)), {
        fixtures: shopDownloads,
      });
      await deploy();
      await placed(shop(before), { deployed: true });

      const moved = await placed(shop(after));
      await rehearsal.use(moved);
      expect(await actions()).toEqual(first);
      await deploy();
      // Placing again, with another edit that is about something else, still lets nothing go.
      await rehearsal.use(
        await placed(shop(after).replace('1000, inputTokens: 260', '1001, inputTokens: 260')),
      );
      expect((await actions()).filter(action => action === 'delete')).toEqual([]);

      await rehearsal.use(await placed(shop(after), { deployed: true }));
      expect(await actions()).toEqual(['delete']);
      await deploy();
      expect(await actions()).toEqual([]);
    },
  );
});
