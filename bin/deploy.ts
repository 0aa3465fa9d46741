import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFile, loadCatalog, loadEnvironment, readCheckedLock } from '../config';
import { execute } from '../rehearsal/process/execute';
import { Guard } from '../rehearsal/process/guard';
import { SynthesisFailed, Unrehearsable, findCdktf, findTerraform } from '../rehearsal/run';
import type { CdktfProgram, Stack } from '../rehearsal/run';
import { readAssembly } from '../rehearsal/run/stack';
import { orderOf } from '../stacks/stack-order';
import type { StackOrder } from '../stacks/stack-order';
import { checkDeploy } from './deploy-check';
import { deployStacks } from './deploy-stacks';
import type { DeployedStack, Deployable } from './deploy-stacks';
import { endWith } from './outcomes';
import { UsageError } from './usage-error';

export interface DeployFlags {
  readonly autoApprove?: boolean;
}

/** Where the CLI puts what it synthesises: state files of Berth's stacks lie relative to it. */
const output = 'cdktf.out';

/**
 * Synthesises an environment, looks for what its deploy needs, and deploys each stack by a CLI of its own.
 * @param more further arguments for `cdktf deploy`
 */
export async function deploy(nameOrPath: string, more: readonly string[], flags: DeployFlags): Promise<void> {
  const asks = flags.autoApprove !== true;
  if (asks && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new UsageError(
      'there is no terminal at which to ask whether to go on: add --auto-approve to deploy without being asked',
    );
  }
  const directory = process.cwd();
  const file = environmentFile(nameOrPath, directory);
  const environment = loadEnvironment(file);
  const { moves } = readCheckedLock(file, environment, loadCatalog(file, environment));
  const [terraform, cli] = [await findTerraform(), await findCdktf(directory)];
  const variables = { ...process.env, BERTH_ENV: file };
  await synthesise(cli, directory, variables);
  const stacks = stacksOf(environment.name, join(directory, output));
  await checkDeploy(stacks, terraform, process.env);
  const results = await deployStacks(
    stacks.map(stack => deployable(environment.name, stack, orderOf(moves).orders)),
    {
      cli,
      directory,
      // In CI it draws no progress with control characters.
      environment: asks ? variables : { CI: '1', ...variables },
      args: [
        ...['--output', output, '--skip-synth', '--ignore-missing-stack-dependencies'],
        ...(asks ? [] : ['--auto-approve', '--no-color']),
        ...more,
      ],
      asks,
      tell: line => process.stderr.write(`${line}\n`),
    },
  );
  process.stdout.write(results.map(sentence).join(''));
  if (results.some(({ outcome }) => outcome !== 'deployed')) endWith('incomplete');
}

async function synthesise(
  cli: CdktfProgram,
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (!existsSync(join(directory, 'cdktf.json'))) {
    throw new Unrehearsable(
      `${directory} is no cdktf project: there is no cdktf.json; run it where the app is`,
    );
  }
  const guard = new Guard();
  try {
    const args = [cli.file, 'synth', '--output', output];
    const options = { directory, environment, onStart: guard.watch };
    const { status, stdout, stderr } = await execute(process.execPath, args, options);
    if (status !== 0) throw new SynthesisFailed((stderr || stdout).trim());
  } finally {
    await guard.dismiss();
  }
}

function stacksOf(environment: string, directory: string): Stack[] {
  const stacks = readAssembly(directory).stacks.filter(({ name }) => name.startsWith(`${environment}-`));
  if (stacks.length > 0) return stacks;
  throw new Unrehearsable(
    `the app of this directory has no stack named ${environment}-…: does its main file call berthApp, or new EnvironmentStacks?`,
  );
}

/**
 * What a stack needs is what it reads, and the new places of workloads that leave it. Other orders of the app only keep
 * a single run of the CLI from ending in the middle.
 */
function deployable(environment: string, { name, json }: Stack, moves: readonly StackOrder[]): Deployable {
  const read = Object.keys(json.data?.terraform_remote_state ?? {}).flatMap(
    state => /^cross-stack-reference-input-(.+)$/.exec(state)?.[1] ?? [],
  );
  const joined = moves
    .filter(({ after }) => name === `${environment}-${after}`)
    .map(({ before }) => `${environment}-${before}`);
  return { name, dependencies: [...new Set([...read, ...joined])] };
}

function sentence(stack: DeployedStack): string {
  if (stack.outcome === 'not tried')
    return `${stack.name}: not tried, because it needs ${stack.because.join(', ')}\n`;
  return `${stack.name}: ${stack.outcome === 'deployed' ? 'deployed' : 'failed; what went wrong is above'}\n`;
}
