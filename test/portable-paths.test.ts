import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { isPath } from '../config/files';

/** Rooms that run on every system; rehearsals need Linux and say so. */
const rooms = [
  'bin',
  'catalog',
  'config',
  'constructs',
  'lock',
  'placement',
  'report',
  'sizing',
  'stacks',
  'testing',
];

const files = rooms
  .flatMap(room => readdirSync(room, { recursive: true, encoding: 'utf8' }).map(file => join(room, file)))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'));

/** What holds on one system only, in code that has to do with files. */
const local: Readonly<Record<string, RegExp>> = {
  'a separator that is looked for': /\.(includes|split|startsWith|endsWith|indexOf|lastIndexOf)\('[/\\]+'\)/,
  'a path put together by hand': /\$\{\w*([dD]irectory|[fF]older|[rR]oot|[dD]ir)\w*(\([^)]*\))?\}\//,
  'an address of a file put together by hand': /file:\/\//,
  'a directory of Unix': /['"`]\/(tmp|dev|proc|var|usr)\b/,
};

describe('paths', () => {
  it('are made and taken apart by node:path', () => {
    const code = files.map(file => ({ file, text: readFileSync(file, 'utf8') }));
    const ofFiles = code.filter(({ text }) => /from 'node:(path|fs)/.test(text));
    const found = ofFiles.flatMap(({ file, text }) =>
      Object.entries(local).flatMap(([what, pattern]) => (pattern.test(text) ? [`${file}: ${what}`] : [])),
    );
    expect(ofFiles.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it.each([
    ['dev', false, false],
    ['dev.yaml', true, true],
    ['environments/dev', true, true],
    ['environments\\dev', false, true],
    ['C:\\work\\dev.yaml', true, true],
    ['C:/work/dev', true, true],
    ['./dev', true, true],
  ])('%s is a path on Unix: %s, on Windows: %s', (word, onUnix, onWindows) => {
    expect([isPath(word, posix), isPath(word, win32)]).toEqual([onUnix, onWindows]);
  });
});
