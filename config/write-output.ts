import { lstatSync, mkdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { writeAtomically } from './write-atomically';
import { refusalOf } from './refusals';
import { BerthError } from '../text/berth-error';

/** A file that could not be written; what was there before is as it was. */
export class OutputError extends BerthError {
  readonly kind = 'input';
}

/** How a file is written. */
export interface WriteOptions {
  /** Whether to make the directories on the way. @default false */
  readonly makeDirectories?: boolean;
}

/**
 * Writes a file whole or not at all: beside it first, flushed to the disk, then under its name, so that no full disk and no
 * ended process leaves half of it. Its mode stays. Devices and pipes, such as /dev/stdout, are written to directly.
 *
 * @throws {OutputError} saying why it cannot be written, also where the name is a symbolic link to a file: who may change
 *   the link would choose what is overwritten
 */
export function writeOutput(
  file: string,
  text: string,
  { makeDirectories = false }: WriteOptions = {},
): void {
  const found = refused(file, () => foundAt(file));
  if (found.link !== undefined && (found.target?.isFile() ?? true)) {
    const message = `is a symbolic link to ${found.link}, and no file is written through one; name that file itself, or put a file in the place of the link`;
    throw new OutputError(`${file} ${message}`);
  }
  refused(file, () => {
    if (found.target && !found.target.isFile()) return writeFileSync(file, text);
    if (makeDirectories) mkdirSync(dirname(file), { recursive: true });
    return writeAtomically(file, text);
  });
}

/** What the machine refuses becomes a sentence; the rest is a defect. */
function refused<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'its directory does not exist; create it, or name another file' : refusalOf(error);
    if (why === undefined) throw error;
    throw new OutputError(`${file} cannot be written: ${why}`);
  }
}

interface Found {
  /** Where a symbolic link leads. */
  readonly link?: string;
  /** What is there, behind any link; absent where there is nothing. */
  readonly target?: Stats;
}

function foundAt(file: string): Found {
  const itself = lstatSync(file, { throwIfNoEntry: false });
  if (!itself?.isSymbolicLink()) return itself ? { target: itself } : {};
  const target = statSync(file, { throwIfNoEntry: false });
  return { link: readlinkSync(file), ...(target ? { target } : {}) };
}
