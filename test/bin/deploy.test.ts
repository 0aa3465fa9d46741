import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moments } from '../../bench/deploy/moments';
import { inTurn, together } from '../../bench/deploy';
import { DeployProject } from '../../bench/deploy/project';
import { tryDeploy } from '../../bench/deploy/trial';
import type { TrialResult } from '../../bench/deploy/trial';
import { deployUndisturbed } from '../../bench/deploy/undisturbed';
import type { Undisturbed } from '../../bench/deploy/undisturbed';
import { seededRandom } from '../../tools/seeded-random';

/** Each deploy starts a CLI for each stack. */
jest.setTimeout(900_000);

const seeds = { 'the platform': 20261130, 'the others': 20261201 } as const;

describe('a deploy by the real CLI in which stacks fail', () => {
  let dev: Undisturbed;
  beforeAll(async () => {
    dev = await deployUndisturbed('dev');
  });

  /** `npm run bench -- deploy` plays all of them. */
  function one(of: keyof typeof seeds): ReturnType<typeof together>[number] {
    const all = together(dev).filter(failing => failing.has('dev-platform') === (of === 'the platform'));
    return all[Math.floor(seededRandom(seeds[of])() * all.length)] as (typeof all)[number];
  }

  it.each(['the platform', 'the others'] as const)(
    'kills nothing, leaves no lock, goes on with what needs none of them, and is finished by the next: %s',
    async of => {
      const failing = one(of);
      const { problems, besideOthers } = await tryDeploy(dev, failing);
      expect(problems).toEqual([]);
      expect({ failing, besideOthers }).toEqual({ failing, besideOthers: expect.any(Array) });
      expect(besideOthers.length).toBeGreaterThan(0);
    },
  );

  it('is tried with each stack at each moment', () => {
    const cells = (all: readonly TrialResult['failing'][]): string[] =>
      all.flatMap(failing => [...failing].map(([stack, moment]) => `${stack} ${moment}`)).sort();
    expect(cells(together(dev))).toEqual(cells(inTurn(dev)));
    expect(cells(inTurn(dev))).toHaveLength(dev.needs.size * moments.length);
  });
});

describe('berth deploy', () => {
  let project: DeployProject;
  beforeEach(async () => {
    project = await DeployProject.open('dev', { localStates: true });
  });
  afterEach(() => project.close());

  const untouched = (): boolean => !readdirSync(project.directory).some(name => name.endsWith('.tfstate'));

  it('says what is missing before it starts, a line for each thing', async () => {
    const nothing = {
      SSH_AUTH_SOCK: '',
      TF_REATTACH_PROVIDERS: '',
      PATH: `${join(process.execPath, '..')}:/usr/bin:/bin`,
    };
    const { status, stdout, stderr } = await project.berth('deploy', ['--auto-approve'], nothing);
    expect(stderr).toBe(
      'error the deploy is not started:\n' +
        '  there is no SSH agent, and dev-edge sets up devices over SSH: run eval "$(ssh-agent)" and ssh-add KEY\n' +
        '  there are no credentials for Azure: run az login, or set ARM_TENANT_ID, ARM_SUBSCRIPTION_ID, ARM_CLIENT_ID and ' +
        'ARM_CLIENT_SECRET (or ARM_CLIENT_CERTIFICATE_PATH, ARM_USE_OIDC, ARM_USE_MSI)\n',
    );
    expect([status, stdout, untouched()]).toEqual([69, '', true]);
    // What is missing for a deploy is not missed by a synthesis.
    const synthesised = await project.cdktf(['synth', '--output', 'elsewhere'], nothing);
    expect([synthesised.status, existsSync(join(project.directory, 'elsewhere', 'manifest.json'))]).toEqual([
      0,
      true,
    ]);
  });

  it('says who holds the lock of a state, where somebody else needs no lock to look', async () => {
    const holder = await holdLock('dev-hosts');
    try {
      const { status, stderr } = await project.berth('deploy', ['--auto-approve']);
      expect(stderr).toMatch(
        /^error the deploy is not started:\n {2}the state of dev-hosts is locked by \S+@\S+ since .+ \(OperationTypeApply\): wait for it, or, when it is gone, run terraform force-unlock \S+ in \S+\/cdktf\.out\/stacks\/dev-hosts\n$/,
      );
      expect(status).toBe(69);
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
  });

  it.each([
    [
      ['deploy'],
      'there is no terminal at which to ask whether to go on: add --auto-approve to deploy without being asked',
    ],
    [
      ['destroy'],
      'there is no terminal at which to ask whether to go on: add --auto-approve to destroy without being asked',
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

  it('deploys only the stack that is asked for, with no flag of the CLI, whatever is wrong with another environment', async () => {
    writeFileSync(join(project.directory, 'config', 'environments', 'prod.yaml'), 'name: [');
    const { status, stdout } = await project.berth('deploy', ['--only', 'edge', '--auto-approve']);
    expect([status, stdout]).toEqual([0, 'dev-edge: deployed\n']);
    expect(project.stacks().every(name => name.startsWith('dev-'))).toBe(true);
    expect(readdirSync(project.directory).filter(name => name.endsWith('.tfstate'))).toEqual([
      'terraform.dev-edge.tfstate',
    ]);
  });
});
