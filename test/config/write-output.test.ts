import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeOutput } from '../../config';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-write-'));
  file = join(folder, 'dev.lock.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a write says, and that it leaves no other file behind. */
function refusal(path: string, options = {}): string {
  const before = readdirSync(folder).sort();
  try {
    writeOutput(path, 'new', options);
    return '';
  } catch (error) {
    expect(readdirSync(folder).sort()).toEqual(before);
    return `${(error as Error).name}: ${(error as Error).message.replaceAll(`${folder}/`, '')}`;
  }
}

describe('writing a file', () => {
  it('makes it, and replaces it with its mode', () => {
    writeOutput(file, 'first');
    chmodSync(file, 0o640);
    writeOutput(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['dev.lock.json']);
  });

  it('makes the directories on the way where that is asked for', () => {
    const deep = join(folder, 'a', 'b', 'report.html');
    writeOutput(deep, 'page', { makeDirectories: true });
    expect(readFileSync(deep, 'utf8')).toBe('page');
  });

  it('whose directory is not there says so', () => {
    expect(refusal(join(folder, 'none', 'x'))).toBe(
      'OutputError: none/x cannot be written: its directory does not exist; create it, or name another file',
    );
  });

  it('in the place of a directory says so', () => {
    mkdirSync(file);
    expect(refusal(file)).toBe(
      'OutputError: dev.lock.json cannot be written: it is a directory, and a file is needed (EISDIR)',
    );
  });

  it.each([{}, { makeDirectories: true }])('below a file says so (%j)', options => {
    writeFileSync(file, 'old');
    expect(refusal(join(file, 'x'), options)).toBe(
      'OutputError: dev.lock.json/x cannot be written: a part of its path is a file, and a directory is needed (ENOTDIR)',
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('through a symbolic link is refused, and what it leads to stays', () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'old');
    symlinkSync(elsewhere, file);
    expect(refusal(file)).toBe(
      'OutputError: dev.lock.json is a symbolic link to elsewhere, and no file is written through one; name that file itself, or put a file in the place of the link',
    );
    expect(readFileSync(elsewhere, 'utf8')).toBe('old');
  });

  it('that is nowhere yet, through a symbolic link, is refused too', () => {
    symlinkSync(join(folder, 'none'), file);
    expect(refusal(file)).toMatch(/^OutputError: dev\.lock\.json is a symbolic link to none, /);
    expect(readdirSync(folder)).toEqual(['dev.lock.json']);
  });

  it('in a folder that is reached through a symbolic link is written there', () => {
    mkdirSync(join(folder, 'shared'));
    symlinkSync(join(folder, 'shared'), join(folder, 'reports'));
    writeOutput(join(folder, 'reports', 'dev.html'), 'page');
    expect(readFileSync(join(folder, 'shared', 'dev.html'), 'utf8')).toBe('page');
  });

  it('to a full device says that the disk is full, and the device stays', () => {
    expect(refusal('/dev/full')).toBe(
      'OutputError: /dev/full cannot be written: the disk is full; make room (ENOSPC)',
    );
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });
});

describe('berth place, where a file may not be larger than a kibibyte', () => {
  it('says so and keeps the committed lock whole', () => {
    writeFileSync(join(folder, 'dev.yaml'), readFileSync('config/environments/dev.yaml'));
    const committed = readFileSync('config/environments/dev.lock.json', 'utf8');
    writeFileSync(file, committed);
    const berth = [
      process.execPath,
      '--import',
      require.resolve('tsx'),
      resolve('bin/berth.ts'),
      'place',
      join(folder, 'dev.yaml'),
    ];
    // tsx keeps what it compiled in files, which would be cut as well.
    const env = { ...process.env, TSX_DISABLE_CACHE: '1' };
    const limited = ['-c', 'ulimit -f 1; exec "$@"', 'limited', ...berth, '--today', '2026-11-24'];
    const { status, stderr } = spawnSync('bash', limited, { cwd: folder, encoding: 'utf8', env });
    expect({ status, stderr: stderr.replaceAll(`${folder}/`, '') }).toEqual({
      status: 1,
      stderr:
        'error dev.lock.json cannot be written: the file would be larger than is allowed here; raise the limit (ulimit -f) (EFBIG)\n',
    });
    expect(readFileSync(file, 'utf8')).toBe(committed);
    expect(readdirSync(folder).sort()).toEqual(['dev.lock.json', 'dev.yaml']);
  });
});
