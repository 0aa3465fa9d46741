import type { Environment, Lock } from '../config';
import type { Stack } from '../rehearsal/run';
import { isOnAws } from '../stacks/aws-directory';
import { orderOf } from '../stacks/stack-order';
import { stackRoles } from '../stacks/stack-roles';
import { isRolledOut } from './fleet/rollout';
import type { Rollout } from './fleet/rollout';
import { output, withStacks } from './open-stacks';
import { endWith } from './outcomes';
import { checkStacks } from './stack-check';
import { isDone, runSentence, runStacks } from './stack-runs';
import type { RunnableStack, StackCommand, StackRun, StackRunOptions } from './stack-runs';
import type { StackState, StackTerraform } from './stack-terraform';
import { UsageError } from './usage-error';

export interface StackFlags {
  readonly autoApprove?: boolean;
  readonly json?: boolean;
  /** Roles of the stacks that it is about, separated by commas. @default - all */
  readonly only?: string;
  /** Whether a lock may be deployed over what a later one or a newer Berth deployed. @default false */
  readonly allowOlder?: boolean;
}

/** The stacks of an environment, synthesised, with nothing missing for what is to be done. */
export interface PreparedStacks {
  /** File of the environment. */
  readonly file: string;
  readonly environment: Environment;
  readonly lock: Lock;
  /** Text of the lock's file, by which another placement is noticed. */
  readonly lockText: string;
  readonly stacks: readonly Stack[];
  readonly terraform: StackTerraform;
}

/** A lock that was written meanwhile. */
export type SettledLock = Pick<PreparedStacks, 'lock' | 'lockText'>;

/** What tells one command from another. */
interface StackSteps {
  /** The stacks in their order, and those that must be done before each. */
  readonly order: (prepared: PreparedStacks) => readonly RunnableStack[];
  /**
   * Another lock, where the states say that another is to be built; the app is synthesised again then. It throws where what stands must
   * not be touched. @default - the same
   */
  readonly settle?: (prepared: PreparedStacks) => Promise<SettledLock | undefined>;
  /** Names of the stacks to do once more from another synthesis, once all of them are done. @default - none */
  readonly again?: (prepared: PreparedStacks) => Promise<readonly string[]>;
  /** Says on standard error what is about to be done, and answers what belongs to the result of each stack. @default - nothing */
  readonly announce?: (prepared: PreparedStacks) => Promise<ReadonlyMap<string, StackNotes>>;
  /** What comes before the CLI of a stack, in waves. @default - nothing */
  readonly before?: (
    name: string,
    prepared: PreparedStacks,
    how: BeforeStack,
  ) => Promise<Rollout | undefined>;
  /** Asks once for all stacks. @default - the CLI asks for each, showing its plan */
  readonly confirm?: (prepared: PreparedStacks) => Promise<void>;
  /** Whether a stack was left as it was, where the CLI has asked and says that it ended well. @default - never */
  readonly wasDismissed?: (stack: Stack, prepared: PreparedStacks, before: Befores) => Promise<boolean>;
}

