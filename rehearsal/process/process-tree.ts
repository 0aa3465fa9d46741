import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a process may take to end itself before it is killed. Terraform writes its state in that time. */
const graceMilliseconds = 5_000;
const pollMilliseconds = 20;

/**
 * A process and all that it started, also those that are in another session, as what cdktf runs in a pseudo-terminal
 * is. A process whose parent has gone before is not found.
 */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Sends a signal to each process that is still there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Asks processes to end, and kills those that do not. */
export async function endAll(processes: readonly number[]): Promise<void> {
  if (processes.length === 0) return;
  signalAll(processes, 'SIGTERM');
  const deadline = Date.now() + graceMilliseconds;
  while (alive(processes).length > 0 && Date.now() < deadline) await pause(pollMilliseconds);
  signalAll(alive(processes), 'SIGKILL');
}

/** The processes that are still running. */
function alive(pids: readonly number[]): number[] {
  const known = new Set(parents().map(([pid]) => pid));
  return pids.filter(pid => known.has(pid));
}

/** Process and parent of all processes but zombies. */
function parents(): [number, number][] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

function fromProc(): [number, number][] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap((name): [number, number][] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z' ? [] : [[Number(name), Number(parent)]];
      } catch {
        return []; // it ended since the directory was read
      }
    });
}

function fromPs(): [number, number][] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map(line => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, parent]) => [Number(pid), Number(parent)]);
}
