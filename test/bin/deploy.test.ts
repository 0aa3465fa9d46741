import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, together } from '../../bench/deploy';
import { moments } from '../../bench/deploy/moments';
import { DeployProject } from '../../bench/deploy/project';
import type { TrialResult } from '../../bench/deploy/trial';
import { version } from '../../text/version';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(900_000);

it('npm run bench -- deploy has each stack fail at each moment', () => {
  const needs = new Map<string, readonly string[]>([
    ['dev-platform', []],
    ...['hosted', 'catalog', 'hosts', 'edge'].map(role => [`dev-${role}`, ['dev-platform']] as const),
  ]);
  const cells = (all: readonly TrialResult['failing'][]): string[] =>
    all.flatMap(failing => [...failing].map(([stack, moment]) => `${stack} ${moment}`)).sort();
  expect(cells(together({ needs }))).toEqual(cells(inTurn({ needs })));
  expect(cells(inTurn({ needs }))).toHaveLength(needs.size * moments.length);
});

/** One project, to which each test leaves nothing but what it says. */
describe('berth deploy', () => {
  let project: DeployProject;
  beforeAll(async () => {
    project = await DeployProject.open('dev', { localStates: true });
  });
  afterAll(() => project.close());

  /** Files of states in which something is. */
  const states = (): string[] =>
    readdirSync(project.directory).filter(
      name => name.endsWith('.tfstate') && readFileSync(join(project.directory, name)).length > 0,
    );

  it.each([
    [
      ['deploy'],
      'there is no terminal at which to ask whether to go on: add --auto-approve to deploy without being asked',
    ],
    [
      ['deploy', '--only', 'edge,network', '--auto-approve'],
      "--only: platform, hosted, catalog, hosts, edge are allowed, got 'network'",
    ],
  ])('is called wrongly: %j', async ([command = '', ...args], message) => {
    const { status, stdout, stderr } = await project.berth(command, args);
    expect(stderr).toBe(`error ${message}\n`);
    expect([status, stdout, readdirSync(project.directory).sort()]).toEqual([
      64,
      '',
      ['cdktf.json', 'config'],
    ]);
  });

  it('answers as JSON only where it asks nothing', async () => {
    const { status, stdout, stderr } = await project.berth('destroy', ['--json']);
    expect([status, stdout]).toEqual([64, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'usage',
        message: '--json: --auto-approve is needed with it, because a program cannot be asked',
      },
    });
  });

  it('names a state that could not be saved before a synthesis takes it away, whoever it belongs to', async () => {
    const stack = join(project.directory, 'cdktf.out', 'stacks', 'prod-hosts');
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, 'errored.tfstate'), '{}');
    const { status, stderr } = await project.berth('deploy', ['--auto-approve']);
    expect(stderr).toBe(
      'error the deploy is not started:\n' +
        '  the state of prod-hosts could not be saved the last time, and is in cdktf.out/stacks/prod-hosts/errored.tfstate: ' +
        'run terraform state push errored.tfstate in that directory, and remove the file\n',
    );
    expect([status, existsSync(join(stack, 'errored.tfstate'))]).toEqual([69, true]);
    rmSync(stack, { recursive: true });
  });

  it('says what is missing before it starts, a line for each thing', async () => {
    const nothing = {
      TF_VAR_device_key: '/nowhere/berth',
      TF_REATTACH_PROVIDERS: '',
      PATH: `${join(process.execPath, '..')}:/usr/bin:/bin`,
    };
    const { status, stdout, stderr } = await project.berth('deploy', ['--auto-approve'], nothing);
    expect(stderr).toBe(
      'error the deploy is not started:\n' +
        "  there is no private key at /nowhere/berth, and dev-edge sets up devices over SSH: make one with ssh-keygen -t ed25519 -N '' -f /nowhere/berth, " +
        'and let it in on each device with ssh-copy-id -i /nowhere/berth.pub; another file is named by TF_VAR_device_key\n' +
        '  there are no credentials for Azure: run az login, or set ARM_TENANT_ID, ARM_SUBSCRIPTION_ID, ARM_CLIENT_ID and ' +
        'ARM_CLIENT_SECRET (or ARM_CLIENT_CERTIFICATE_PATH, ARM_USE_OIDC, ARM_USE_MSI)\n',
    );
    expect([status, stdout, states()]).toEqual([69, '', []]);
  });

  it('says who holds the lock of a state, where somebody else needs no lock to look', async () => {
    const holder = await holdLock('dev-hosts');
    try {
      const { status, stderr } = await project.berth('deploy', ['--auto-approve']);
      expect(stderr).toMatch(
        /^error the deploy is not started:\n {2}the state of dev-hosts is locked by \S+@\S+ since .+ \(OperationTypeApply\): wait for it, or, when it is gone, run terraform force-unlock \S+ in \S+\/cdktf\.out\/stacks\/dev-hosts\n$/,
      );
      expect([status, states()]).toEqual([69, []]);
    } finally {
      holder.kill();
    }
  });

  /** Has a Terraform hold the lock of a state until it is killed. */
  async function holdLock(stack: string): Promise<{ kill: () => void }> {
    const held = join(project.directory, 'held');
    mkdirSync(held);
    const block = { backend: { local: { path: `../terraform.${stack}.tfstate` } } };
    const resource = {
      terraform_data: {
        slow: { provisioner: [{ 'local-exec': { command: 'touch running; exec sleep 300' } }] },
      },
    };
    writeFileSync(join(held, 'main.tf.json'), JSON.stringify({ terraform: block, resource }));
    const options = { cwd: held, env: project.variables, stdio: 'ignore' } as const;
    const init = spawn('terraform', ['init', '-input=false'], options);
    await new Promise(done => init.once('close', done));
    const holder = spawn('terraform', ['apply', '-auto-approve'], { ...options, detached: true });
    while (!readdirSync(held).includes('running')) await new Promise(done => setTimeout(done, 50));
    return { kill: () => void process.kill(-(holder.pid as number), 'SIGKILL') };
  }

  it('deploys only the stack that is asked for, with no flag of the CLI, whatever is wrong with another environment', async () => {
    const other = join(project.directory, 'config', 'environments', 'prod.yaml');
    writeFileSync(other, 'name: [');
    edit(project, data => (data.serial = 7));
    const { status, stdout } = await project.berth('deploy', ['--only', 'edge', '--auto-approve']);
    rmSync(other);
    expect([status, stdout]).toEqual([0, 'dev-edge: deployed\n']);
    expect(project.stacks().every(name => name.startsWith('dev-'))).toBe(true);
    expect(states()).toEqual(['terraform.dev-edge.tfstate']);
    expect(recorded(project)).toMatchObject({ berth: version(), serial: 7 });
  });

  it('is refused from an earlier lock than the deployed one, unless that is asked for', async () => {
    const file = lockOf(project);
    const before = readFileSync(stateOf(project), 'utf8');
    edit(project, data => (data.serial = 6));
    expect(await deployed(project)).toEqual(
      refused(
        `dev-edge was deployed from lock 7, and ${file} is lock 6: take the later one from your version control; to go back, change the environment and place it again over that`,
      ),
    );
    expect(readFileSync(stateOf(project), 'utf8')).toBe(before);
    expect((await deployed(project, '--allow-older'))[0]).toBe(0);
    expect(recorded(project)).toMatchObject({ berth: version(), serial: 6 });
  });
});

