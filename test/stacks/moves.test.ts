import { App } from 'cdktf';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../../bin/place';
import { synthesiseEnvironments } from '../../stacks';
import { openRehearsal } from '../../testing';
import type { Rehearsal } from '../../testing';

/** The real Terraform plans and deploys a small environment several times. */
jest.setTimeout(600_000);

const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const head = `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral, westeurope] }
weights:
  intents:
    { model: qwen3-1.7b, fineTuned: true, quantisation: Q8_0, url: https://models.example.com/i.gguf, revision: v7, sha256: ${sha256}, measuredQuality: 0.4 }
engines:
  - { arch: amd64, accelerator: cuda, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${sha256} }
workloads:
`;
const workload = (name: string, more: string): string => `  - name: ${name}
    task: classification
    scope: focused
    quality: { index: -2 }
    traffic: { requestsPerDay: 1000, inputTokens: 260, outputTokens: 6 }
${more}`;
const own = '    residency: own-network\n    weights: intents\n';
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
  it.each<[string, string, string]>([
    [
      'to another SKU in its stack',
      workload('sort', pinned('GlobalStandard')),
      workload('sort', pinned('DataZoneStandard')),
    ],
    [
      'of two workloads between venues, each to where the other was',
      workload('sort', own) + workload('tell', pinned('GlobalStandard')),
      workload('sort', pinned('GlobalStandard')) + workload('tell', own),
    ],
    [
      'of a recipe',
      workload('sort', own),
      workload('sort', own.replace('own-network', 'own-network\n    contextTokens: 9000')),
    ],
  ])(
    '%s: destroys nothing until what replaces it serves, and then nothing else',
    async (_, before, after) => {
      rehearsal = await openRehearsal(await placed(head + before), {
        fixtures: {
          'https://models.example.com/i.gguf': sha256,
          'https://models.example.com/e.tar.gz': sha256,
        },
      });
      await deploy();
      await placed(head + before, { deployed: true });

      const moved = await placed(head + after);
      await rehearsal.use(moved);
      expect(await actions()).toEqual(['create']);
      await deploy();
      // Placing again, with another edit that is about something else, still lets nothing go.
      await rehearsal.use(
        await placed((head + after).replace('1000, inputTokens: 260', '1001, inputTokens: 260')),
      );
      expect((await actions()).filter(action => action === 'delete')).toEqual([]);

      await rehearsal.use(await placed(head + after, { deployed: true }));
      expect(await actions()).toEqual(['delete']);
      await deploy();
      expect(await actions()).toEqual([]);
    },
  );
});
