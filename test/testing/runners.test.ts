import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

jest.setTimeout(120_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-runners-'));
  mkdirSync(join(directory, 'tmp'));
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly printed: string;
}

/** Runs Node as a user's test runner. @param whenStarted called once the slow stack is being created */
async function node(args: readonly string[], whenStarted?: (pid: number) => void): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, TMPDIR: join(directory, 'tmp'), NODE_OPTIONS: '', FORCE_COLOR: '0' },
  });
  let printed = '';
  child.stdout.on('data', chunk => (printed += String(chunk)));
  child.stderr.on('data', chunk => (printed += String(chunk)));
  const ended = new Promise<Run>(done =>
    child.once('close', (status, signal) => done({ status, signal, printed })),
  );
  if (whenStarted) {
    await until(() => existsSync(join(directory, 'started')) || child.exitCode !== null);
    if (child.exitCode === null) whenStarted(child.pid as number);
  }
  return ended;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(done => setTimeout(done, 50));
}

/** Waits until nothing of a rehearsal is left, or gives up and says what is. */
async function leftovers(): Promise<string[]> {
  const left = (): string[] => [
    ...execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter(line => line.includes(directory) || line.includes(`sleep 62.${process.pid}`)),
    ...readdirSync(join(directory, 'tmp')).filter(name => name.startsWith('rehearsal-')),
  ];
  for (let tries = 0; tries < 200 && left().length > 0; tries++)
    await new Promise(done => setTimeout(done, 50));
  return left();
}

const installed = (name: string): string => JSON.stringify(pathToFileURL(resolve('node_modules', name)).href);

describe('in plain Node, with the expect of vitest', () => {
  it('rehearses, two at a time, and extends expect', async () => {
    writeFileSync(
      join(directory, 'check.mts'),
      `import { App, DataResource, TerraformStack } from ${installed('cdktf/lib/index.js')};
       import * as chai from ${installed('chai/index.js')};
       import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from ${installed('@vitest/expect/dist/index.js')};
       import { rehearse, planSnapshot, terraformMatchers } from ${JSON.stringify(pathToFileURL(resolve('testing/index.ts')).href)};
       for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
       chai.expect.extend(chai.expect, terraformMatchers);
       const { expect } = chai;
       const stack = (name, n) => {
         const stack = new TerraformStack(new App({ stackTraces: false, outdir: ${JSON.stringify(join(directory, 'out'))} }), name);
         new DataResource(stack, 'number', { input: { n } });
         return stack;
       };
       const [one, two] = await Promise.all([rehearse(stack('one', 1)), rehearse(stack('two', 2))]);
       expect([one.findings, two.findings]).toEqual([[], []]);
       expect(stack('one', 1)).toSynthesiseResource('terraform_data', { input: { n: 1 } });
       expect(one).toPlanResource('terraform_data', { input: { n: 1 } });
       expect(two).not.toPlanResource('terraform_data', { input: { n: 1 } });
       expect(one).toHaveNoDestroy();
       try {
         expect(two).toHaveNoChanges();
       } catch (error) {
         console.log(error.message);
       }
       console.log(planSnapshot(one));`,
    );
    expect(await node(['--import', 'tsx', join(directory, 'check.mts')].map(toTsx))).toEqual({
      status: 0,
      signal: null,
      printed: `expected a plan without changes, but it has 1:
  two/terraform_data.number: create
stack one
+ terraform_data.number
  input.n = 1
  (2 more known after apply)

`,
    });
    expect(await leftovers()).toEqual([]);
  });
});

/** The loader is found from the directory of the project, not from that of the script. */
function toTsx(arg: string): string {
  return arg === 'tsx' ? pathToFileURL(require.resolve('tsx')).href : arg;
}

describe('in jest', () => {
  const head = `
    const { existsSync } = require('node:fs');
    const { App, DataResource, TerraformStack } = require('cdktf');
    const { openRehearsal, rehearse } = require('cdktf-berth/testing');
    jest.setTimeout(100000);
    const stack = name => {
      const stack = new TerraformStack(new App({ outdir: __dirname + '/out-' + name }), name);
      const data = new DataResource(stack, 'data');
      if (name === 'slow') data.addOverride('provisioner', [{ 'local-exec': {
        command: 'touch ' + __dirname + '/started; exec sleep 62.${process.pid}' } }]);
      return stack;
    };`;

  function write(tests: Readonly<Record<string, string>>): string[] {
    const config = { ...jest.requireActual<object>('../../jest.config'), rootDir: resolve('.') };
    const own = {
      ...config,
      roots: [directory],
      testMatch: [`${directory}/*.test.js`],
      modulePaths: [resolve('node_modules')],
      cacheDirectory: join(directory, 'cache'),
      reporters: [['default', { summaryThreshold: 0 }]],
    };
    writeFileSync(join(directory, 'jest.config.json'), JSON.stringify(own));
    for (const [name, body] of Object.entries(tests))
      writeFileSync(join(directory, `${name}.test.js`), `${head}\n${body}`);
    return [resolve('node_modules/jest/bin/jest.js'), '--config', join(directory, 'jest.config.json')];
  }

  const slow = `it('waits', () => rehearse(stack('slow'), { allowPrograms: true }));`;

  it('rehearses in parallel workers, and leaves nothing behind when tests fail or a worker is killed', async () => {
    const args = write({
      passes: `it.each(['a', 'b'])('rehearses %s', async name => expect((await rehearse(stack(name))).findings).toEqual([]));`,
      fails: `it('never closes', async () => { await (await openRehearsal(stack('c'))).deploy(); throw new Error('no luck'); });`,
      killed: `it('waits', async () => {
        const waiting = rehearse(stack('slow'), { allowPrograms: true });
        while (!existsSync(__dirname + '/started')) await new Promise(done => setTimeout(done, 20));
        process.kill(process.pid, 'SIGKILL');
        await waiting;
      });`,
    });
    const { status, printed } = await node([...args, '--maxWorkers=3', '--forceExit']);
    expect(printed).toContain('Tests:       1 failed, 2 passed, 3 total');
    expect(printed).toContain('no luck');
    expect(printed).toContain('signal=SIGKILL');
    expect(status).toBe(1);
    expect(await leftovers()).toEqual([]);
  });

  // To the whole process group, as terminals and CI do.
  it.each([
    ['SIGTERM', '--runInBand'],
    ['SIGINT', '--maxWorkers=2'],
  ] as const)('leaves nothing behind after %s with %s', async (signal, mode) => {
    const args = write({ slow, other: `it('passes', () => undefined);` });
    await node([...args, mode], pid => process.kill(-pid, signal));
    expect(await leftovers()).toEqual([]);
  });
});
