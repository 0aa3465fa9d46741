import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

/**
 * The mark that this process leaves in the environment of all that it starts. What they start inherits it, so that they
 * are found also when their parents are gone, or when this process was killed before it could tell that it started them.
 */
export const owner = {
  variable: 'REHEARSAL_OWNER',
  token: `${process.pid}-${randomBytes(9).toString('hex')}`,
};

/** Processes that carry a mark. Only Linux tells the environment of processes; elsewhere there are none. */
export function processesOf(token: string): number[] {
  const mark = `${owner.variable}=${token}`;
  return processIds().filter(pid => pid !== process.pid && environmentOf(pid).includes(mark));
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // it ended, or is somebody else's
  }
}
