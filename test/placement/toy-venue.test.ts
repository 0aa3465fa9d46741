import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

// The compiler reads all types of the engine, and a busy machine takes its time.
jest.setTimeout(600_000);

/** One folder: a shelf with one abacus, which costs a cent a month. */
const toy = `
import type { Offer, VenueTraits } from '../../offer';
import type { UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { VenueDefinition } from '../venue';

export interface ToyOffer extends Offer {
  readonly venue: 'toy';
  readonly provider: 'own';
}

export interface ToyUnit extends UnitBase {
  readonly venue: 'toy';
  readonly beads: number;
}

const traits: VenueTraits = {
  operatedBy: 'us',
  tenancy: 'dedicated',
  network: 'own',
  premises: 'ours',
  worksOffline: true,
  needsSite: false,
  tuning: 'none',
  stage: 'GA',
  serves: ['chat'],
};
const named = { venue: 'toy', provider: 'own', model: 'abacus', version: '1', sku: 'beads', location: 'shelf' } as const;
const usd = 0.01;

export const toy: VenueDefinition<ToyOffer, ToyUnit, 'toy'> = {
  name: 'toy',
  traits,
  offers: () => [
    {
      ...named,
      identity: { unitKey: 'toy', device: '', billing: '' },
      draw: { watts: 0, hours: 730 },
      class: {
        ...named,
        place: { ...traits, name: 'the shelf', processing: 'anywhere', connected: true, device: null },
        facts: { name: 'abacus', kind: 'chat', publisher: 'Toys', languages: ['en'], contextTokens: 100_000 },
      },
    },
  ],
  candidates: {
    size: () => ({ count: 1, capacity: 1, monthlyUsd: usd, priceDate: null, prices: null, verdicts: [] }),
    leastUsd: () => usd,
    leastUsdFor: () => ({ of: () => usd }),
    isPerToken: () => false,
    lacksSpotPrice: () => false,
    worthSizing: offers => offers,
    join: (joint, passing) => {
      for (const [workload, classes] of passing)
        for (const offer of classes.flat()) {
          joint.addMachineType({ id: 'toy', usdPerCount: usd, loadPerCount: 1, maxCount: 1 });
          joint.addCandidate({ workload, offer }, 'toy', { usd: 0, machineType: 'toy' });
        }
    },
  },
  inPlace: () => true,
  hasIdentities: false,
  toUnit: (id, members, size) => ({ ...unitBaseOf(id, 'toy', members, size), beads: 70 }),
  phrases: {
    name: () => 'shelf',
    colours: { own: ['#555555', '#aaaaaa'] },
    size: ({ sku }) => sku,
    where: ({ location }) => location,
    preposition: 'on',
    growsByCount: false,
  },
};
`;

const script = `
import { catalog, decide, explain, parseEnvironment, parseLock, renderTable, writeLock } from './config';
const traffic = { requestsPerDay: 100, inputTokens: 10, outputTokens: 10 };
const environment = parseEnvironment(
  {
    name: 'toys',
    azure: { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] },
    workloads: [
      { name: 'sums', task: 'chat', quality: 'any', connectivity: 'online', pin: { venue: 'toy' }, traffic },
      { name: 'vectors', task: 'embedding', traffic: { ...traffic, outputTokens: 0 } },
    ],
  },
  'toys',
);
void decide(environment, catalog, { asOf: '2026-11-24' }).then(decision => {
  const lock = parseLock(writeLock(environment, decision), 'toys.lock.json', 'place again', catalog);
  const table = renderTable(explain(decision, environment, catalog), { width: 100, colour: false });
  console.log(JSON.stringify({ units: lock.decision.units, table }));
});
`;

const root = resolve(__dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'berth-toy-'));
const rooms = ['config', 'catalog', 'sizing', 'placement', 'lock', 'report', 'limits', 'text'];

/** What the compiler says, by file. */
function complaints(): string[] {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(copy, 'tsconfig.json'),
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: String },
  );
  if (!parsed) throw new Error('there is no tsconfig.json');
  const program = ts.createProgram([join(copy, 'script.ts')], parsed.options);
  const said = ts.getPreEmitDiagnostics(program).map(({ file }) => relative(copy, file?.fileName ?? ''));
  return [...new Set(said)];
}

function edit(file: string, from: string, to: string): void {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe('a new venue', () => {
  beforeAll(() => {
    for (const room of rooms) cpSync(join(root, room), join(copy, room), { recursive: true });
    for (const file of ['tsconfig.json', 'package.json']) cpSync(join(root, file), join(copy, file));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'script.ts'), script);
    mkdirSync(join(copy, 'placement/venues/toy'));
    writeFileSync(join(copy, 'placement/venues/toy/index.ts'), toy);
    edit('placement/venues/names.ts', "'edge'] as const", "'edge', 'toy'] as const");
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is asked for by the registry once it has a name', () => {
    expect(complaints()).toContain('placement/venues/index.ts');
  });

  it('is one folder and one line: compiled, decided, locked and explained', () => {
    edit('placement/venues/index.ts', 'catalog, vm, edge }', 'catalog, vm, edge, toy }');
    edit(
      'placement/venues/index.ts',
      "import { vm } from './vm';",
      "import { toy } from './toy';\nimport { vm } from './vm';",
    );
    expect(complaints()).toEqual([]);
    const out = execFileSync(process.execPath, ['--import', 'tsx', 'script.ts'], {
      cwd: copy,
      encoding: 'utf8',
    });
    const { units, table } = JSON.parse(out) as { units: { id: string; venue: string }[]; table: string };
    expect(units).toContainEqual(
      expect.objectContaining({
        id: 'sums',
        offer: 'toy',
        venue: 'toy',
        model: 'abacus',
        monthlyUsd: 0.01,
        beads: 70,
      }),
    );
    expect(table).toContain('shelf: beads, shelf');
  });
});
