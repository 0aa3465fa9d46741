import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which installation a project stands on. */
type Installation = 'complete' | 'alone' | 'cdktn';

const parent = process.env.BERTH_TEST_PACKAGE ?? '';

/** The package as it was unpacked by npm. */
export const packageDirectory = join(parent, 'alone', 'node_modules', 'cdktf-berth');

/** What `berth init` made: path → text. */
export function initialised(): Record<string, string> {
  const directory = join(parent, 'initialised');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(each =>
    each.isFile(),
  );
  const paths = files.map(each => join(each.parentPath, each.name).slice(directory.length + 1));
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(directory, path), 'utf8')]));
}

/** What a command did. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of a user, with nothing in it but what a test writes. */
export class Project {
  readonly directory: string;

  /** @param files name → content; objects are written as JSON */
  constructor(files: Readonly<Record<string, string | object>>, installation: Installation = 'complete') {
    this.directory = mkdtempSync(join(parent, 'project-'));
    symlinkSync(join(parent, installation, 'node_modules'), join(this.directory, 'node_modules'));
    const own = 'package.json' in files ? {} : { 'package.json': { name: 'shop', private: true } };
    for (const [name, content] of Object.entries({ ...own, ...files })) this.write(name, content);
  }

  write(name: string, content: string | object): void {
    const file = join(this.directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }

  /** Runs a command as the project's scripts do: its packages' commands are on the PATH. */
  run(command: string, env: Readonly<Record<string, string>> = {}): Run {
    const { PATH = '', HOME = '' } = process.env;
    const path = `${join(this.directory, 'node_modules', '.bin')}:${dirname(process.execPath)}:${PATH}`;
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], {
      cwd: this.directory,
      encoding: 'utf8',
      // Nothing of jest's own environment: a user's test runner starts without it.
      env: { PATH: path, HOME, CI: 'true', NO_COLOR: '1', CHECKPOINT_DISABLE: '1', ...env },
      timeout: 280_000,
    });
    return { status, stdout, stderr };
  }
}

/** All that a command printed, for messages of failed tests. */
export function printed({ stdout, stderr }: Run): string {
  return `${stdout}\n${stderr}`;
}
