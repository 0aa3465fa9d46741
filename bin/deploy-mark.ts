import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { lockFile } from '../config';
import { BerthError } from '../text/berth-error';

/** Who is at the stacks of an environment. */
const markSchema = z.object({
  command: z.enum(['deploy', 'destroy', 'diff', 'drift']),
  pid: z.int().positive(),
  host: z.string(),
  /** When it began, as ISO 8601 has it. */
  since: z.string(),
});
type Mark = z.infer<typeof markSchema>;

/** What a command does at the stacks. */
export type Work = Mark['command'];

/** Thrown when something is at the stacks of an environment, so that its lock must stay what it is. */
class AtWork extends BerthError {
  readonly kind = 'unavailable';
}

const doing: Readonly<Record<Work, string>> = {
  deploy: 'deployed',
  destroy: 'destroyed',
  diff: 'compared',
  drift: 'compared',
};

/** A file beside the lock while a command is at the stacks. Another host's is told from that host's own. */
function markFile(environmentFile: string): string {
  const lock = lockFile(environmentFile);
  return join(dirname(lock), `.${basename(lock)}.deploying`);
}

/**
 * Refuses where a command is at the stacks of this environment in this checkout.
 * @param environmentFile file of the environment
 * @param then what to do when that is done
 * @throws AtWork naming it
 */
export function checkNobodyDeploys(environmentFile: string, then: string): void {
  const file = markFile(environmentFile);
  const mark = readMark(file);
  if (!mark || isOver(mark)) return;
  const { command, pid, host, since } = mark;
  throw new AtWork(
    `${lockFile(environmentFile)}: it is being ${doing[command]} since ${since} (process ${pid} on ${host}); ${then} when that is done, or remove ${file} if it runs no more`,
  );
}

/**
 * Marks an environment until what is returned is called.
 * @throws AtWork where somebody else is at it
 */
export function markAtWork(environmentFile: string, command: Work): () => void {
  const file = markFile(environmentFile);
  const own: Mark = { command, pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const text = `${JSON.stringify(own)}\n`;
  checkNobodyDeploys(environmentFile, `${command} it again`);
  try {
    // One that is over lies there since its process was killed.
    rmSync(file, { force: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    // Of two that begin at once the one that comes second finds the other's.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      checkNobodyDeploys(environmentFile, `${command} it again`);
    // Where nothing can be written, nobody can place either.
    return () => undefined;
  }
  return () => rmSync(file, { force: true });
}

function readMark(file: string): Mark | undefined {
  try {
    return markSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whether the process is gone; of another host nobody here can tell. */
function isOver({ pid, host }: Mark): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
