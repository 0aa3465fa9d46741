import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TerraformBinary } from '../terraform/binary';
import { hasAzureCredentials, noCredentials } from '../terraform/azure-credentials';
import { Terraform } from '../terraform/terraform';
import { usesAzure } from './azure-use';
import { inOrder } from './in-order';
import { planStack } from './plan-stacks';
import { RealProvidersUnavailable } from './real-providers-unavailable';
import type { StackPlan } from './result';
import type { Stack, StackJson } from './stack';
import type { Workspace } from './workspace';

/** What plans with the real providers need to know of a rehearsal. */
interface RealPlanContext {
  readonly workspace: Workspace;
  readonly terraform: TerraformBinary;
  /** The caller's environment, with the credentials. */
  readonly caller: NodeJS.ProcessEnv;
  /** Values of Terraform variables, as environment variables. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Variables that would change what Terraform does here; credentials and where plugins come from are kept. */
const dropped = /^TF_(CLI_ARGS|WORKSPACE$|DATA_DIR$|LOG|REATTACH_PROVIDERS$|VAR_)/;

/**
 * Plans of stacks by the real providers: each as if nothing of it were deployed, but with what it reads from other
 * stacks taken from their rehearsed states. Nothing is applied, and no state but those of the rehearsal is touched.
 */
export class RealPlans {
  private readonly runner: Terraform;

  constructor(
    private readonly context: RealPlanContext,
    private readonly stacks: readonly Stack[],
  ) {
    const inherited = Object.entries(context.caller).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !dropped.test(entry[0]),
    );
    this.runner = new Terraform({
      binary: context.terraform,
      environment: {
        ...Object.fromEntries(inherited),
        ...context.variables,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
      },
      onStart: context.workspace.watch,
    });
  }

  /**
   * Downloads the providers and looks for credentials.
   * @throws RealProvidersUnavailable naming all that is missing
   */
  async prepare(): Promise<void> {
    const missing = new Set<string>();
    const { caller, workspace } = this.context;
    if (usesAzure(this.stacks) && !(await hasAzureCredentials(caller, workspace.watch)))
      missing.add(noCredentials);
    // One after the other: the first one fills the cache of plugins, where there is one.
    for (const stack of this.stacks) {
      const { ok, diagnostics } = await this.runner.init(this.copy(stack));
      if (!ok)
        missing.add(`the providers could not be downloaded: ${inOneLine(diagnostics[0]?.detail ?? '')}`);
    }
    if (missing.size === 0) return;
    throw new RealProvidersUnavailable(
      `the real providers cannot be used:\n${[...missing].map(what => `  ${what}`).join('\n')}`,
    );
  }

  /** Plans every stack, at most `limit` at a time. */
  async make(limit: number): Promise<StackPlan[]> {
    const plans = new Map<string, StackPlan>();
    const independent = this.stacks.map(({ name }) => ({ name, dependencies: [] }));
    await inOrder(independent, limit, async ({ name }) => {
      plans.set(name, await planStack(this.runner, name, this.directoryOf(name)));
      return true;
    });
    return this.stacks.map(({ name }) => plans.get(name) as StackPlan);
  }

  private directoryOf(name: string): string {
    return this.context.workspace.path('real', name);
  }

  /** The stack's files, with a state of its own that holds nothing. */
  private copy({ name, directory, file }: Stack): string {
    const target = this.directoryOf(name);
    mkdirSync(target, { recursive: true });
    cpSync(directory, target, { recursive: true, filter: source => basename(source) !== '.terraform' });
    const backend = { local: { path: this.context.workspace.path('real', `${name}.tfstate`) } };
    if (file === undefined) {
      writeFileSync(join(target, 'rehearsal_override.tf.json'), JSON.stringify({ terraform: { backend } }));
    } else {
      const path = join(target, basename(file));
      const json = JSON.parse(readFileSync(path, 'utf8')) as StackJson;
      writeFileSync(path, JSON.stringify({ ...json, terraform: { ...json.terraform, backend } }, null, 2));
    }
    return target;
  }
}

/** Terraform draws a frame around what it says. */
function inOneLine(text: string): string {
  const words = text
    .replace(/[│╷╵]/g, ' ')
    .split('\n')
    .map(line => line.trim());
  const start = words.findIndex(line => line.startsWith('Error: '));
  return words
    .slice(Math.max(0, start))
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^Error: /, '')
    .replace(/ To see which modules .*/, '')
    .trim();
}
