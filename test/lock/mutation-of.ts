import fc from 'fast-check';
import { valueAt } from './mutations';
import type { Json, Mutation } from './mutations';

/** Values that differ little, or a lot, or in kind. */
export function mutationOf(data: Json, at: Mutation['at']): fc.Arbitrary<Mutation> {
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
