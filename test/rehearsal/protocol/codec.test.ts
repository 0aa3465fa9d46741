import * as fc from 'fast-check';
import {
  decodeStateJson,
  decodeValue,
  encodeValue,
  fromJson,
  toJson,
} from '../../../rehearsal/protocol/codec';
import type { Type, Value } from '../../../rehearsal/protocol/value';
import { Dynamic, unknownValue, equal, hasUnknown, typeOf } from '../../../rehearsal/protocol/value';

/** A type together with a generator of its values, unknown and null among them. */
type Typed = readonly [Type, fc.Arbitrary<Value>];

const leaf: fc.Arbitrary<Typed> = fc.constantFrom<Typed[]>(
  ['string', fc.string()],
  ['number', fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))],
  ['bool', fc.boolean()],
);

const orAbsent = (values: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 5, arbitrary: values },
    { weight: 1, arbitrary: fc.constantFrom<Value[]>(null, unknownValue) },
  );

const { typed } = fc.letrec<{ typed: Typed }>(tie => ({
  typed: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('typed').map(([type, values]): Typed => [
      ['list', type],
      fc.array(orAbsent(values), { maxLength: 3 }),
    ]),
    tie('typed').map(([type, values]): Typed => [
      ['set', type],
      fc.array(orAbsent(values), { maxLength: 3 }),
    ]),
    tie('typed').map(([type, values]): Typed => [
      ['map', type],
      fc.dictionary(fc.string(), orAbsent(values), { maxKeys: 3 }),
    ]),
    fc
      .dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('typed'), { maxKeys: 3 })
      .map((fields): Typed => [
        ['object', Object.fromEntries(Object.entries(fields).map(([name, [type]]) => [name, type]))],
        fc.record(
          Object.fromEntries(Object.entries(fields).map(([name, [, values]]) => [name, orAbsent(values)])),
        ),
      ]),
  ),
}));

const withValue = typed.chain(([type, values]) => fc.tuple(fc.constant(type), orAbsent(values)));

describe('the value codec', () => {
  it('reads back what it wrote, for every type', () => {
    fc.assert(
      fc.property(withValue, ([type, value]) => equal(decodeValue(encodeValue(value, type), type), value)),
      { numRuns: 300 },
    );
  });

  it('keeps the type that a dynamic value brings', () => {
    const value = new Dynamic(['object', { n: 'number', l: ['list', 'string'] }], { n: 3, l: ['a'] });
    expect(decodeValue(encodeValue(value, 'dynamic'), 'dynamic')).toEqual(value);
  });

  it('keeps unknown and null parts of a dynamic value', () => {
    const value = new Dynamic(['object', { id: 'string', none: 'dynamic' }], {
      id: unknownValue,
      none: null,
    });
    const read = decodeValue(encodeValue(value, 'dynamic'), 'dynamic');
    expect(read).toEqual(value);
    expect(hasUnknown(read)).toBe(true);
  });

  it('fills in attributes that are missing with null', () => {
    const type: Type = ['object', { a: 'string', b: 'number' }];
    expect(decodeValue(encodeValue({ a: 'x' }, type), type)).toEqual({ a: 'x', b: null });
  });

  it('reads a dynamic value from a state file under the type that stands beside it', () => {
    const text = JSON.stringify({ body: { type: ['map', 'string'], value: { a: 'b' } } });
    expect(decodeStateJson(text, ['object', { body: 'dynamic' }])).toEqual({
      body: new Dynamic(['map', 'string'], { a: 'b' }),
    });
  });

  it('stores values as plain JSON and gives them their literal type back', () => {
    const body = new Dynamic(['object', { tags: ['map', 'string'] }], { tags: { a: 'b' } });
    expect(toJson({ body })).toEqual({ body: { tags: { a: 'b' } } });
    expect(fromJson({ a: [1, 'x'] }, 'dynamic')).toEqual(
      new Dynamic(['object', { a: ['tuple', ['number', 'string']] }], { a: [1, 'x'] }),
    );
    expect(typeOf(null)).toBe('dynamic');
  });

  it('refuses to store an unknown value', () => {
    expect(() => toJson({ id: unknownValue })).toThrow('an unknown value cannot be stored');
  });

  it('names the type when a value does not have its shape', () => {
    expect(() => encodeValue('text', ['list', 'string'])).toThrow(
      'a value of type ["list","string"] must be a list, got string',
    );
  });
});
