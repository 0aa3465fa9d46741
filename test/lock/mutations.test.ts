import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { App, Testing } from 'cdktf';
import fc from 'fast-check';
import {
  catalog,
  checkLock,
  decide,
  environmentFiles,
  loadEnvironment,
  lockFile,
  lockText,
  parseEnvironment,
  parseLock,
  writeLock,
} from '../../config';
import type { Environment, Lock, Move, StatePlace } from '../../config';
import { venueNames } from '../../placement/venues/names';
import { namedUnits } from '../../lock/conditions';
import { salvage } from '../../lock/salvage';
import { EnvironmentStacks } from '../../stacks';
import { devInput } from '../config/dev-input';
import type { Loose } from '../config/dev-input';
import { mutationOf } from './mutation-of';
import { mutated, placesOf } from './mutations';
import type { Json } from './mutations';

// Each accepted form is checked against the whole catalogue.
jest.setTimeout(240_000);

const asOf = '2026-11-24';
const read = (text: string): Lock => parseLock(text, 'x.lock.json', 'run: berth place x', catalog);
const dataOf = (lock: string): Json => JSON.parse(lock) as Json;

/** The sentences with which a lock is refused; empty where it would be built. */
function refusals(environment: Environment, changed: Json): readonly string[] {
  try {
    return checkLock(environment, read(JSON.stringify(changed)), catalog);
  } catch (error) {
    expect((error as Error).name).toBe('LockError');
    return (error as Error).message.split('\n');
  }
}

/** What is built: nothing else of a lock reaches the stacks. */
function built({ decision, moves, going }: Lock): object {
  const units = decision.units.map(unit => ({ ...unit, priceDate: null, prices: null, sizing: undefined }));
  return { units, placements: decision.placements, moves, going };
}

function synthesised(environment: Environment, { decision, moves, going }: Lock): unknown[] {
  const app = new App({ stackTraces: false });
  const { stacks, directory } = new EnvironmentStacks(app, { environment, decision, moves, going });
  return [...Object.values(stacks).map(stack => Testing.synth(stack)), directory];
}

/** Where a lock may say something else and still be one that place wrote: of another day, search, table or environment. */
const free = [
  /^decision\.asOf$/,
  /^decision\.optimality\.(status|reproducible)$/,
  /^decision\.units\.\d+\.prices\./,
  /^decision\.units\.\d+\.priceDate$/,
  /^decision\.units\.\d+\.sizing(\.(memoryGib|usableMemoryGib|workloads\..*\.(prompt|decode)TokensPerSecond))?$/,
  /^deployed(\.(state|devices)(\.|$)|\.platform$|\.platform\.(accounts|workspaces)\.|$)/,
  // What is known to be deployed, and what is held: as place writes them after --deployed.
  /^coming(\.|$)/,
  /^going(\.\d+)?$/,
  /^facts\./,
];

/** Whether two units are one place with the same models, whatever it costs. */
function isSamePlace(a: Lock['decision']['units'][number], b: Lock['decision']['units'][number]): boolean {
  const said = (unit: typeof a) => [unit.offer, unit.count, 'serves' in unit ? unit.serves : []];
  return isDeepStrictEqual(said(a), said(b));
}

interface Locked {
  readonly name: string;
  readonly environment: Environment;
  readonly text: string;
}

const committed = environmentFiles('.').map((file): Locked => {
  const environment = loadEnvironment(file);
  return { name: environment.name, environment, text: readFileSync(lockFile(file), 'utf8') };
});

/** A workload for each venue. */
const small = parseEnvironment(
  devInput(each => {
    const one = ['product-images', 'contract-summaries', 'intent-classifier', 'store-assistant'];
    each.workloads = each.workloads.filter(({ name }: Loose) => one.includes(String(name)));
  }),
  'small.yaml',
);

/** Accepted locks whose files are compared, for each environment; to synthesise takes a while. */
const synthesisedAtMost = 3;

