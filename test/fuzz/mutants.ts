import fc from 'fast-check';
import { ConfigError } from '../../config';
import { hostileTexts } from '../hostile/strings';

/** Whether something is read, or refused by errors for people: short, printable, naming their file, and nothing else. */
export function judge(read: () => unknown): string {
  try {
    read();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { source, message } of error.problems) {
      expect(source).toMatch(/\S/);
      // eslint-disable-next-line no-control-regex -- what must not be printed
      expect(message).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
      expect(message.length).toBeLessThan(2_000);
      expect(message).toMatch(/; \S/);
    }
    return 'refused';
  } finally {
    expect(Object.keys(Object.prototype)).toEqual([]);
  }
}

const values = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts, ...Object.getOwnPropertyNames(Object.prototype)),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    NaN,
    Infinity,
    -Infinity,
    0.1,
    [],
    {},
    [[]],
    { a: {} },
    '',
  ),
  fc.constantFrom<unknown>(new Date(0), 2n ** 64n, undefined, nested(50), Object.create(null), [undefined]),
);
const keys = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), ...hostileTexts, 'name', 'x');

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>(inner => ({ a: inner }), 'x');
}

/** A place in the input, picked by numbers: how far down, and which of the keys at each level. */
function change(
  input: unknown,
  picks: readonly number[],
  act: (parent: Record<string, unknown>, key: string) => void,
): void {
  let parent = input as Record<string, unknown>;
  for (const [level, pick] of picks.entries()) {
    const at = Object.keys(parent);
    if (at.length === 0) return;
    const key = at[pick % at.length] as string;
    const next = parent[key];
    if (level === picks.length - 1 || typeof next !== 'object' || next === null) return act(parent, key);
    parent = next as Record<string, unknown>;
  }
}

/** A change of plain data: of which kind, at which place, and with what. */
export type Mutation = readonly [kind: number, picks: readonly number[], value: unknown, key: string];
export const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(4),
  fc.array(fc.nat(200), { minLength: 1, maxLength: 5 }),
  values,
  keys,
);

/** Changes the data itself. */
export function mutate(input: unknown, [kind, picks, value, name]: Mutation): void {
  change(input, picks, (parent, key) => {
    const own = (at: string, set: unknown) =>
      Object.defineProperty(parent, at, { value: set, enumerable: true, configurable: true, writable: true });
    if (kind === 0) own(key, value);
    else if (kind === 1) Reflect.deleteProperty(parent, key);
    else if (kind === 2 && !Array.isArray(parent)) own(name, parent[key]);
    else if (kind === 3) own(key, [parent[key], parent[key]]);
    else own(key, { [name]: parent[key] });
  });
}

/** What breaks the syntax of YAML or JSON, or means something special there. */
export const pieces = [
  '\t',
  '*a',
  '&a ',
  '<<: *a',
  '!!js ',
  '{',
  '[',
  ']',
  '}',
  '"',
  "'",
  ': ',
  '- ',
  '\n',
  '\u0000',
  '\ud800',
  '.nan',
  '.inf',
  '? ',
  '| ',
  '%YAML',
  '---\n',
  '...\n',
  '__proto__: 1\n',
  'constructor: 1\n',
  '\ufeff',
];
