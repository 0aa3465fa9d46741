import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { owner } from './owner';
import { processTree, signalAll } from './process-tree';

/** How to run a program. */
export interface ExecuteOptions {
  /** The whole environment, but for the mark of the owner: nothing is inherited. */
  readonly environment: NodeJS.ProcessEnv;
  /** @default - the current one */
  readonly directory?: string;
  /** Called with each line as it comes, and where it was written. @default - none */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Told of the process, so that it can be ended from outside. @default - none */
  readonly onStart?: (child: ChildProcess) => void;
  /** After that time the program and all that it started are killed. Unit: milliseconds. @default - never */
  readonly timeoutMs?: number;
}

/** What a program answered. */
export interface Execution {
  /** Exit status; 128 when a signal ended the program. */
  readonly status: number;
  /** The signal that ended the program. @default - none: it ended by itself */
  readonly signal?: NodeJS.Signals;
  /** Whether it was killed because its time was over. */
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program with its standard input closed, and in a process group of its own, so that an interrupt from the
 * terminal reaches it through whoever watches it, in order.
 * @throws Error when the program cannot be started.
 */
export function execute(
  program: string,
  args: readonly string[],
  options: ExecuteOptions,
): Promise<Execution> {
  const child = spawn(program, args, {
    cwd: options.directory,
    env: { ...options.environment, [owner.variable]: owner.token },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  options.onStart?.(child);
  let timedOut = false;
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          if (child.pid !== undefined) signalAll(processTree(child.pid), 'SIGKILL');
        }, options.timeoutMs);
  const stdout = collect(child.stdout, line => options.onLine?.(line, 'stdout'));
  const stderr = collect(child.stderr, line => options.onLine?.(line, 'stderr'));
  return new Promise((done, fail) => {
    child.once('error', error => fail(new Error(`${program} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      done({
        status: code ?? 128,
        ...(signal ? { signal } : {}),
        timedOut,
        stdout: stdout(),
        stderr: stderr(),
      });
    });
  });
}

function collect(stream: Readable, onLine: (line: string) => void): () => string {
  const lines: string[] = [];
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', line => {
    lines.push(line);
    onLine(line);
  });
  return () => lines.map(line => `${line}\n`).join('');
}
