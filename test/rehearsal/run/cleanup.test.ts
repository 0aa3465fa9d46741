import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rehearseLife } from '../../../rehearsal/run';

jest.setTimeout(60_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-cleanup-'));
  mkdirSync(join(directory, 'tmp'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A stack that says when it has started to be created, and then takes a minute. */
function writeSlowApp(): void {
  const command = `touch ${join(directory, 'started')}; exec sleep 61.${process.pid}`;
  writeFileSync(
    join(directory, 'cdktf.json'),
    JSON.stringify({ language: 'typescript', app: 'node app.js' }),
  );
  writeFileSync(
    join(directory, 'app.js'),
    `const { App, DataResource, TerraformStack } = require(${JSON.stringify(resolve('node_modules/cdktf'))});
     const app = new App();
     const slow = new DataResource(new TerraformStack(app, 'slow'), 'slow');
     slow.addOverride('provisioner', [{ 'local-exec': { command: ${JSON.stringify(command)} } }]);
     app.synth();`,
  );
}

function startRehearsal(deployWith: string): ChildProcess {
  const script = join(directory, 'rehearse.ts');
  writeFileSync(
    script,
    `import { rehearseLife } from ${JSON.stringify(resolve('rehearsal/run'))};
     void rehearseLife(__dirname, { deployWith: '${deployWith}' as 'cdktf', allowPrograms: true });`,
  );
  return spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: join(directory, 'tmp') },
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(done => setTimeout(done, 50));
}

/** Command lines of processes that have to do with this test. */
function processes(): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter(line => line.includes(directory) || line.includes(`sleep 61.${process.pid}`));
}

describe('a rehearsal that does not come to its end', () => {
  it.each([
    ['SIGINT', 'terraform'],
    ['SIGTERM', 'cdktf'],
    ['SIGINT', 'cdktf'],
    ['SIGKILL', 'terraform'],
    ['SIGKILL', 'cdktf'],
  ] as const)('leaves nothing behind after %s, deploying with %s', async (signal, deployWith) => {
    writeSlowApp();
    const child = startRehearsal(deployWith);
    let printed = '';
    child.stdout?.on('data', chunk => (printed += String(chunk)));
    child.stderr?.on('data', chunk => (printed += String(chunk)));
    const ended = new Promise<NodeJS.Signals | null>(done => child.once('exit', (_code, by) => done(by)));
    await until(() => existsSync(join(directory, 'started')));
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(printed).toBe('');
    await until(() => processes().length === 0);
    const left = (): string[] =>
      readdirSync(join(directory, 'tmp')).filter(name => name.startsWith('rehearsal-'));
    // After SIGKILL it is the guard that removes the directory, as the last thing it does.
    if (signal === 'SIGKILL') await until(() => left().length === 0);
    expect(left()).toEqual([]);
  });

  it.each(['terraform', 'cdktf'] as const)(
    'says what failed, deploying with %s, and destroys the rest',
    async deployWith => {
      writeFileSync(
        join(directory, 'cdktf.json'),
        JSON.stringify({ language: 'typescript', app: 'node app.js' }),
      );
      writeFileSync(
        join(directory, 'app.js'),
        `const { App, DataResource, TerraformStack } = require(${JSON.stringify(resolve('node_modules/cdktf'))});
       const app = new App();
       const first = new TerraformStack(app, 'first');
       const good = new DataResource(first, 'good', { input: { n: 1 } });
       const bad = new DataResource(first, 'bad', { input: { n: 1 }, dependsOn: [good] });
       bad.addOverride('provisioner', [{ 'local-exec': { command: 'echo no luck; exit 3' } }]);
       new DataResource(new TerraformStack(app, 'second'), 'copy', { input: bad.input });
       app.synth();`,
      );
      const result = await rehearseLife(directory, { deployWith, allowPrograms: true });
      expect(result.ok).toBe(false);
      expect(result.findings).toHaveLength(2);
      expect(result.findings[0]).toMatch(
        /^deploy of first: .*local-exec provisioner error: .*exit status 3/s,
      );
      expect(result.findings[1]).toBe('deploy of second: not tried, because a stack before it failed');
      expect(result.stacks[0]).toMatchObject({ ok: false, created: ['terraform_data.good'] });
      expect(result.leftovers.inState).toEqual([]);
    },
  );

  it('says what the app says when it does not synthesise', async () => {
    writeFileSync(
      join(directory, 'cdktf.json'),
      JSON.stringify({ language: 'typescript', app: 'echo bad config >&2; exit 1' }),
    );
    await expect(rehearseLife(directory)).rejects.toThrow(/^bad config$/);
  });
});