/** How what comes before the CLI of a stack is done. */
interface BeforeStack {
  /** Whether somebody is to be asked. */
  readonly asks: boolean;
  /** Further arguments for the CLI. */
  readonly more: readonly string[];
  readonly tell: (line: string) => void;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

type Befores = ReadonlyMap<string, StackState | undefined>;

/** What more is told of a stack that is done. */
export interface StackNotes {
  /** Keys of the stack's JSON. */
  readonly json: object;
  /** Lines below the stack's. */
  readonly lines: readonly string[];
}

/**
 * Synthesises an environment, looks for what a command needs, and runs it for each stack by a CLI of its own.
 * @param more further arguments for the CLI
 */
export async function runStackCommand(
  command: StackCommand,
  nameOrPath: string,
  more: readonly string[],
  flags: StackFlags,
  steps: StackSteps,
): Promise<void> {
  const asks = flags.autoApprove !== true;
  if (asks) checkTerminal(command, flags);
  const only = ({ moves }: Lock): readonly string[] | undefined => rolesOf(flags, moves);
  await withStacks(command, nameOrPath, { only }, async open => {
    const { file, environment, lock, lockText, terraform, cli, directory, variables, guard } = open;
    const { synthesised } = open;
    const stacks = await synthesised();
    await checkStacks(command, stacks, terraform, guard.watch);
    const found: PreparedStacks = { file, environment, lock, lockText, stacks, terraform };
    const settled = await steps.settle?.(found);
    const prepared = settled ? { ...found, ...settled, stacks: await synthesised() } : found;
    const notes = (await steps.announce?.(prepared)) ?? new Map<string, StackNotes>();
    if (asks) await steps.confirm?.(prepared);
    const cliAsks = asks && steps.confirm === undefined;
    const rollouts = new Map<string, Rollout>();
    const run = async (some: PreparedStacks): Promise<StackRun[]> =>
      runStacks(steps.order(some), {
        command,
        cli,
        directory,
        // In CI it draws no progress with control characters.
        environment: cliAsks ? variables : { CI: '1', ...variables },
        args: [...cliArguments(cliAsks), ...more],
        asks: cliAsks,
        tell,
        before: beforeCli(steps, some, { asks: cliAsks, more, tell }, rollouts),
        wasDismissed: await dismissal(cliAsks, some, steps),
      });
    const first = await run(prepared);
    const again =
      flags.only === undefined && first.every(isDone) ? ((await steps.again?.(prepared)) ?? []) : [];
    const later = again.length === 0 ? [] : (await synthesised()).filter(({ name }) => again.includes(name));
    const second = later.length === 0 ? [] : await run({ ...prepared, stacks: later });
    const runs = first.map(each => second.find(({ name }) => name === each.name) ?? each);
    report(command, prepared, runs, { notes, rollouts }, flags);
  });
}

function cliArguments(asks: boolean): string[] {
  return [
    ...['--output', output, '--skip-synth', '--ignore-missing-stack-dependencies'],
    ...(asks ? [] : ['--auto-approve', '--no-color']),
  ];
}

/** The CLI of a stack would begin again with what its waves ended at. */
function beforeCli(
  steps: StackSteps,
  prepared: PreparedStacks,
  how: BeforeStack,
  rollouts: Map<string, Rollout>,
): StackRunOptions['before'] {
  return async name => {
    const rollout = await steps.before?.(name, prepared, how);
    if (!rollout) return undefined;
    rollouts.set(name, rollout);
    return isRolledOut(rollout)
      ? undefined
      : 'not every device has what it is to have; the same command goes on with the others';
  };
}

function checkTerminal(command: StackCommand, { json }: StackFlags): void {
  if (json)
    throw new UsageError('--json: --auto-approve is needed with it, because a program cannot be asked');
  if (!(process.stdin.isTTY && process.stdout.isTTY))
    throw new UsageError(
      `there is no terminal at which to ask whether to go on: add --auto-approve to ${command} without being asked`,
    );
}

/** The stacks that it is about. A workload's old place must not go without its new one. */
function rolesOf({ only }: StackFlags, moves: Lock['moves']): readonly string[] | undefined {
  const roles = only?.split(',').map(role => role.trim());
  if (!roles) return undefined;
  const unknown = roles.filter(role => !stackRoles.some(each => each === role));
  if (unknown.length > 0)
    throw new UsageError(`--only: ${stackRoles.join(', ')} are allowed, got '${unknown.join(', ')}'`);
  const left = orderOf(moves).orders.find(
    ({ before, after }) => roles.includes(after) && !roles.includes(before),
  );
  if (left)
    throw new UsageError(
      `--only: workloads move from ${left.after} to ${left.before}, whose stack must be deployed first: name ${left.before} too, or place the environment again with --deployed when it is`,
    );
  return roles;
}

/** Where the CLI asks, its exit status does not tell whether the answer was no. */
async function dismissal(
  asks: boolean,
  prepared: PreparedStacks,
  steps: StackSteps,
): Promise<StackRunOptions['wasDismissed']> {
  const before = new Map<string, StackState | undefined>();
  if (asks)
    for (const stack of prepared.stacks) before.set(stack.name, await prepared.terraform.state(stack));
  return name => {
    const stack = prepared.stacks.find(each => each.name === name);
    return stack && steps.wasDismissed ? steps.wasDismissed(stack, prepared, before) : Promise.resolve(false);
  };
}

/** What more is told of stacks, by their names. */
interface Told {
  readonly notes: ReadonlyMap<string, StackNotes>;
  readonly rollouts: ReadonlyMap<string, Rollout>;
}

function report(
  command: StackCommand,
  { environment, lock }: PreparedStacks,
  runs: readonly StackRun[],
  { notes, rollouts }: Told,
  { json }: StackFlags,
): void {
  const noted = (run: StackRun): StackNotes | undefined => (isDone(run) ? notes.get(run.name) : undefined);
  if (json) {
    const stacks = runs.map(run => {
      const rollout = rollouts.get(run.name);
      return { ...run, ...(rollout ? { rollout } : {}), ...noted(run)?.json };
    });
    process.stdout.write(`${JSON.stringify({ environment: environment.name, command, stacks }, null, 2)}\n`);
  } else {
    for (const run of runs)
      process.stdout.write(
        [runSentence(run), ...(noted(run)?.lines ?? [])].map(line => `${line}\n`).join(''),
      );
  }
  if (lock.decision.units.some(isOnAws))
    process.stderr.write(
      `its machines on AWS are in the CloudFormation app: npx cdk ${command} ${environment.name}-hosts-aws\n`,
    );
  if (!runs.every(isDone)) endWith('incomplete');
}