type Loose = Record<string, unknown>;

const lockOf = ({ directory }: DeployProject): string =>
  join(directory, 'config', 'environments', 'dev.lock.json');

function edit(project: DeployProject, change: (lock: Loose) => void): void {
  const lock = JSON.parse(readFileSync(lockOf(project), 'utf8')) as Loose;
  change(lock);
  writeFileSync(lockOf(project), JSON.stringify(lock, null, 2));
}

const stateOf = ({ directory }: DeployProject): string => join(directory, 'terraform.dev-edge.tfstate');

/** What the state says it was deployed from. */
function recorded(project: DeployProject): unknown {
  const { outputs } = JSON.parse(readFileSync(stateOf(project), 'utf8')) as {
    outputs: Record<string, Loose>;
  };
  return outputs.berth_lock?.value;
}

/** Status and errors of a deploy of one stack. */
async function deployed(
  project: DeployProject,
  ...more: readonly string[]
): Promise<readonly [number, string]> {
  const { status, stderr } = await project.berth('deploy', ['--only', 'edge', '--auto-approve', ...more]);
  const end = `error ${lockOf(project)}: `;
  return [status, stderr.slice(Math.max(0, stderr.indexOf('error '))).replaceAll(end, '')];
}

const refused = (problem: string): readonly [number, string] => [
  4,
  `error ${problem}\nnothing was deployed; --allow-older deploys it all the same\n`,
];
