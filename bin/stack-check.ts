import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { usesAzure } from '../rehearsal/run/azure-use';
import type { ExecuteOptions } from '../rehearsal/process/execute';
import type { Stack } from '../rehearsal/run';
import { hasAzureCredentials, noCredentials } from '../rehearsal/terraform/azure-credentials';
import { BerthError } from '../text/berth-error';
import { deviceKeyProblems } from './device-key';
import type { Work } from './deploy-mark';
import type { StackCommand } from './stack-runs';
import type { StackTerraform } from './stack-terraform';

/** Thrown when a command about stacks would fail for want of something. The message has a line for each thing. */
class NotStarted extends BerthError {
  readonly kind = 'unavailable';

  constructor(
    command: Work,
    readonly problems: readonly string[],
  ) {
    super([`the ${command} is not started:`, ...problems.map(problem => `  ${problem}`)].join('\n'));
  }
}

/**
 * Looks for states that Terraform could not save: it leaves them in the directory of the stack. To be called before a
 * synthesis, which removes the directories of stacks that are no longer in the app.
 * @param output where the CLI puts what it synthesises
 * @throws NotStarted naming each
 */
export function checkSavedStates(command: Work, output: string): void {
  const stacks = join(output, 'stacks');
  const unsaved = existsSync(stacks)
    ? readdirSync(stacks).filter(name => existsSync(join(stacks, name, 'errored.tfstate')))
    : [];
  if (unsaved.length === 0) return;
  throw new NotStarted(
    command,
    unsaved.map(
      name =>
        `the state of ${name} could not be saved the last time, and is in ${join(stacks, name, 'errored.tfstate')}: run terraform state push errored.tfstate in that directory, and remove the file`,
    ),
  );
}

/**
 * Initialises the stacks one after another, for they share the cache of plugins, and looks for what the command needs.
 * @param watch takes charge of each process
 * @throws NotStarted naming all that is missing
 */
export async function checkStacks(
  command: StackCommand,
  stacks: readonly Stack[],
  terraform: StackTerraform,
  watch: ExecuteOptions['onStart'],
): Promise<void> {
  const problems = [
    ...deviceKeyProblems(stacks, process.env),
    ...(await loginProblems(stacks, process.env, watch)),
  ];
  if (problems.length === 0) {
    for (const stack of stacks) problems.push(...(await lockProblems(stack, terraform)));
  }
  if (problems.length > 0) throw new NotStarted(command, problems);
}

/** Looks for a login alone, which is all that a plan needs. @throws NotStarted without one that is needed */
export async function checkLogin(
  command: Work,
  stacks: readonly Stack[],
  watch: ExecuteOptions['onStart'],
): Promise<void> {
  const problems = await loginProblems(stacks, process.env, watch);
  if (problems.length > 0) throw new NotStarted(command, problems);
}

async function loginProblems(
  stacks: readonly Stack[],
  environment: NodeJS.ProcessEnv,
  watch: ExecuteOptions['onStart'],
): Promise<string[]> {
  const keepsState = stacks.some(({ json }) => json.terraform?.backend?.azurerm !== undefined);
  // Providers that somebody else has started have credentials of their own.
  const reachesAzure = usesAzure(stacks) && !/azurerm/.test(environment.TF_REATTACH_PROVIDERS ?? '');
  if (!keepsState && !reachesAzure) return [];
  return (await hasAzureCredentials(environment, watch)) ? [] : [noCredentials];
}

/** What else fails than the lock is for the CLI of this one stack to tell. */
async function lockProblems(stack: Stack, terraform: StackTerraform): Promise<string[]> {
  const { name, directory } = stack;
  const error = (await terraform.init(stack)) ? await terraform.lockError(stack) : undefined;
  if (error === undefined) return [];
  const of = (what: string): string => new RegExp(`${what}:\\s+(.*)`).exec(error)?.[1] ?? 'unknown';
  return [
    `the state of ${name} is locked by ${of('Who')} since ${of('Created')} (${of('Operation')}): wait for it, or, when it is gone, run terraform force-unlock ${of('ID')} in ${directory}`,
  ];
}
