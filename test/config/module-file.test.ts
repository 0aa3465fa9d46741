import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadEnvironment } from '../../config';
import { readModule } from '../../config/module-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-module-'));
  file = join(folder, 'dev.ts');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is said of a module that may run for so many seconds. */
function said(code: string, patience?: number): string {
  writeFileSync(file, code);
  try {
    return `read: ${JSON.stringify(readModule(file, patience))}`;
  } catch (error) {
    return (error as Error).message.replace(`${file}: `, '');
  }
}

const got = (what: string) =>
  `must be a TypeScript module with a default export of plain data, got ${what}; correct the module`;

describe('a TypeScript environment that', () => {
  it.each<[string, string, string]>([
    ['exits', 'process.exit(3);', got('its end with status 3')],
    ['exits well', 'process.exit();', got('none: it ended before it was read')],
    ['ends itself by a signal', "process.kill(process.pid, 'SIGTERM'); for (;;);", got('its end by SIGTERM')],
    ['throws', "throw new TypeError('no');", got('an error: TypeError: no')],
    ['throws a text', "throw 'no';", got('its end with status 1')],
    [
      'throws later',
      "setTimeout(() => { throw new Error('late'); }); export default { name: 'dev' };",
      'read: {"name":"dev"}',
    ],
    [
      'exports what never comes',
      'export default new Promise(() => {});',
      got('an error: Error: a default export that is a promise'),
    ],
    [
      'exports what is there in a moment',
      "export default Promise.resolve({ name: 'dev' });",
      got('an error: Error: a default export that is a promise'),
    ],
    [
      'leaves a timer and a server running',
      "setInterval(() => 0, 1000); require('node:net').createServer().listen(0); export default { name: 'dev' };",
      'read: {"name":"dev"}',
    ],
    [
      'prints, also where the answer goes',
      "console.log('x'.repeat(100_000)); require('node:fs').writeSync(3, 'no clone'); process.exit();",
      got('none: it ended before it was read'),
    ],
    ['prints without end', "for (;;) console.error('x'.repeat(100_000));", got('more than 16 MiB')],
  ])('%s: is read or refused in a sentence', (_, code, sentence) => {
    expect(said(code)).toBe(sentence);
  });

  it.each([
    ['loops', 'for (;;);'],
    ['waits on another thread', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
    ['will not be ended', "process.on('SIGTERM', () => 0); process.on('SIGINT', () => 0); for (;;);"],
  ])('%s without end: is ended', (_, code) => {
    expect(said(code, 4)).toBe(got('nothing within 4 s'));
  });

  it('never goes on behind its first await: is refused', () => {
    expect(said('await new Promise(() => {}); export default {};')).toMatch(
      /^must be a TypeScript module .*, got an error: .*; correct the module$/,
    );
  });

  it.each<[string, string, string | RegExp]>([
    ['nothing', 'export {};', 'must be an object, got nothing; add it'],
    ['a function', 'export default () => 1;', /got an error: .*1 could not be cloned\.; correct the module$/],
    [
      'a class',
      'export default class {}',
      /got an error: .*class .* could not be cloned\.; correct the module$/,
    ],
  ])('exports %s: says so', (_, code, message) => {
    writeFileSync(file, code);
    expect(() => loadEnvironment(file)).toThrow(message);
  });
});

describe('a TypeScript environment, where only data is read', () => {
  const refused =
    'must be a .yaml, .yml or .json file with --data-only (BERTH_DATA_ONLY), got a module, which would be run to be read; write it as YAML, or leave that out';

  it.each<[string, readonly string[], object]>([
    ['--data-only', ['--data-only'], {}],
    ['BERTH_DATA_ONLY', [], { BERTH_DATA_ONLY: '1' }],
  ])('by %s, is not run', (_, options, variables) => {
    const ran = join(folder, 'ran');
    writeFileSync(file, `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
    const berth = ['--import', require.resolve('tsx'), resolve('bin/berth.ts')];
    const { status, stderr } = spawnSync(process.execPath, [...berth, 'validate', file, ...options], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...variables },
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: `error ${file}: ${refused}\n` });
    expect(existsSync(ran)).toBe(false);
  });
});
