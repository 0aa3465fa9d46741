import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CdktfProgram } from '../rehearsal/run';
import { inOrder } from '../rehearsal/run/in-order';

/** A stack to deploy, and the stacks without which it cannot or must not be deployed. */
export interface Deployable {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** How stacks are deployed. */
interface DeployStacksOptions {
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
}

/** How a stack ended. */
export type DeployedStack =
  | { readonly name: string; readonly outcome: 'deployed' | 'failed' }
  | { readonly name: string; readonly outcome: 'not tried'; readonly because: readonly string[] };

/**
 * Deploys each stack by a CLI of its own: one that fails ends nothing but itself and what needs it. The CLI deploys many
 * stacks too, but ends when one of them fails while others run, and takes their Terraform with it.
 */
export async function deployStacks(
  stacks: readonly Deployable[],
  options: DeployStacksOptions,
): Promise<DeployedStack[]> {
  const outcomes = new Map<string, boolean>();
  const running = new Set<ChildProcess>();
  const release = passSignalsOn(running);
  try {
    await inOrder(stacks, options.asks ? 1 : stacks.length, async ({ name }) => {
      const ok = await deployStack(name, options, running);
      outcomes.set(name, ok);
      return ok;
    });
  } finally {
    release();
  }
  return stacks.map(({ name, dependencies }) => {
    const ok = outcomes.get(name);
    if (ok !== undefined) return { name, outcome: ok ? 'deployed' : 'failed' };
    return { name, outcome: 'not tried', because: dependencies.filter(each => outcomes.get(each) !== true) };
  });
}

function deployStack(
  name: string,
  { cli, directory, environment, args, asks, tell }: DeployStacksOptions,
  running: Set<ChildProcess>,
): Promise<boolean> {
  const child = spawn(process.execPath, [cli.file, 'deploy', name, ...args], {
    cwd: directory,
    env: environment,
    stdio: asks ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', line => {
      // The CLI names the stack on the first line of each block only.
      const text = (line.startsWith(`${name} `) ? line.slice(name.length) : line).trim();
      if (text !== '') tell(`${name}  ${text}`);
    });
  }
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', status => {
      running.delete(child);
      done(status === 0);
    });
  });
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
