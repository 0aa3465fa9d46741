import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { processesOf } from './owner';
import { endAll, processTree } from './process-tree';

/** A process that was just being started is not yet what it will be. Unit: milliseconds. */
const settleMs = 100;
/** After that many rounds something makes them faster than they can be ended. */
const mostRounds = 20;

/**
 * A program: ends processes and what they started, and removes directories.
 * Arguments: the mark of the processes, the number of directories, the directories, and the ids of processes.
 */
async function main([token = '', count = '0', ...rest]: readonly string[]): Promise<void> {
  const directories = rest.slice(0, Number(count));
  await endAll(rest.slice(Number(count)).flatMap(pid => processTree(Number(pid))));
  for (let round = 0; round < mostRounds; round++) {
    await endAll(processesOf(token));
    for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    await pause(settleMs);
    if (processesOf(token).length === 0 && !directories.some(each => existsSync(each))) return;
  }
}

void main(process.argv.slice(2));
