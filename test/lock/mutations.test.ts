import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { catalog, checkLock, loadEnvironment, parseLock } from '../../config';
import type { Lock } from '../../config';
import { mutated, placesOf, valueAt } from './mutations';
import type { Json, Mutation } from './mutations';

// Each accepted form is checked against the whole catalogue.
jest.setTimeout(120_000);

const environment = loadEnvironment('config/environments/dev.yaml');
const text = readFileSync('config/environments/dev.lock.json', 'utf8');
const data = JSON.parse(text) as Json;
const places = placesOf(data);

function read(changed: Json): Lock {
  return parseLock(JSON.stringify(changed), 'dev.lock.json', 'run: berth place dev', catalog);
}

/** The sentences with which a lock is refused; empty where it would be built. */
function refusals(changed: Json): readonly string[] {
  try {
    return checkLock(environment, read(changed), catalog);
  } catch (error) {
    expect((error as Error).name).toBe('LockError');
    return (error as Error).message.split('\n');
  }
}

/** Values that differ little, or a lot, or in kind. */
function mutationOf(at: Mutation['at']): fc.Arbitrary<Mutation> {
  const value = valueAt(data, at);
  const other = fc.constantFrom<Json>(null, true, 0, 17, '', 'text', '../../etc', [], [1], {}, { a: 1 });
  const same: fc.Arbitrary<Json> =
    typeof value === 'number'
      ? fc.oneof(
          fc.constantFrom(value + 1, value * 100, value - 1, -value, value / 2, 1),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        )
      : typeof value === 'boolean'
        ? fc.constant(!value)
        : typeof value === 'string'
          ? fc.oneof(
              fc.constantFrom(
                `${value}x`,
                `../${value}`,
                value.toUpperCase(),
                '',
                'westeurope',
                'gpt-4.1',
                '2026-01-01',
                'hosted',
                'vm',
              ),
              fc.string({ maxLength: 20 }),
            )
          : fc.constant(Array.isArray(value) ? [] : {});
  const changed = (kind: Mutation['kind'], values: fc.Arbitrary<Json>) =>
    values.map((each): Mutation => ({ at, kind, value: each }));
  return fc.oneof(
    changed('same type', same),
    changed('other type', other),
    fc.constant<Mutation>({ at, kind: 'missing' }),
    Array.isArray(value)
      ? changed('extra', other).map(each => ({ ...each, at: [...at, 0] }))
      : typeof value === 'object' && value !== null
        ? changed('other type', other).map(each => ({ ...each, at: [...at, 'extra'] }))
        : fc.constant<Mutation>({ at, kind: 'missing' }),
  );
}

/** What is built: nothing else of a lock reaches the stacks. */
function built({ decision, moves }: Lock): object {
  const units = decision.units.map(unit => ({ ...unit, priceDate: null, prices: null }));
  return { units, placements: decision.placements, moves };
}

/** Where a lock may say something else and still be one that place wrote: of another day, search, price list or environment. */
const free = [
  /^decision\.asOf$/,
  /^decision\.optimality\.(status|reproducible)$/,
  /^decision\.units\.\d+\.prices\./,
  /^decision\.units\.\d+\.priceDate$/,
  /^deployed(\.|$)/,
  /^facts\./,
];

describe('any single value of a lock that is changed', () => {
  it('is refused with sentences, or builds the very same', () => {
    const all = fc.constantFrom(...places).chain(mutationOf);
    fc.assert(
      fc.property(all, mutation => {
        const changed = mutated(data, mutation);
        fc.pre(!isDeepStrictEqual(changed, data));
        const said = refusals(changed);
        if (said.length > 0) {
          for (const sentence of said) expect(sentence).toMatch(/^\S.{10,}$/s);
          return;
        }
        expect(free.some(pattern => pattern.test(mutation.at.join('.')))).toBe(true);
        expect(built(read(changed))).toEqual(built(read(data)));
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});
