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

describe('berth place, where the machine refuses', () => {
  const committed = readFileSync('config/environments/dev.lock.json', 'utf8');
  beforeEach(() => {
    writeFileSync(join(folder, 'dev.yaml'), readFileSync('config/environments/dev.yaml'));
    writeFileSync(file, committed);
  });

  /**
   * What the command ends with, run by another one; the committed lock is whole then.
   * @param refused a name in the folder that nobody may use meanwhile
   */
  function placedAs(
    shell: readonly string[],
    refused?: string,
  ): { readonly status: number | null; readonly stderr: string } {
    const berth = [process.execPath, '--import', require.resolve('tsx'), resolve('bin/berth.ts')];
    const args = [...shell, ...berth, 'place', join(folder, 'dev.yaml'), '--today', '2026-11-24'];
    // tsx keeps what it compiled in files, which would be cut as well.
    const env = { ...process.env, TSX_DISABLE_CACHE: '1' };
    const [command = '', ...more] = args;
    const { status, stderr } = spawnSync(command, more, { cwd: folder, encoding: 'utf8', env });
    if (refused !== undefined) chmodSync(join(folder, refused), 0o755);
    expect(readFileSync(file, 'utf8')).toBe(committed);
    expect(readdirSync(folder).sort()).toEqual(['dev.lock.json', 'dev.yaml']);
    return { status, stderr: stderr.replaceAll(`${folder}/`, '') };
  }

  it('a file of more than a kibibyte, says so and keeps the committed lock whole', () => {
    expect(placedAs(['bash', '-c', 'ulimit -f 1; exec "$@"', 'limited'])).toEqual({
      status: 1,
      stderr:
        'error dev.lock.json cannot be written: the file would be larger than is allowed here; raise the limit (ulimit -f) (EFBIG)\n',
    });
  });

  const unreadable = 'a readable file is needed here, got EACCES; check its permissions';

  it.each([
    ['dev.yaml', 0o000, `dev.yaml: ${unreadable}`],
    ['dev.lock.json', 0o000, `dev.lock.json: ${unreadable}`],
    [
      '.',
      0o555,
      'dev.lock.json cannot be written: it may not be read or written; check its permissions (EACCES)',
    ],
  ])('%s that may not be used, says so and keeps the committed lock whole', (name, mode, said) => {
    // Root may read and write everything, unless it is not let.
    const powerless =
      process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
    chmodSync(join(folder, name), mode);
    expect(placedAs(powerless, name)).toEqual({ status: 1, stderr: `error ${said}\n` });
  });
});
