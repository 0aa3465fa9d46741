import { homedir } from 'node:os';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { usesAzure } from '../rehearsal/run/azure-use';
import { Guard } from '../rehearsal/process/guard';
import { execute } from '../rehearsal/process/execute';
import type { Stack } from '../rehearsal/run';
import { hasAzureCredentials, noCredentials } from '../rehearsal/terraform/azure-credentials';
import type { TerraformBinary } from '../rehearsal/run';
import { keysOfAgent } from './ssh-agent';
import { BerthError } from '../text/berth-error';

/** Thrown when a deploy would fail for want of something. The message has a line for each thing. */
class DeployImpossible extends BerthError {
  readonly kind = 'unavailable';

  constructor(readonly problems: readonly string[]) {
    super(['the deploy is not started:', ...problems.map(problem => `  ${problem}`)].join('\n'));
  }
}

/** A resource that is set up over SSH with the keys of an agent. */
interface Connected {
  readonly connection?: { readonly type?: string; readonly agent?: boolean };
}

/**
 * Initialises the stacks one after another, for they share the cache of plugins, and looks for what a deploy needs.
 * @throws DeployImpossible naming all that is missing
 */
export async function checkDeploy(
  stacks: readonly Stack[],
  terraform: TerraformBinary,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const guard = new Guard();
  try {
    const problems = [
      ...(await agentProblems(stacks, environment)),
      ...(await loginProblems(stacks, environment, guard)),
    ];
    if (problems.length === 0) {
      for (const stack of stacks)
        problems.push(...(await lockProblems(stack, terraform, environment, guard)));
    }
    if (problems.length > 0) throw new DeployImpossible(problems);
  } finally {
    await guard.dismiss();
  }
}

async function agentProblems(stacks: readonly Stack[], environment: NodeJS.ProcessEnv): Promise<string[]> {
  const asking = stacks.filter(needsAgent).map(({ name }) => name);
  if (asking.length === 0 || process.platform === 'win32') return [];
  const why = `${asking.join(', ')} sets up devices over SSH`;
  const socket = environment.SSH_AUTH_SOCK;
  if (!socket) return [`there is no SSH agent, and ${why}: run eval "$(ssh-agent)" and ssh-add KEY`];
  const keys = await keysOfAgent(socket);
  if (keys === undefined) {
    return [
      `no SSH agent answers at SSH_AUTH_SOCK (${socket}), and ${why}: run eval "$(ssh-agent)" and ssh-add KEY`,
    ];
  }
  return keys > 0 ? [] : [`the SSH agent holds no key, and ${why}: run ssh-add KEY`];
}

function needsAgent({ json }: Stack): boolean {
  const resources = Object.values(json.resource ?? {}).flatMap(ofType =>
    Object.values(ofType),
  ) as Connected[];
  return resources.some(({ connection }) => connection?.type === 'ssh' && connection.agent === true);
}

async function loginProblems(
  stacks: readonly Stack[],
  environment: NodeJS.ProcessEnv,
  guard: Guard,
): Promise<string[]> {
  const keepsState = stacks.some(({ json }) => json.terraform?.backend?.azurerm !== undefined);
  // Providers that somebody else has started have credentials of their own.
  const reachesAzure = usesAzure(stacks) && !/azurerm/.test(environment.TF_REATTACH_PROVIDERS ?? '');
  if (!keepsState && !reachesAzure) return [];
  return (await hasAzureCredentials(environment, guard.watch)) ? [] : [noCredentials];
}

/** Takes the lock of a state and gives it back. What else fails is for the deploy of this one stack to tell. */
async function lockProblems(
  { name, directory }: Stack,
  terraform: TerraformBinary,
  environment: NodeJS.ProcessEnv,
  guard: Guard,
): Promise<string[]> {
  const options = {
    directory,
    environment: { ...environment, ...pluginCache(environment), TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
    onStart: guard.watch,
  };
  const { status } = await execute(terraform.path, ['init', '-input=false', '-no-color'], options);
  if (status !== 0) return [];
  // To taint what is not there locks the state and changes nothing.
  const probe = ['taint', '-no-color', '-allow-missing', 'terraform_data.lock_probe'];
  const { stderr } = await execute(terraform.path, probe, options);
  if (!/Error acquiring the state lock/.test(stderr)) return [];
  const of = (what: string): string => new RegExp(`${what}:\\s+(.*)`).exec(stderr)?.[1] ?? 'unknown';
  return [
    `the state of ${name} is locked by ${of('Who')} since ${of('Created')} (${of('Operation')}): wait for it, or, when it is gone, run terraform force-unlock ${of('ID')} in ${directory}`,
  ];
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
