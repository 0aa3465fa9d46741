import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { loadEnvironment, parseEnvironment } from '../../../config';
import { judge, mutate, mutation, pieces } from '../../fuzz/mutants';
import { devInput } from '../dev-input';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a mutated environment', () => {
  it('as data is accepted or refused, each in its own words', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
        const input: unknown = structuredClone(devInput());
        for (const each of mutations) mutate(input, each);
        seen.add(judge(() => parseEnvironment(input, 'dev.yaml')));
      }),
      { numRuns: 1_000, seed: 20261129 },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });

  it('as text is accepted or refused', () => {
    const text = stringify(devInput());
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), fc.constantFrom(...pieces), (at, cut, piece) => {
        const file = join(folder, 'dev.yaml');
        writeFileSync(file, text.slice(0, at) + piece + text.slice(at + cut));
        judge(() => loadEnvironment(file));
      }),
      { numRuns: 300, seed: 20261129 },
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
