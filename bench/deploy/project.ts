import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { App } from 'cdktf';
import { environmentFile, lockFile } from '../../config';
import { Rehearsal, findCdktf } from '../../rehearsal/run';
import type { Fault } from '../../rehearsal/run';
import { synthesiseEnvironments } from '../../stacks';
import { StateServer } from './state-server';

/** How a command ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What may go wrong in a project under trial. */
interface ProjectOptions {
  /** Failures of the simulated Azure. @default - none */
  readonly faults?: readonly Fault[];
  /** Whether states are in local files. @default - on a server */
  readonly localStates?: boolean;
}

const root = dirname(require.resolve('../../package.json'));
const tsx = ['--import', `file://${require.resolve('tsx')}`];

/**
 * A project as a user has it, in a directory of its own: an environment with its lock, deployed by the real `berth` and the
 * real CLI against a rehearsal.
 */
export class DeployProject {
  private constructor(
    readonly directory: string,
    readonly environment: string,
    readonly states: StateServer,
    private readonly options: ProjectOptions,
    private readonly open: Rehearsal,
  ) {}

  /** @param name an environment of this repository, or a path */
  static async open(name: string, options: ProjectOptions = {}): Promise<DeployProject> {
    const directory = mkdtempSync(join(tmpdir(), 'deploy-'));
    const states = new StateServer();
    try {
      const file = environmentFile(name, root);
      const folder = join(directory, 'config', 'environments');
      mkdirSync(folder, { recursive: true });
      for (const each of [file, lockFile(file)]) cpSync(each, join(folder, basename(each)));
      const app = ['node', ...tsx.map(each => JSON.stringify(each)), join(__dirname, 'app.ts')].join(' ');
      const config = { language: 'typescript', app, projectId: 'deploy', sendCrashReports: 'false' };
      writeFileSync(join(directory, 'cdktf.json'), JSON.stringify(config));
      await states.start();
      const environment = basename(file).replace(/\.\w+$/, '');
      const target = targetOf(directory, environment);
      const rehearsal = await Rehearsal.open(target, { faults: options.faults });
      return new DeployProject(directory, environment, states, options, rehearsal);
    } catch (error) {
      await states.stop();
      rmSync(directory, { recursive: true });
      throw error;
    }
  }

  get rehearsal(): Rehearsal {
    return this.open;
  }

  /** The whole environment of a command about this project. */
  get variables(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.open.environment(),
      TMPDIR: process.env.TMPDIR,
      CI: '1',
      ...(this.options.localStates ? {} : { STATES: this.states.url }),
    };
  }

  /** `berth <command> <environment> …`. */
  berth(command: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const program = [...tsx, resolve(root, 'bin', 'berth.ts')];
    return this.run([...program, command, this.environment, ...args], more);
  }

  /** `cdktf …` or `cdktn …`, by itself. */
  async cdktf(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const { file } = await findCdktf(root);
    return this.run([file, ...args], { BERTH_ENV: this.environment, ...more });
  }

  /** Deploys all stacks by Terraform itself, which takes a fraction of the time. */
  async deployDirectly(): Promise<void> {
    const results = await this.open.deploy();
    const wrong = results.filter(({ ok }) => !ok).map(({ name }) => name);
    if (wrong.length > 0) throw new Error(`${wrong.join(', ')} cannot be deployed`);
    for (const { name } of results) {
      const state = readFileSync(join(this.open.directory, 'state', `${name}.tfstate`), 'utf8');
      this.states.states.set(name, state);
    }
  }

  /** Has the rehearsal serve what the environment has become. */
  async serve(): Promise<void> {
    await this.open.use(targetOf(this.directory, this.environment));
  }

  /** Locks that nobody gave back. */
  locks(): string[] {
    const files = readdirSync(this.directory).filter(name => name.endsWith('.lock.info'));
    return [...this.states.locked, ...files];
  }

  /** Names of the stacks that were synthesised. */
  stacks(): string[] {
    return readdirSync(join(this.directory, 'cdktf.out', 'stacks')).sort();
  }

  /** Where Terraform runs for a stack. */
  stack(name: string): string {
    return join(this.directory, 'cdktf.out', 'stacks', name);
  }

  /** ARM ids of what the state of a stack holds; undefined where there is no state. */
  resources(stack: string): readonly string[] | undefined {
    const text = this.states.states.get(stack);
    return text === undefined ? idsOfState(join(this.directory, `terraform.${stack}.tfstate`)) : idsIn(text);
  }

  /** The same of a state that Terraform could not save. */
  unsavedResources(stack: string): readonly string[] {
    return idsOfState(join(this.stack(stack), 'errored.tfstate')) ?? [];
  }

  async close(): Promise<void> {
    await this.open.close();
    await this.states.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private run(args: readonly string[], more: NodeJS.ProcessEnv): Promise<Ended> {
    const child = spawn(process.execPath, args, {
      cwd: this.directory,
      env: { ...this.variables, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', chunk => (stdout += String(chunk)));
    child.stderr.on('data', chunk => (stderr += String(chunk)));
    return new Promise(done => child.once('close', status => done({ status: status ?? -1, stdout, stderr })));
  }
}

function targetOf(directory: string, environment: string): Parameters<Rehearsal['use']>[0] {
  const synthesise = (outdir: string): void => {
    const app = new App({ outdir, stackTraces: false });
    const file = environmentFile(environment, directory);
    synthesiseEnvironments(app, { environment: file, root: directory });
  };
  return { synthesise };
}

function idsOfState(file: string): string[] | undefined {
  return existsSync(file) ? idsIn(readFileSync(file, 'utf8')) : undefined;
}

function idsIn(state: string): string[] {
  const { resources } = JSON.parse(state) as {
    readonly resources: readonly {
      readonly mode: string;
      readonly instances: readonly { readonly attributes: { readonly id?: string } }[];
    }[];
  };
  return resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ instances }) => instances.map(({ attributes: { id = '' } }) => id));
}
