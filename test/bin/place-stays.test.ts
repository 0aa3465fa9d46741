import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../bin/explain';
import { place } from '../../bin/place';
import { loadCatalog, loadEnvironment, salvageLock } from '../../config';
import type { PlaceCommandOptions } from '../../bin/place';
import { validate } from '../../bin/validate';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

const today = '2026-11-24';
const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const shop = `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral] }
prices: prices.json
weights:
  intents:
    { model: qwen3-1.7b, fineTuned: true, quantisation: Q8_0, url: https://models.example.com/i.gguf, revision: v7, sha256: ${sha256}, measuredQuality: 0.4 }
engines:
  - { arch: amd64, accelerator: cuda, version: b9000, url: https://models.example.com/e.tar.gz, sha256: ${sha256} }
workloads:
  - name: classifier
    task: classification
    scope: focused
    weights: intents
    residency: own-network
    traffic: { requestsPerDay: 1000, inputTokens: 260, outputTokens: 6 }
`;
const prices = (t4: number, twice: number) => ({
  tables: [
    {
      cloud: 'azure',
      region: 'swedencentral',
      asOf: '2026-11-20',
      currency: 'USD',
      source: 'a contract',
      usdPerHour: { Standard_NC4as_T4_v3: t4, Standard_NC8as_T4_v3: twice },
    },
  ],
});

let file: string;
let said: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'berth-stays-')), 'shop.yaml');
  writeFileSync(file, shop);
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((said += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(join(file, '..'), { recursive: true });
});

/** What the command says of a placement at these prices an hour. */
async function placed(t4: number, twice: number, options: PlaceCommandOptions = {}): Promise<string[]> {
  writeFileSync(join(file, '..', 'prices.json'), JSON.stringify(prices(t4, twice)));
  said = '';
  await place(file, { today, ...options });
  return said.trimEnd().split('\n').slice(1);
}

interface PlacedLock {
  readonly decision: {
    readonly units: readonly { id: string; sku: string; sizing?: { workloads: Record<string, object> } }[];
  };
  readonly going: readonly { readonly unit: { readonly id: string } }[];
}

const lock = (): PlacedLock => JSON.parse(lockText()) as PlacedLock;
const units = (): object => ({
  serve: lock().decision.units.map(({ sku }) => sku),
  go: lock().going.map(({ unit }) => unit.id),
});

const lockText = (): string => readFileSync(file.replace('.yaml', '.lock.json'), 'utf8');

it('moves nothing for 0.001 USD, says what staying costs, and moves it when that is asked for', async () => {
  await placed(0.5, 0.501);
  const first = lockText();
  expect(await placed(0.5, 0.499)).toEqual([
    'nothing moved',
    'classifier stays on classifier-1, although intents (Azure VM: NC8as_T4_v3 in swedencentral) would cost $0.73 a month less; what is deployed moves for more than $62.01 (moveWhen)',
  ]);
  const second = lockText();
  const rest = (text: string): string => text.replace(/"optimality": \{[^}]*\}|"serial": \d+/g, '');
  expect(rest(second)).toBe(rest(first));
  expect(await placed(0.5, 0.499)).toHaveLength(2);
  expect(lockText()).toBe(second);

  said = '';
  await validate([file], {});
  expect(said).toContain('shop is valid, 1 workload, its lock of 2026-11-24 holds');
  said = '';
  await explain([file], { today });
  expect(said.replace(/\s+/g, ' ')).toContain(
    'stays although intents (Azure VM: NC8as_T4_v3 in swedencentral) would cost $0.73 a month less; what is deployed moves for more than $62.01 (moveWhen)',
  );
  expect(said.replace(/\s+/g, ' ')).toContain(
    'Proven that no placement costs less than $364, which is 0.20 % below $365. What is deployed stays, because moving would save too little.',
  );

  expect(said.replace(/\s+/g, ' ')).toContain('$0.73 less, but too little to move for');

  const moved = await placed(0.5, 0.499, { fresh: true });
  expect(moved).not.toContain('nothing moved');
  expect(lockText()).toContain('"sku": "Standard_NC8as_T4_v3"');
});

it('takes nothing away for a move that is taken back before it is deployed, unless that too would save enough', async () => {
  await placed(0.5, 0.501);
  await placed(0.5, 0.3, { deployed: true });
  expect(units()).toEqual({ serve: ['Standard_NC8as_T4_v3'], go: ['classifier-1'] });
  expect(await placed(0.5, 0.3)).toContain('nothing moved');
  await placed(0.5, 0.499);
  expect(units()).toEqual({ serve: ['Standard_NC4as_T4_v3'], go: ['classifier-2'] });

  // What was deployed in the meantime is what stays.
  await placed(0.5, 0.3);
  await placed(0.5, 0.499, { deployed: true });
  expect(units()).toEqual({ serve: ['Standard_NC8as_T4_v3'], go: [] });
});

it('keeps what the machines of a renamed workload were sized by', async () => {
  await placed(0.5, 0.501);
  const [unit] = lock().decision.units;
  writeFileSync(file, shop.replace('name: classifier', 'name: sorter\n    formerly: classifier'));
  const environment = loadEnvironment(file);
  const standing = salvageLock(file, loadCatalog(file, environment))?.standing(environment);
  const { classifier, ...others } = unit?.sizing?.workloads ?? {};
  expect(classifier).toBeDefined();
  expect(standing?.map(({ sizing }) => sizing)).toEqual([
    { ...unit?.sizing, workloads: { ...others, sorter: classifier } },
  ]);
  await placed(0.5, 0.501);
  expect(lock().decision.units.map(({ id }) => id)).toEqual(['classifier-1']);
});