describe('any single value of a lock that is changed', () => {
  it.each<[string, number, () => Promise<Locked>]>([
    ...committed.map((each): [string, number, () => Promise<Locked>] => [
      each.name,
      each.name === 'dev' ? 120 : 50,
      () => Promise.resolve(each),
    ]),
    [
      'a small environment with every venue',
      50,
      async () => {
        const text = writeLock(small, await decide(small, catalog, { asOf }));
        return { name: 'small', environment: small, text };
      },
    ],
    [
      'one of whose units goes',
      50,
      async () => {
        const { decision, ...rest } = read(writeLock(small, await decide(small, catalog, { asOf })));
        const [unit] = decision.units;
        if (!unit) throw new Error('nothing was placed');
        const placements = [{ workload: 'product-images', model: unit.model }];
        const going = [{ unit: { ...unit, id: 'before' }, placements, served: true }];
        return { name: 'going', environment: small, text: lockText({ ...rest, decision, going }) };
      },
    ],
  ])('of %s, is refused with sentences, or builds the very same', async (_, numRuns, locked) => {
    const { environment, text } = await locked();
    const data = dataOf(text);
    const lock = read(text);
    const files = synthesised(environment, lock);
    let compared = 0;
    const all = fc.constantFrom(...placesOf(data)).chain(at => mutationOf(data, at));
    fc.assert(
      fc.property(all, mutation => {
        // As a file holds it, which knows no -0.
        const changed = dataOf(JSON.stringify(mutated(data, mutation)));
        fc.pre(!isDeepStrictEqual(changed, data));
        const said = refusals(environment, changed);
        if (said.length > 0) {
          for (const sentence of said) expect(sentence).toMatch(/^\S.{10,}$/s);
          return;
        }
        expect(free.some(pattern => pattern.test(mutation.at.join('.')))).toBe(true);
        const accepted = read(JSON.stringify(changed));
        const { going: held } = accepted;
        expect(built(accepted)).toEqual(built({ ...lock, going: held }));
        if (held.length === lock.going.length && (compared += 1) <= synthesisedAtMost)
          expect(synthesised(environment, accepted)).toEqual(files);
        // Whoever places again is back where the lock was, but for what is deployed, which is kept.
        const again = read(writeLock(environment, lock.decision, accepted));
        const { deployed, coming, going } = accepted;
        expect(again).toEqual({ ...lock, deployed, coming, going });
      }),
      { numRuns, seed: 8 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});

describe.each(committed)('what a lock of $name may have chosen itself', ({ environment, text }) => {
  const lock = read(text);
  /** What place writes over an earlier lock, while the decision stays the same. */
  const placedOver = (earlier: string, decision = lock.decision): string => {
    const { previous } = salvage(earlier, 'x.lock.json', catalog);
    return writeLock(environment, decision, previous);
  };

  it('is any move that ends where the workload is: place writes it over the lock from before the move', () => {
    for (const { workload, venue: to } of lock.decision.placements)
      for (const from of venueNames.filter(venue => venue !== to)) {
        const move: Move = { workload, from, to };
        const moved = writeLock(environment, lock.decision, { ...lock, moves: [move] });
        expect(read(moved).moves).toEqual([move]);
        expect(refusals(environment, dataOf(moved))).toEqual([]);
        const before = JSON.parse(text) as Loose;
        for (const each of before.decision.placements) if (each.workload === workload) each.venue = from;
        expect(placedOver(JSON.stringify(before))).toBe(moved);
      }
  });

  it.each<[string, (data: Loose) => void, string]>([
    [
      'of no workload',
      data => (data.moves = [{ workload: 'x', from: 'vm', to: 'edge' }]),
      'moves: must be of workloads that have a placement, got "x"',
    ],
    ['twice', data => (data.moves = [data.moves[0], data.moves[0]]), 'moves: must name '],
    ['to elsewhere', data => (data.moves[0].to = data.moves[0].from), 'moves: '],
  ])('is no move %s', (_, change, sentence) => {
    const [{ workload, venue: to } = { workload: '', venue: 'vm' as const }] = lock.decision.placements;
    const from = venueNames.find(venue => venue !== to) ?? 'vm';
    const data = JSON.parse(
      writeLock(environment, lock.decision, { ...lock, moves: [{ workload, from, to }] }),
    ) as Loose;
    change(data);
    expect(refusals(environment, data as Json).join('\n')).toContain(sentence);
  });

  it('are ids: place keeps them, whatever they are', async () => {
    const renamed = lock.decision.units.reduce(
      (all, { id }, i) => all.replaceAll(`"${id}"`, `"pool-${i}"`),
      text,
    );
    expect(refusals(environment, dataOf(renamed))).toEqual([]);
    const before = read(renamed).decision;
    const { units } = await decide(environment, catalog, {
      asOf: lock.decision.asOf,
      named: namedUnits(before),
    });
    // Speeds of today may give a pool another size, which is another unit.
    const stay = units.flatMap(unit => before.units.find(each => isSamePlace(each, unit)) ?? []);
    expect(units.map(({ id }) => id)).toEqual(expect.arrayContaining(stay.map(({ id }) => id)));
    expect(stay.length).toBeGreaterThan(0);
    expect(placedOver(renamed, before)).toBe(renamed);
  });

  it.each(['UPPER', 'a b', 'a--b', '-a', 'a-', '../a', `a${'x'.repeat(200)}`, 'å', '${a}'])(
    'is no id like %s',
    id => {
      const [unit] = lock.decision.units;
      const data = dataOf(text.replaceAll(`"${unit?.id ?? ''}"`, JSON.stringify(id)));
      expect(refusals(environment, data).join('\n')).toMatch(
        /decision\.units\[0\]\.id: must be (at most 200 characters|lower-case letters, digits and single hyphens)/,
      );
    },
  );

  it('is no id of two units', () => {
    const [first, second] = lock.decision.units.map(({ id }) => id);
    if (first === undefined || second === undefined) return;
    const data = dataOf(text.replaceAll(`"${second}"`, `"${first}"`));
    expect(refusals(environment, data)).toContain(
      `unit ${first}: its id must be the only one of its kind, got it twice`,
    );
  });

  it.each<[string, StatePlace]>([
    ['local files', { backend: 'local' }],
    [
      'a container',
      { backend: 'azurerm', storageAccountName: 'stshop', containerName: 'berth', keyPrefix: 'a/b' },
    ],
  ])('is where states are, %s: place keeps it', (_, state) => {
    const recorded = writeLock(environment, lock.decision, { ...lock, deployed: { state } });
    expect(refusals(environment, dataOf(recorded))).toEqual([]);
    expect(placedOver(recorded)).toBe(recorded);
  });
});
