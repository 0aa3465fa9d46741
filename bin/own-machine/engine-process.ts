import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** A process that was started, and still is the same one though ids are given again. */
export const startedSchema = z.object({
  pid: z.int().positive(),
  /** When it began, in the words of the system. */
  since: z.string(),
});
export type Started = z.output<typeof startedSchema>;

/** How long a process may take to end before it is killed. Unit: milliseconds. */
const patience = 10_000;

/** Starts a program that outlives this one; what it prints goes into a file. */
export async function start(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  log: string,
): Promise<Started> {
  const output = openSync(log, 'w', 0o600);
  try {
    const child = spawn(program, [...args], { detached: true, stdio: ['ignore', output, output], env });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const pid = child.pid ?? 0;
    return { pid, since: sinceOf(pid) ?? '' };
  } finally {
    closeSync(output);
  }
}

export function isRunning({ pid, since }: Started): boolean {
  return sinceOf(pid) === since;
}

/** Ends a process, and waits until it is gone. */
export async function stop(started: Started): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isRunning(started)) return;
    send(started.pid, signal);
    for (const deadline = Date.now() + patience; isRunning(started) && Date.now() < deadline;) await wait(50);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** When a process began; undefined where there is none, or nothing of it but its end. */
function sinceOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return startedAt(pid);
    // Behind the name, which may hold anything, the first field is the state and the twentieth the start.
    const stat = readFileSync(join('/', 'proc', String(pid), 'stat'), 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startedAt(pid: number): string | undefined {
  const [state = '', ...since] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/);
  return state.startsWith('Z') ? undefined : since.join(' ');
}
