import { mkdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findTerraform } from '../rehearsal/run';
import { execute } from '../rehearsal/process/execute';
import { PrivateDirectories } from '../rehearsal/process/private-directories';
import { BerthError } from '../text/berth-error';

/** A backend block of Terraform: its type and configuration. */
export interface BackendBlock {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A stack and where its state goes from and to. */
export interface StateMove {
  readonly stack: string;
  readonly from: BackendBlock;
  readonly to: BackendBlock;
}

/** What became of one state. */
export interface Moved extends StateMove {
  /** Resources in it; 0 where there was no state. */
  readonly resources: number;
}

/** A state that could not be moved; the old ones are as they were. */
class StateNotMoved extends BerthError {
  readonly kind = 'unavailable';
}

interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Copies states with Terraform's own `state pull` and `state push`, which locks where it writes and refuses to write over a
 * state of something else or over a newer one. Run again after an interruption, it goes on.
 * @throws StateNotMoved naming the stack, also when a state changed meanwhile; TerraformUnusable
 */
export async function moveStates(moves: readonly StateMove[]): Promise<Moved[]> {
  const { path } = await findTerraform();
  // States hold secrets, and a guard removes them also when this process is killed.
  const directories = new PrivateDirectories();
  try {
    const opened = [];
    for (const move of moves) {
      const [from, to] = [
        join(directories.files, move.stack, 'from'),
        join(directories.files, move.stack, 'to'),
      ];
      const source = new Backend(path, from, move.stack, move.from);
      const target = new Backend(path, to, move.stack, move.to);
      const state = await source.open();
      const there = await target.open();
      checkTarget(move.stack, state, there);
      opened.push({ move, source, target, state, arrived: holdsSame(state, there) });
    }
    for (const { state, target, arrived } of opened) if (state && !arrived) await target.push(state);
    for (const { move, state, source, target } of opened) await checkMoved(move.stack, state, source, target);
    return opened.map(({ move, state }) => ({ ...move, resources: state?.resources.length ?? 0 }));
  } finally {
    await directories.close();
  }
}

function checkTarget(stack: string, state: State | undefined, there: State | undefined): void {
  if (!there || there.lineage === state?.lineage || holdsSame(state, there)) return;
  throw new StateNotMoved(
    `${stack}: where its state would go there is another one (${there.resources.length} resources); choose another backend.keyPrefix, or delete it if it is a copy of this one`,
  );
}

/** By content: Terraform gives a state that it copies to an empty place a lineage of its own. */
function holdsSame(state: State | undefined, there: State | undefined): boolean {
  return (
    isDeepStrictEqual(there?.resources, state?.resources) && isDeepStrictEqual(there?.outputs, state?.outputs)
  );
}

async function checkMoved(
  stack: string,
  state: State | undefined,
  source: Backend,
  target: Backend,
): Promise<void> {
  if ((await source.pull())?.serial !== state?.serial)
    throw new StateNotMoved(
      `${stack}: its state changed while it was moved; end the other deploy and run this again`,
    );
  if (state && !holdsSame(state, await target.pull()))
    throw new StateNotMoved(
      `${stack}: its state did not arrive as it was sent; nothing was changed where it was, run this again`,
    );
}

/** Providers that states of Berth's stacks name, at the registries of Terraform and OpenTofu. */
const providers = ['registry.terraform.io', 'registry.opentofu.org'].flatMap(host => [
  `${host}/hashicorp/azurerm`,
  `${host}/azure/azapi`,
]);

/**
 * Terraform would install hundreds of MB of providers to read a state, and starts none for it; what it believes to run already
 * it does not install.
 */
const withoutProviders = JSON.stringify(
  Object.fromEntries(
    providers.map(name => [
      name,
      {
        Protocol: 'grpc',
        ProtocolVersion: 5,
        Pid: 1,
        Test: true,
        Addr: { Network: 'unix', String: devNull },
      },
    ]),
  ),
);

/** One backend in a directory of its own. */
class Backend {
  constructor(
    private readonly terraform: string,
    private readonly directory: string,
    private readonly stack: string,
    { type, config }: BackendBlock,
  ) {
    mkdirSync(directory, { recursive: true });
    const block = { terraform: { backend: { [type]: config } } };
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(block));
  }

  /** Initialises the backend. */
  async open(): Promise<State | undefined> {
    await this.run('init', '-input=false', '-no-color');
    return this.pull();
  }

  /** Undefined where nothing is kept. */
  async pull(): Promise<State | undefined> {
    const text = (await this.run('state', 'pull')).trim();
    if (text === '') return undefined;
    // Where there is no state, some backends answer with an empty one.
    const state = JSON.parse(text) as State;
    return state.resources.length > 0 || Object.keys(state.outputs).length > 0 ? state : undefined;
  }

  async push(state: State): Promise<void> {
    const file = join(this.directory, 'moved.tfstate');
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    await this.run('state', 'push', file);
  }

  private async run(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await execute(this.terraform, args, {
      directory: this.directory,
      environment: {
        ...process.env,
        TF_IN_AUTOMATION: '1',
        CHECKPOINT_DISABLE: '1',
        TF_REATTACH_PROVIDERS: withoutProviders,
      },
    });
    if (status === 0) return stdout;
    throw new StateNotMoved(`${this.stack}: terraform ${args[0]} failed: ${(stderr || stdout).trim()}`);
  }
}
