import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { environmentFile } from '../../config';
import { openRehearsal } from '../../testing';
import type { Fault, Rehearsal } from '../../testing';
import { synthesiseEnvironments } from '../../stacks';
import { App } from 'cdktf';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(600_000);

let directory: string;
let rehearsal: Rehearsal | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'deploy-'));
  const file = environmentFile('dev', process.cwd());
  mkdirSync(join(directory, 'config', 'environments'), { recursive: true });
  for (const name of ['dev.yaml', 'dev.lock.json'])
    cpSync(join(file, '..', name), join(directory, 'config', 'environments', name));
  const app = `node --import ${JSON.stringify(`file://${require.resolve('tsx')}`)} ${resolve('main.ts')}`;
  writeFileSync(
    join(directory, 'cdktf.json'),
    JSON.stringify({ language: 'typescript', app, projectId: 'deploy', sendCrashReports: 'false' }),
  );
});
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
  rmSync(directory, { recursive: true });
});

async function open(faults: readonly Fault[]): Promise<void> {
  const synthesise = (outdir: string): void => {
    synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: 'dev' });
  };
  rehearsal = await openRehearsal({ synthesise }, { faults });
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function berthDeploy(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', `file://${require.resolve('tsx')}`, resolve('bin/berth.ts'), 'deploy', 'dev', ...args],
    {
      cwd: directory,
      env: { ...process.env, ...rehearsal?.environment(), TMPDIR: process.env.TMPDIR, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', chunk => (stdout += String(chunk)));
  child.stderr.on('data', chunk => (stderr += String(chunk)));
  return new Promise(done => child.once('close', status => done({ status: status ?? -1, stdout, stderr })));
}

const roles = ['catalog', 'edge', 'hosted', 'hosts', 'platform'];

/** What each stack's state holds: how many resources, or nothing where there is no state. */
function states(): Record<string, number> {
  const files = readdirSync(directory).filter(name => name.endsWith('.tfstate'));
  return Object.fromEntries(
    files.map(name => {
      const { resources } = JSON.parse(readFileSync(join(directory, name), 'utf8')) as {
        resources: unknown[];
      };
      return [name.replace(/^terraform\.dev-|\.tfstate$/g, ''), resources.length];
    }),
  );
}

function locks(): string[] {
  return readdirSync(directory).filter(name => name.endsWith('.lock.info'));
}

const outcomes = ({ stdout }: Ended): string[] => stdout.trimEnd().split('\n').sort();

describe('berth deploy', () => {
  it('finishes what does not need the stacks that fail, whenever they fail, and goes on when they are mended', async () => {
    await open([
      { name: 'server-error', resource: 'azurerm_cognitive_deployment' },
      { name: 'server-error', resource: 'azurerm_linux_virtual_machine', nth: 2 },
    ]);
    const first = await berthDeploy(['--auto-approve'], { TF_VAR_weights_dir: '/none' });
    expect(outcomes(first)).toEqual([
      'dev-catalog: deployed',
      'dev-edge: failed; what went wrong is above',
      'dev-hosted: failed; what went wrong is above',
      'dev-hosts: failed; what went wrong is above',
      'dev-platform: deployed',
    ]);
    expect(first.status).toBe(6);
    expect(first.stderr).toMatch(/^dev-edge {2}.*Error: /m);
    expect(locks()).toEqual([]);
    expect(Object.keys(states()).sort()).toEqual(roles);
    expect(Object.values(states()).every(count => count > 0)).toBe(true);
    const second = await berthDeploy(['--auto-approve']);
    expect(second.status).toBe(0);
    expect(outcomes(second)).toEqual(roles.map(role => `dev-${role}: deployed`));
    expect(locks()).toEqual([]);
  });

  it('does not try what needs a platform that failed, and deploys the devices all the same', async () => {
    await open([{ name: 'server-error', resource: 'azurerm_key_vault' }]);
    const first = await berthDeploy(['--auto-approve']);
    expect(outcomes(first)).toEqual([
      'dev-catalog: not tried, because it needs dev-platform',
      'dev-edge: deployed',
      'dev-hosted: not tried, because it needs dev-platform',
      'dev-hosts: not tried, because it needs dev-platform',
      'dev-platform: failed; what went wrong is above',
    ]);
    expect(first.status).toBe(6);
    expect(locks()).toEqual([]);
  });

  it('says what is missing before it starts, a line for each thing', async () => {
    await open([]);
    const nothing = {
      SSH_AUTH_SOCK: '',
      TF_REATTACH_PROVIDERS: '',
      PATH: `${join(process.execPath, '..')}:/usr/bin:/bin`,
    };
    const { status, stdout, stderr } = await berthDeploy(['--auto-approve'], nothing);
    expect(stderr).toBe(
      'error the deploy is not started:\n' +
        '  there is no SSH agent, and dev-edge sets up devices over SSH: run eval "$(ssh-agent)" and ssh-add KEY\n' +
        '  there are no credentials for Azure: run az login, or set ARM_TENANT_ID, ARM_SUBSCRIPTION_ID, ARM_CLIENT_ID and ' +
        'ARM_CLIENT_SECRET (or ARM_CLIENT_CERTIFICATE_PATH, ARM_USE_OIDC, ARM_USE_MSI)\n',
    );
    expect([status, stdout, Object.keys(states())]).toEqual([69, '', []]);
  });

  it('says who holds the lock of a state', async () => {
    await open([]);
    const held = join(directory, 'held');
    mkdirSync(held);
    const block = { backend: { local: { path: '../terraform.dev-hosts.tfstate' } } };
    const resource = {
      terraform_data: {
        slow: { provisioner: [{ 'local-exec': { command: 'touch running; exec sleep 300' } }] },
      },
    };
    writeFileSync(join(held, 'main.tf.json'), JSON.stringify({ terraform: block, resource }));
    const env = { ...process.env, ...rehearsal?.environment() };
    const init = spawn('terraform', ['init', '-input=false'], { cwd: held, env, stdio: 'ignore' });
    await new Promise(done => init.once('close', done));
    const holder = spawn('terraform', ['apply', '-auto-approve'], {
      cwd: held,
      env,
      stdio: 'ignore',
      detached: true,
    });
    try {
      while (!readdirSync(held).includes('running')) await new Promise(done => setTimeout(done, 50));
      const { status, stderr } = await berthDeploy(['--auto-approve']);
      expect(stderr).toMatch(
        /^error the deploy is not started:\n {2}the state of dev-hosts is locked by \S+@\S+ since .+ \(OperationTypeApply\): wait for it, or, when it is gone, run terraform force-unlock \S+ in \S+\/cdktf\.out\/stacks\/dev-hosts\n$/,
      );
      expect(status).toBe(69);
    } finally {
      process.kill(-(holder.pid as number), 'SIGKILL');
    }
  });

  it('asks for --auto-approve where there is no terminal, and does nothing', async () => {
    const { status, stdout, stderr } = await berthDeploy([]);
    expect(stderr).toBe(
      'error there is no terminal at which to ask whether to go on: add --auto-approve to deploy without being asked\n',
    );
    expect([status, stdout, readdirSync(directory).sort()]).toEqual([64, '', ['cdktf.json', 'config']]);
  });
});
