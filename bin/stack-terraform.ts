import { homedir } from 'node:os';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { execute } from '../rehearsal/process/execute';
import type { Execution, ExecuteOptions } from '../rehearsal/process/execute';
import type { Stack, TerraformBinary } from '../rehearsal/run';
import { parseState } from '../rehearsal/terraform/state-file';
import type { State } from '../rehearsal/terraform/state-file';
import { parseMessages } from '../rehearsal/terraform/json-ui';

/** What a state holds, as far as it is read here; a stack that was never deployed has an empty one. */
export interface StackState {
  /** Says which write of a state this is: two states of one stamp are the same. */
  readonly stamp: string;
  readonly resources: State['deployed'];
  /** Values of its outputs; undefined where one is sensitive. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a plan would do to a resource. */
export interface PlannedChange {
  readonly address: string;
  /** `create`, `update`, `replace`, `delete`, and what else Terraform calls it. */
  readonly action: string;
}

/** Terraform's commands about a stack beside those that the CLI runs. */
export class StackTerraform {
  private readonly environment: NodeJS.ProcessEnv;

  /** @param environment the whole environment of Terraform @param watch takes charge of each process */
  constructor(
    private readonly binary: TerraformBinary,
    environment: NodeJS.ProcessEnv,
    private readonly watch: ExecuteOptions['onStart'],
  ) {
    this.environment = { ...environment, ...pluginCache(environment), TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  }

  /** @returns whether it could */
  async init(stack: Stack): Promise<boolean> {
    return (await this.run(stack, ['init', '-input=false', '-no-color'])).status === 0;
  }

  /** What Terraform says of a lock that somebody holds; undefined when the state is free. It takes the lock and gives it back. */
  async lockError(stack: Stack): Promise<string | undefined> {
    // To taint what is not there locks the state and changes nothing.
    const probe = ['taint', '-no-color', '-allow-missing', 'terraform_data.lock_probe'];
    const { stderr } = await this.run(stack, probe);
    return /Error acquiring the state lock/.test(stderr) ? stderr : undefined;
  }

  /** Undefined where the state cannot be read. */
  async state(stack: Stack): Promise<StackState | undefined> {
    const { status, stdout } = await this.run(stack, ['state', 'pull']);
    if (status !== 0) return undefined;
    const { lineage = '', serial = 0 } = JSON.parse(stdout.trim() || '{}') as {
      readonly lineage?: string;
      readonly serial?: number;
    };
    const { deployed, outputs } = parseState(stdout);
    const values = Object.entries(outputs).map(([name, { value }]) => [name, value] as const);
    return {
      stamp: `${lineage} ${serial}`,
      resources: deployed,
      outputs: Object.fromEntries(values),
    };
  }

  /** Whether a deploy would change anything. */
  async wouldChange(stack: Stack): Promise<boolean> {
    return (await this.planned(stack, [])).status === 2;
  }

  /** A plan for people, or with `-json` for programs, which takes no lock. @returns status 2 where something would change */
  planned(stack: Stack, args: readonly string[]): Promise<Execution> {
    return this.run(stack, [
      'plan',
      '-detailed-exitcode',
      '-input=false',
      '-no-color',
      '-lock=false',
      ...args,
    ]);
  }

  /** What a deploy would do to each resource; undefined where no plan can be made. @param args of a plan */
  async plannedChanges(
    stack: Stack,
    args: readonly string[] = [],
  ): Promise<readonly PlannedChange[] | undefined> {
    const { status, stdout } = await this.run(stack, [
      'plan',
      '-json',
      '-input=false',
      '-lock=false',
      ...args,
    ]);
    return status === 0 ? plannedIn(stdout) : undefined;
  }

  /** Deploys some resources of a stack. @param args of an apply, with its targets @returns its log, a line of JSON for each event */
  async applyTargets(stack: Stack, args: readonly string[]): Promise<string> {
    return (await this.run(stack, ['apply', '-json', '-auto-approve', '-input=false', ...args])).stdout;
  }

  private run({ directory }: Stack, args: readonly string[]): Promise<Execution> {
    return execute(this.binary.path, args, {
      directory,
      environment: this.environment,
      onStart: this.watch,
    });
  }
}

function plannedIn(log: string): PlannedChange[] {
  return parseMessages(log).flatMap(({ type, change }) =>
    type === 'planned_change' && change ? [{ address: change.resource.addr, action: change.action }] : [],
  );
}

/** Where cdktf keeps plugins, so that they are not downloaded for each stack. */
function pluginCache({
  TF_PLUGIN_CACHE_DIR,
  CDKTF_DISABLE_PLUGIN_CACHE_ENV,
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (TF_PLUGIN_CACHE_DIR || CDKTF_DISABLE_PLUGIN_CACHE_ENV) return {};
  const directory = join(homedir(), '.terraform.d', 'plugin-cache');
  mkdirSync(directory, { recursive: true });
  return { TF_PLUGIN_CACHE_DIR: directory };
}
