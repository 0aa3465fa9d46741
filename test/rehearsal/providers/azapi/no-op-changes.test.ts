import type { Json } from '../../../../rehearsal/azure/simulated-azure';
import { Dynamic, unknownValue, typeOf } from '../../../../rehearsal/protocol/value';
import type { Value } from '../../../../rehearsal/protocol/value';
import { asksForNothing, shapedLike } from '../../../../rehearsal/providers/azapi/no-op-changes';

const strict = { missing: false, nulls: false, casing: false };

interface Shaped {
  readonly what: string;
  readonly asked: Json;
  readonly found: Json;
  readonly ignored?: Partial<typeof strict>;
  readonly is: Json;
}

/** As azapi 2.12.0's UpdateObject answers. */
const shapes: readonly Shaped[] = [
  { what: 'what was not asked for is left out', asked: { a: 1 }, found: { a: 1, b: 2 }, is: { a: 1 } },
  { what: 'another value counts', asked: { a: { b: 1 } }, found: { a: { b: 2 } }, is: { a: { b: 2 } } },
  { what: 'a property that is not answered is gone', asked: { a: 'x' }, found: {}, is: {} },
  { what: 'unless it is empty', asked: { a: [], b: false }, found: {}, is: { a: [], b: false } },
  {
    what: 'or missing ones are ignored',
    asked: { a: 'x' },
    found: {},
    ignored: { missing: true },
    is: { a: 'x' },
  },
  { what: 'null is answered', asked: { a: null }, found: { a: 'x' }, is: { a: 'x' } },
  {
    what: 'unless nulls are ignored',
    asked: { a: null },
    found: { a: 'x' },
    ignored: { nulls: true },
    is: { a: null },
  },
  { what: 'case counts', asked: 'Deny', found: 'deny', is: 'deny' },
  { what: 'unless it is ignored', asked: 'Deny', found: 'deny', ignored: { casing: true }, is: 'Deny' },
  {
    what: 'a hidden text is the one asked for',
    asked: 'k',
    found: '****',
    ignored: { missing: true },
    is: 'k',
  },
  { what: 'items without a name go by place', asked: [{ a: 1 }], found: [{ a: 2, b: 3 }], is: [{ a: 2 }] },
  { what: 'lists of other lengths are answered', asked: [1], found: [1, 2], is: [1, 2] },
  {
    what: 'items with a name go by it, and others come after them',
    asked: [{ name: 'b', x: 1 }, { name: 'a' }],
    found: [{ name: 'a', y: 1 }, { name: 'b', x: 2 }, { name: 'c' }],
    is: [{ name: 'b', x: 2 }, { name: 'a' }, { name: 'c' }],
  },
];

describe('an answer of Azure, cut to what was asked for', () => {
  it.each(shapes)('$what', ({ asked, found, ignored, is }) => {
    expect(shapedLike(asked, found, { ...strict, ...ignored })).toEqual(is);
  });
});

const dynamic = (value: Value): Dynamic => new Dynamic(typeOf(value), value);
const state = (body: Value, version = '2026-02-01') => ({
  type: `Microsoft.KeyVault/vaults@${version}`,
  body: dynamic({ properties: body }),
  ignore_null_property: true,
});
const live = { properties: { sku: 'standard', enableSoftDelete: true } };

describe('a planned body that asks for nothing', () => {
  it.each([
    [
      'another version of the same',
      state({ sku: 'standard' }),
      state({ sku: 'standard' }, '2026-03-01-preview'),
      true,
    ],
    [
      'a property that Azure has',
      state({ sku: 'standard' }),
      state({ sku: 'standard', enableSoftDelete: true }),
      true,
    ],
    ['a property less', state({ sku: 'standard', enableSoftDelete: true }), state({ sku: 'standard' }), true],
    [
      'null for what Azure does not tell',
      state({ createMode: 'recover' }),
      state({ createMode: null }),
      true,
    ],
    [
      'what only the state knows',
      state({ createMode: 'recover', x: '' }),
      state({ createMode: 'recover' }),
      true,
    ],
    ['another value', state({ sku: 'standard' }), state({ sku: 'premium' }), false],
    [
      'a property that Azure does not have',
      state({ sku: 'standard' }),
      state({ sku: 'standard', extra: 'x' }),
      false,
    ],
    ['an unknown', state({ sku: 'standard' }), state({ sku: unknownValue }), false],
    ['the very same', state({ sku: 'standard' }), state({ sku: 'standard' }), false],
  ])('%s', (_, prior, planned, nothing) => {
    expect(asksForNothing(prior, planned, live)).toBe(nothing);
  });

  it('is told of what is there only', () => {
    expect(asksForNothing(state({ a: 1 }), state({}), undefined)).toBe(false);
  });
});
