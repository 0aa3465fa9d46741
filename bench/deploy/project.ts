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
import { execute } from '../../rehearsal/process/execute';
import type { Execution } from '../../rehearsal/process/execute';
import { Rehearsal, findCdktf } from '../../rehearsal/run';
import type { Fault } from '../../rehearsal/run';
import { parseState } from '../../rehearsal/terraform/state-file';
import { synthesiseEnvironments } from '../../stacks';
import { StateServer } from './state-server';

/** What may go wrong in a project under trial. */
interface ProjectOptions {
  /** Failures of the simulated Azure. @default - none */
  readonly faults?: readonly Fault[];
  /** Whether states are in local files. @default - on a server */
  readonly localStates?: boolean;
}

/** Where the environments of this repository are. */
export const root = dirname(require.resolve('../../package.json'));
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
  berth(command: string, args: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Promise<Execution> {
    const program = [...tsx, resolve(root, 'bin', 'berth.ts')];
    return this.run([...program, command, this.environment, ...args], more);
  }

  /** `cdktf …` or `cdktn …`, by itself. */
  async cdktf(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Execution> {
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

  private run(args: readonly string[], more: NodeJS.ProcessEnv): Promise<Execution> {
    const environment = { ...this.variables, ...more };
    return execute(process.execPath, args, { directory: this.directory, environment });
  }
}

/** An environment as the app of a project synthesises it. @param root where the project is */
export function targetOf(root: string, name: string): Parameters<Rehearsal['use']>[0] {
  return {
    synthesise: outdir => {
      const app = new App({ outdir, stackTraces: false });
      synthesiseEnvironments(app, { environment: environmentFile(name, root), root });
    },
  };
}

/** ARM ids of all that is in the simulated Azure of a rehearsal, sorted. */
export function madeIn({ azure }: Rehearsal): string[] {
  return (azure?.list() ?? []).map(({ id }) => id).sort();
}

function idsOfState(file: string): string[] | undefined {
  return existsSync(file) ? idsIn(readFileSync(file, 'utf8')) : undefined;
}

function idsIn(state: string): string[] {
  return parseState(state).deployed.map(({ attributes: { id } }) => (typeof id === 'string' ? id : ''));
}
