import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { seededRandom } from '../../../tools/seeded-random';
import { rehearseLife } from '../../../rehearsal/run';

/** A machine that has a lot else to do starts a rehearsal in tens of seconds. */
jest.setTimeout(120_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(os.tmpdir(), 'interrupted-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const configuration = `provider "azurerm" {
  features {}
  subscription_id = "7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11"
}
resource "azurerm_resource_group" "group" {
  name     = "rg-slow"
  location = "swedencentral"
}
resource "terraform_data" "slow" {
  input = azurerm_resource_group.group.id
  provisioner "local-exec" {
    command = "sleep 60"
  }
}
`;

/** Starts a rehearsal whose temporary files are in a directory. */
function rehearse(temporary: string): ChildProcess {
  mkdirSync(join(directory, 'stack'), { recursive: true });
  writeFileSync(join(directory, 'stack', 'main.tf'), configuration);
  const script = join(directory, 'rehearse.ts');
  writeFileSync(
    script,
    `import { rehearseLife } from ${JSON.stringify(resolve('rehearsal/run'))};
     void rehearseLife(${JSON.stringify(join(directory, 'stack'))}, { allowPrograms: true });`,
  );
  return spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temporary },
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(done => setTimeout(done, 50));
}

/** What is left in a directory for temporary files, but for what the loader of TypeScript keeps there. */
function files(temporary: string): string[] {
  return readdirSync(temporary).filter(name => !name.startsWith('tsx-'));
}

/** Processes that were started with that directory for temporary files. */
function processes(temporary: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${temporary}`);
      } catch {
        return false; // it ended
      }
    });
}

const seed = 20261129;
const random = seededRandom(seed);
const signals = ['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const cases = [0, 1, 2, 3, 4, 5, 6, 7].map(at => ({
  signal: signals[at % signals.length] as (typeof signals)[number],
  // Milliseconds, from the start of the process or from its first directory.
  after: Math.round(random() * (at < 4 ? 2500 : 1200)),
  from: at < 4 ? 'start' : 'directory',
}));

describe(`a rehearsal that is ended by a signal (seed ${seed})`, () => {
  it('leaves no directory, no socket and no process, whenever it comes', async () => {
    const ends = cases.map(async ({ signal, after, from }, at) => {
      const temporary = join(directory, `t${at}`);
      mkdirSync(temporary);
      const child = rehearse(temporary);
      const ended = new Promise<NodeJS.Signals | null>(done => child.once('exit', (_code, by) => done(by)));
      if (from === 'directory') await until(() => files(temporary).length > 0);
      await new Promise(done => setTimeout(done, after));
      child.kill(signal);
      expect(await ended).toBe(signal);
      await until(() => files(temporary).length + processes(temporary).length === 0);
    });
    await Promise.all(ends);
  });
});

describe('the directory for temporary files', () => {
  it('may have a long path: sockets are elsewhere, and gone in the end', async () => {
    const temporary = join(directory, 'x'.repeat(200));
    mkdirSync(temporary);
    const sockets = (): string[] => readdirSync('/tmp').filter(name => name.startsWith('rehearsal-'));
    const child = rehearse(temporary);
    const ended = new Promise(done => child.once('exit', done));
    await until(() => files(temporary).length > 0);
    const [name = ''] = files(temporary);
    await until(
      () => sockets().includes(name) && readdirSync(join('/tmp', name)).includes('hashicorp-azurerm.sock'),
    );
    child.kill('SIGTERM');
    await ended;
    expect(sockets()).not.toContain(name);
    expect(files(temporary)).toEqual([]);
  });

  it.each([
    [
      'is not there',
      'none',
      /^the directory for temporary files \S+none does not exist: make it, or set TMPDIR to another one$/,
    ],
    [
      'is a file',
      'file',
      /^the temporary directory \S+ cannot be made \(ENOTDIR\): set TMPDIR to a directory that can be written to$/,
    ],
  ])('that %s is said in one sentence', async (_what, name, sentence) => {
    writeFileSync(join(directory, 'file'), '');
    const temporary = jest.spyOn(os, 'tmpdir').mockReturnValue(join(directory, name));
    try {
      await expect(rehearseLife(directory)).rejects.toMatchObject({
        name: 'NoTemporaryDirectory',
        message: expect.stringMatching(sentence) as string,
      });
    } finally {
      temporary.mockRestore();
    }
  });
});
