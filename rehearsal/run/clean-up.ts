import { rmSync } from 'node:fs';
import { endAll, processTree } from '../terraform/process-tree';

/**
 * A program: ends processes and what they started, and removes a directory.
 * Arguments: the directory, and the ids of the processes.
 */
async function main([directory, ...pids]: readonly string[]): Promise<void> {
  await endAll(pids.flatMap(pid => processTree(Number(pid))));
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

void main(process.argv.slice(2));
