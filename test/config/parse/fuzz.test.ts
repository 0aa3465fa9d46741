import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { ConfigError, loadEnvironment, parseEnvironment } from '../../../config';
import { hostileTexts } from '../../hostile/strings';
import { devInput } from '../dev-input';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Either an environment, or one error for people: short, printable, naming its file, and nothing else. */
function judge(read: () => unknown): string {
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

type Mutation = readonly [kind: number, picks: readonly number[], value: unknown, key: string];
const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(4),
  fc.array(fc.nat(200), { minLength: 1, maxLength: 5 }),
  values,
  keys,
);

function mutate(input: unknown, [kind, picks, value, name]: Mutation): void {
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

describe('a mutated environment', () => {
  it('as data is accepted or refused, each in its own words', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
        const input: unknown = structuredClone(devInput());
        for (const each of mutations) mutate(input, each);
        seen.add(judge(() => parseEnvironment(input, 'dev.yaml')));
      }),
      { numRuns: 1_600, seed: 20261129 },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });

  it('as text is accepted or refused', () => {
    const text = stringify(devInput());
    const pieces = [
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
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), fc.constantFrom(...pieces), (at, cut, piece) => {
        const file = join(folder, 'dev.yaml');
        writeFileSync(file, text.slice(0, at) + piece + text.slice(at + cut));
        judge(() => loadEnvironment(file));
      }),
      { numRuns: 400, seed: 20261129 },
    );
  });
});

describe('a file that is none', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefgh'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
  ].join('\n');

  it.each<[string, string, string | Buffer, string]>([
    [
      'an alias bomb',
      'a.yaml',
      bomb,
      'must be valid YAML, got an error: ReferenceError: Excessive alias count indicates a resource exhaustion attack; correct it',
    ],
    [
      'an alias of nothing',
      'a.yaml',
      'name: *nobody\n',
      'must be valid YAML, got an error: ReferenceError: Unresolved alias (the anchor must be set before the alias): nobody; correct it',
    ],
    [
      'deep nesting',
      'a.json',
      '['.repeat(100_000),
      'must be valid YAML, got nesting that is too deep; correct it',
    ],
    [
      'UTF-16',
      'a.yaml',
      Buffer.from('\ufeffname: dev\n', 'utf16le'),
      'must be UTF-8, got UTF-16; save it as UTF-8',
    ],
    [
      'UTF-16 without a mark',
      'a.yaml',
      Buffer.from('name: dev\n', 'utf16le'),
      'must be UTF-8, got UTF-16 or UTF-32; save it as UTF-8',
    ],
    [
      'bytes that are no text',
      'a.yaml',
      Buffer.from([0x61, 0xff, 0xfe, 0x80]),
      'must be UTF-8, got bytes that are none; save it as UTF-8',
    ],
    [
      'more than anybody writes',
      'a.yaml',
      Buffer.alloc(5 * 1024 * 1024, '#'),
      'must be at most 4 MiB, got more; is it the right file?',
    ],
  ])('%s: says so', (_, name, content, message) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    expect(() => loadEnvironment(file)).toThrow(`${file}: ${message}`);
  });

  it('a pipe or a device is not waited for', () => {
    const file = join(folder, 'pipe.yaml');
    execFileSync('mkfifo', [file]);
    expect(() => loadEnvironment(file)).toThrow(`${file}: a file is needed here, got a pipe; name a file`);
  });
});
