import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, failureOf } from '../../bin/failure';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'berth-command-'));
  mkdirSync(join(project, 'config', 'environments'), { recursive: true });
  write('shop.yaml', shop);
  write('typo.yaml', shop.replace('name: shop', 'name: typo').replace('traffic', 'trafic'));
  write('stale.yaml', shop.replace('name: shop', 'name: stale'));
  write('stale.lock.json', '{}');
});
afterAll(() => rmSync(project, { recursive: true }));

const shop = `name: shop
azure:
  subscriptionId: 00000000-0000-4000-8000-000000000000
  locations: [swedencentral]
workloads:
  - name: chat
    task: chat
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;

function write(name: string, text: string): void {
  writeFileSync(join(project, 'config', 'environments', name), text);
}

/** A command line run by a shell in the project, `berth` being Berth. */
function shell(line: string): Promise<Ended> {
  const program = [
    process.execPath,
    '--import',
    resolve('node_modules/tsx/dist/loader.mjs'),
    resolve('bin/berth.ts'),
  ];
  const child = spawn(
    '/bin/sh',
    ['-c', `berth() { ${program.map(part => `'${part}'`).join(' ')} "$@"; }\n${line}`],
    {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', text => (stdout += String(text)));
  child.stderr.on('data', text => (stderr += String(text)));
  return new Promise(done => child.once('close', status => done({ status, stdout, stderr })));
}

describe('the command', () => {
  it('prints results on standard output, errors on standard error, and ends with a status for each', async () => {
    const [good, all, scripted, wrong, infeasible] = await Promise.all([
      shell('berth validate shop'),
      shell('berth validate'),
      shell('berth validate typo --json'),
      shell('berth place shop --tody 2026-11-24 --json'),
      shell(
        "sed 's/task: chat/task: chat\\n    languages: [kl]/' config/environments/shop.yaml > kl.yaml; berth place kl.yaml --json",
      ),
    ]);
    const file = (name: string): string => join(project, 'config', 'environments', name);
    const typo = {
      source: file('typo.yaml'),
      path: 'workloads[0].trafic',
      line: 8,
      column: 5,
      message: expect.stringContaining('the closest known key is traffic'),
    };
    expect(good).toEqual({
      status: 0,
      stdout: `${file('shop.yaml')}: shop is valid, 1 workload, not placed yet\n`,
      stderr: '',
    });
    expect(all).toEqual({
      status: 1,
      stdout: good.stdout,
      stderr: expect.stringMatching(
        /^error \S+stale\.lock\.json:1:1: .*\nerror \S+typo\.yaml:8:5: workloads\[0\]\.traf/s,
      ),
    });
    const { problems } = (JSON.parse(scripted.stdout) as { environments: [{ problems: unknown[] }] })
      .environments[0];
    expect([scripted.status, scripted.stderr, problems]).toEqual([1, '', expect.arrayContaining([typo])]);
    expect([wrong.status, wrong.stdout, JSON.parse(wrong.stderr)]).toEqual([
      64,
      '',
      {
        error: {
          code: 'usage',
          status: 64,
          message: "unknown option '--tody'\n(Did you mean --today?); berth --help lists the commands",
          problems: [],
        },
      },
    ]);
    const { error } = JSON.parse(infeasible.stderr) as { error: object };
    expect([infeasible.status, infeasible.stdout, error]).toEqual([
      3,
      '',
      expect.objectContaining({ code: 'infeasible', status: 3 }),
    ]);
  }, 60_000);

  it('ends quietly and as it would have when nobody reads on', async () => {
    const ended = await shell('{ berth schema; echo $? > status; } | true; cat status');
    expect(ended).toEqual({ status: 0, stdout: '0\n', stderr: '' });
  });

  it('places with --json, and tells by --detailed-exitcode whether the lock changed', async () => {
    const { stdout, stderr } = await shell(
      'for i in 1 2; do berth place shop --today 2026-11-24 --json --detailed-exitcode; echo "$?" >&2; done',
    );
    const [first, second] = stdout
      .split(/(?<=^\}\n)/m)
      .map(text => JSON.parse(text) as Record<string, unknown>);
    expect(stderr).toBe('2\n0\n');
    expect(first).toMatchObject({ environment: 'shop', workloads: 1, units: 1, changed: true, diff: null });
    expect(second).toMatchObject({ changed: false, diff: { placements: [], units: [] } });
  }, 60_000);
});

describe('an error', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = 0;
    delete process.env.BERTH_DEBUG;
  });

  it.each([
    ['EACCES', '/etc/shop.lock.json: it may not be read or written; check its permissions (EACCES)'],
    ['ENOSPC', '/etc/shop.lock.json: the disk is full; make room (ENOSPC)'],
    [
      'EFBIG',
      '/etc/shop.lock.json: the file would be larger than is allowed here; raise the limit (ulimit -f) (EFBIG)',
    ],
  ])('of the machine, %s, is a sentence that names the file', (code, message) => {
    const error = Object.assign(new Error(code), { code, syscall: 'open', path: '/etc/shop.lock.json' });
    expect(failureOf(error)).toMatchObject({ outcome: 'input', message });
  });

  it('that nobody expected says that Berth is wrong, and shows its trace only when it is asked to', () => {
    let told = '';
    jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      told += String(text);
      return true;
    });
    fail(new TypeError('x is not a function'));
    expect([told, process.exitCode]).toEqual([
      'error this is a defect of Berth: x is not a function; please report it (npm bugs cdktf-berth) with what you ran and with the trace, which BERTH_DEBUG=1 prints\n',
      70,
    ]);
    process.env.BERTH_DEBUG = '1';
    fail(new TypeError('x is not a function'));
    expect(told).toMatch(/TypeError: x is not a function\n {4}at /);
  });
});
