import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { catalog, checkLock, loadEnvironment, loadPrices, parseLock } from '../../config';
import { salvage } from '../../lock/salvage';
import { judge, mutate, mutation, pieces } from './mutants';

// What is accepted is compared with the whole catalogue.
jest.setTimeout(120_000);

const environment = loadEnvironment('config/environments/local.yaml');
const lock = readFileSync('config/environments/local.lock.json', 'utf8');
const seed = 20261130;
const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

/** A text with a piece in the place of some of its characters. */
const edit = (text: string) => fc.tuple(fc.nat(text.length), fc.nat(30), fc.constantFrom(...pieces));
const edited = (text: string, [at, cut, piece]: readonly [number, number, string]) =>
  text.slice(0, at) + piece + text.slice(at + cut);

/** Plain data as a file holds it, which has fewer values than JavaScript. */
function textOf(data: unknown): string {
  return (
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
  );
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A lock is built, or refused in sentences; and place reads of it what it can, or says that it is of a newer Berth. */
function judgeLock(text: string): string {
  expect(() => salvage(text, 'local.lock.json', catalog)).not.toThrow(/^(?!.*a newer Berth wrote)/s);
  try {
    const said = checkLock(
      environment,
      parseLock(text, 'local.lock.json', 'run: berth place local', catalog),
      catalog,
    );
    for (const sentence of said) expectSentence(sentence);
    return said.length === 0 ? 'accepted' : 'refused';
  } catch (error) {
    const { name, message } = error as Error;
    expect(name).toBe('LockError');
    for (const line of message.split('\n')) expectSentence(line);
    return 'refused';
  }
}

function expectSentence(text: string): void {
  expect(text).toMatch(/^\S.{10,}$/);
  // eslint-disable-next-line no-control-regex -- what must not be printed
  expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(text.length).toBeLessThan(2_000);
}

describe('a mutated lock', () => {
  it('as data is built or refused, and can be placed again', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(mutations, all => {
        const data: unknown = JSON.parse(lock);
        for (const each of all) mutate(data, each);
        seen.add(judgeLock(textOf(data)));
      }),
      { numRuns: 250, seed },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });

  it('as text is built or refused, and can be placed again', () => {
    fc.assert(
      fc.property(edit(lock), change => {
        judgeLock(edited(lock, change));
      }),
      { numRuns: 150, seed },
    );
  });
});

describe('a mutated file of prices', () => {
  const price = { input: 2.4, cachedInput: 0.6, output: 9.6, source: 'ours', asOf: '2026-11-20' };
  const prices = {
    tables: [
      {
        cloud: 'azure',
        region: 'swedencentral',
        asOf: '2026-11-20',
        currency: 'USD',
        source: 'ours',
        usdPerHour: { Standard_D2s_v5: 0.09, Standard_NC4as_T4_v3: 0.5 },
      },
    ],
    tokenPrices: [
      { model: 'gpt-4.1', version: '2025-04-14', scope: 'regional', region: 'swedencentral', price },
      { model: 'gpt-5-mini', version: '2025-08-07', scope: 'dataZoneEu', price },
    ],
    provisionedUnits: { asOf: '2026-11-20', usdPerHour: { GlobalProvisionedManaged: 1 } },
  };
  const text = textOf(prices);

  function judgePrices(content: string): string {
    const file = join(folder, 'prices.json');
    writeFileSync(file, content);
    return judge(() => loadPrices(file));
  }

  it('as it is, is read', () => {
    expect(judgePrices(text)).toBe('accepted');
  });

  it('as data is read or refused', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(mutations, all => {
        const data: unknown = structuredClone(prices);
        for (const each of all) mutate(data, each);
        seen.add(judgePrices(textOf(data)));
      }),
      { numRuns: 200, seed },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });

  it('as text is read or refused', () => {
    fc.assert(
      fc.property(edit(text), change => {
        judgePrices(edited(text, change));
      }),
      { numRuns: 100, seed },
    );
  });
});
