import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CdktfProgram } from '../rehearsal/run';
import { inOrder } from '../rehearsal/run/in-order';

/** What is done to stacks. */
export type StackCommand = 'deploy' | 'destroy';

/** A stack to deploy or destroy, and the stacks that must be done before. */
export interface RunnableStack {
  readonly name: string;
  readonly dependencies: readonly string[];
  /** More variables of its CLI. @default - none */
  readonly variables?: NodeJS.ProcessEnv;
}

/** How the CLI runs for each stack. */
export interface StackRunOptions {
  readonly command: StackCommand;
  readonly cli: CdktfProgram;
  /** Directory of the project. */
  readonly directory: string;
  /** The whole environment of the CLI. */
  readonly environment: NodeJS.ProcessEnv;
  /** Arguments of the CLI behind the name of the stack. */
  readonly args: readonly string[];
  /** Whether the CLI asks at the terminal, so that only one can run at a time. */
  readonly asks: boolean;
  /** Told of each line. */
  readonly tell: (line: string) => void;
  /** Does what comes before the CLI of a stack; a sentence says why that must not begin. @default - nothing */
  readonly before?: ((name: string) => Promise<string | undefined>) | undefined;
  /** Whether a stack whose CLI ended well was dismissed when it asked: it says nothing of that. */
  readonly wasDismissed: (name: string) => Promise<boolean>;
}

/** How a stack ended. */
export type StackRun =
  | { readonly name: string; readonly outcome: 'deployed' | 'destroyed' | 'dismissed' }
  | {
      readonly name: string;
      readonly outcome: 'failed';
      /** Whether somebody else held the lock of its state, so that nothing was done. */
      readonly locked?: true;
    }
  | { readonly name: string; readonly outcome: 'not tried'; readonly because: readonly string[] };

/** Whether a stack is as it was to be. */
export const isDone = ({ outcome }: StackRun): boolean => outcome === 'deployed' || outcome === 'destroyed';

/** How a stack ended, for people. */
export function runSentence(run: StackRun): string {
  switch (run.outcome) {
    case 'not tried':
      return `${run.name}: not tried, because it needs ${run.because.join(', ')}`;
    case 'failed':
      return run.locked
        ? `${run.name}: failed, because another deploy or destroy is at it: nothing was done; wait for it, and run this again`
        : `${run.name}: failed; what went wrong is above`;
    case 'dismissed':
      return `${run.name}: dismissed, so it is as it was`;
    default:
      return `${run.name}: ${run.outcome}`;
  }
}

/**
 * Runs a CLI for each stack: one that fails ends nothing but itself and what needs it. The CLI takes many
 * stacks too, but ends when one of them fails while another waits, and takes the Terraform of those that run with it.
 */
export async function runStacks(
  stacks: readonly RunnableStack[],
  options: StackRunOptions,
): Promise<StackRun[]> {
  const runs = new Map<string, StackRun>();
  const running = new Set<ChildProcess>();
  const release = passSignalsOn(running);
  try {
    await inOrder(stacks, options.asks ? 1 : stacks.length, async ({ name, variables = {} }) => {
      const environment = { ...options.environment, ...variables };
      const run = await runStack(name, { ...options, environment }, running);
      runs.set(name, run);
      return isDone(run);
    });
  } finally {
    release();
  }
  return stacks.map(({ name, dependencies }) => {
    const open = dependencies.filter(each => !isDoneIn(runs, each));
    return runs.get(name) ?? { name, outcome: 'not tried', because: open };
  });
}

function isDoneIn(runs: ReadonlyMap<string, StackRun>, name: string): boolean {
  const run = runs.get(name);
  return run !== undefined && isDone(run);
}

async function runStack(
  name: string,
  options: StackRunOptions,
  running: Set<ChildProcess>,
): Promise<StackRun> {
  const why = await options.before?.(name);
  if (why !== undefined) {
    options.tell(`${name}  ${why}`);
    return { name, outcome: 'failed' };
  }
  const ended = await runCli(name, options, running);
  if (!ended.well) return { name, outcome: 'failed', ...(ended.locked ? { locked: true } : {}) };
  if (options.asks && (await options.wasDismissed(name))) return { name, outcome: 'dismissed' };
  return { name, outcome: options.command === 'deploy' ? 'deployed' : 'destroyed' };
}

function runCli(
  name: string,
  { command, cli, directory, environment, args, asks, tell }: StackRunOptions,
  running: Set<ChildProcess>,
): Promise<{ readonly well: boolean; readonly locked: boolean }> {
  const child = spawn(process.execPath, [cli.file, command, name, ...args], {
    cwd: directory,
    env: environment,
    stdio: asks ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let locked = false;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    const worthTelling = withoutTrace();
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', line => {
      // The CLI names the stack on the first line of each block only.
      const text = worthTelling(line.startsWith(`${name} `) ? line.slice(name.length) : line).trim();
      locked ||= text.includes('Error acquiring the state lock');
      if (text !== '') tell(`${name}  ${text}`);
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', status => {
      running.delete(child);
      done({ well: status === 0, locked });
    });
  });
}

/**
 * What the CLI says without where in itself that came from. cdktn 0.24 ends on an error that nobody handles whenever Terraform
 * fails: it has told why, and there is nothing that it would have done after that.
 */
function withoutTrace(): (line: string) => string {
  let ended = false;
  return line => {
    ended ||= line.startsWith('node:internal/');
    if (ended) return /rejected with the reason "(.+)"/.exec(line)?.[1] ?? '';
    const tellsNothing = /^(?:undefined|Collecting Debug Information\.\.\.|\s+at .+:\d+:\d+\)?)$/.test(line);
    return tellsNothing ? '' : line;
  };
}

/**
 * An interrupt from the terminal reaches the CLIs without us, and a second one would make Terraform give up; other signals
 * are passed on. Terraform ends what it is at, writes its state and gives its lock back.
 */
function passSignalsOn(running: ReadonlySet<ChildProcess>): () => void {
  const wait = (): void => undefined;
  const pass = (signal: NodeJS.Signals): void => running.forEach(child => child.kill(signal));
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass);
  return () => void process.off('SIGINT', wait).off('SIGTERM', pass).off('SIGHUP', pass);
}
