import { mkdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { execute } from '../rehearsal/process/execute';
import { BerthError } from '../text/berth-error';

/** A backend block of Terraform: its type and configuration. */
export interface BackendBlock {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A state that could not be read or written; it is as it was. */
export class StateUnreachable extends BerthError {
  readonly kind = 'unavailable';
}

export interface TerraformState {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
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

/** The state of one stack, reached from a directory of its own. */
export class StateBackend {
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
  async open(): Promise<TerraformState | undefined> {
    await this.run('init', '-input=false', '-no-color');
    return this.pull();
  }

  /** Undefined where nothing is kept. */
  async pull(): Promise<TerraformState | undefined> {
    const text = (await this.run('state', 'pull')).trim();
    if (text === '') return undefined;
    // Where there is no state, some backends answer with an empty one.
    const state = JSON.parse(text) as TerraformState;
    return state.resources.length > 0 || Object.keys(state.outputs).length > 0 ? state : undefined;
  }

  /** Takes addresses out of the state, and leaves what they stand for as it is. */
  async forget(addresses: readonly string[]): Promise<void> {
    await this.run('state', 'rm', ...addresses);
  }

  async push(state: TerraformState): Promise<void> {
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
    throw new StateUnreachable(`${this.stack}: terraform ${args[0]} failed: ${(stderr || stdout).trim()}`);
  }
}
