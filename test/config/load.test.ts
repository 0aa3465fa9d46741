import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog, environmentFiles, loadCatalog, loadEnvironment } from '../../config';
import { devInput, environmentsDirectory } from './dev-input';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-load-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

describe('loading an environment', () => {
  it.each(['local.yaml', 'dev.yaml', 'prod.ts'])('reads the shipped %s', name => {
    expect(loadEnvironment(join(environmentsDirectory, name)).name).toBe(name.split('.')[0]);
  });

  it('reads the same from JSON as from YAML', () => {
    const file = write('dev.json', JSON.stringify(devInput()));
    expect(loadEnvironment(file)).toEqual(loadEnvironment(join(environmentsDirectory, 'dev.yaml')));
  });

  it('says line and column of every YAML error', () => {
    const file = write('broken.yaml', 'name: dev\nworkloads:\n  - name: a\n   task: chat\n');
    expect(() => loadEnvironment(file)).toThrow(
      `${file}:4:1: must be valid YAML, got an error: Sequence item without - indicator; correct the syntax`,
    );
  });

  it('refuses a key that stands twice', () => {
    const file = write('twice.yaml', 'name: dev\nname: prod\n');
    expect(() => loadEnvironment(file)).toThrow(
      `${file}:2:1: must be valid YAML, got an error: Map keys must be unique`,
    );
  });

  it('says that a file is missing', () => {
    const file = join(directory, 'none.yaml');
    expect(() => loadEnvironment(file)).toThrow(
      `${file}: a file is needed here, got nothing; check the path, or create it`,
    );
  });

  it('says that a directory is no file', () => {
    expect(() => loadEnvironment(directory)).toThrow(
      `${directory}: a file is needed here, got a directory; name a file`,
    );
  });

  it('says which endings it reads', () => {
    const file = write('dev.toml', '');
    expect(() => loadEnvironment(file)).toThrow(
      `${file}: must be a .yaml, .yml, .json or .ts file, got '.toml'; rename it, or write it as one of those`,
    );
  });

  it('says what a TypeScript module got wrong, without a stack trace', () => {
    const file = write('broken.ts', 'throw new Error("no");');
    expect(() => loadEnvironment(file)).toThrow(
      `${file}: must be a TypeScript module with a default export of plain data, got an error: Error: no; correct the module`,
    );
  });
});

describe('the environments of a project', () => {
  it('are its files without those that stand beside them', () => {
    const folder = join(directory, 'config', 'environments');
    mkdirSync(folder, { recursive: true });
    const beside = ['dev.lock.json', 'prices.json', 'dev.prices.json', 'types.d.ts', 'notes.md'];
    for (const name of ['dev.yaml', 'prod.ts', 'local.json', 'myprices.json', ...beside])
      writeFileSync(join(folder, name), '{}');
    expect(environmentFiles(directory)).toEqual(
      ['dev.yaml', 'local.json', 'myprices.json', 'prod.ts'].map(name => join(folder, name)),
    );
  });
});

describe('the prices of an environment', () => {
  const table = {
    cloud: 'azure',
    region: 'swedencentral',
    asOf: '2026-11-20',
    currency: 'USD',
    source: 'ours',
    usdPerHour: { Standard_D2s_v5: 0.09 },
  };

  it('are the shipped ones unless it names a file', () => {
    expect(loadCatalog('dev.yaml', {})).toBe(catalog);
  });

  it('are those of the file beside it, for the regions that the file has', () => {
    write('prices.json', JSON.stringify({ tables: [table] }));
    const own = loadCatalog(join(directory, 'dev.yaml'), { prices: 'prices.json' });
    const others = catalog.machinePrices.filter(({ region }) => region !== 'swedencentral');
    expect(own.machinePrices).toEqual([table, ...others]);
  });

  it.each([
    [
      'a price as text',
      { tables: [{ ...table, usdPerHour: { Standard_D2s_v5: '0.09' } }] },
      "1:121: tables[0].usdPerHour.Standard_D2s_v5: must be a number, got '0.09'",
    ],
    [
      'another currency',
      { tables: [{ ...table, currency: 'EUR' }] },
      "1:74: tables[0].currency: must be USD, got 'EUR'",
    ],
    [
      'a regional price of no region',
      {
        tables: [],
        tokenPrices: [
          {
            model: 'gpt-4.1',
            version: '2025-04-14',
            scope: 'regional',
            price: { input: 2.4, cachedInput: 0.6, output: 9.6, source: 'ours', asOf: '2026-11-20' },
          },
        ],
      },
      '1:29: tokenPrices[0].region: must be the region of a price whose scope is regional, and absent otherwise, got nothing; add it',
    ],
    [
      'a region twice',
      { tables: [table, table] },
      '1:146: tables[1]: must be the only table of azure swedencentral, got a second one; remove one',
    ],
  ])('are refused with %s', (_, file, says) => {
    const path = write('bad-prices.json', JSON.stringify(file));
    expect(() => loadCatalog(join(directory, 'dev.yaml'), { prices: 'bad-prices.json' })).toThrow(
      `${path}:${says}`,
    );
  });
});
