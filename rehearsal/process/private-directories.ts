import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard } from './guard';
import { BerthError } from '../../text/berth-error';

/** Thrown when no temporary directory can be made. The message says which and why. */
class NoTemporaryDirectory extends BerthError {
  readonly kind = 'unavailable';
}

/**
 * Longest path of a socket: the system's structure for it has 108 bytes on Linux and 104 elsewhere, with a zero at the
 * end (`sun_path` in unix(7)). A longer one is cut without a word. Unit: bytes.
 */
const longestSocket = process.platform === 'linux' ? 107 : 103;

/** Longest name of a socket in the directory for sockets. Unit: bytes. */
const longestSocketName = 32;

/**
 * Temporary directories that only this user can read: one for files, and one for sockets, whose paths must be short. A guard
 * knows them before they are made and removes them when this process dies.
 */
export class PrivateDirectories {
  readonly files: string;
  /** May be inside `files`. Names in it have at most 32 bytes. */
  readonly sockets: string;
  readonly guard: Guard;

  /** @throws NoTemporaryDirectory */
  constructor() {
    const root = temporaryRoot();
    const name = `rehearsal-${randomBytes(9).toString('base64url')}`;
    this.files = join(root, name);
    const inside = join(this.files, 'sockets');
    this.sockets = fits(inside) ? inside : join(shortRoot(root), name);
    this.guard = new Guard([this.files, this.sockets]);
    try {
      make(this.files);
      make(this.sockets);
    } catch (error) {
      void this.guard.dismiss();
      if (existsSync(this.files)) this.removeFiles();
      throw error;
    }
  }

  /** Removes what is in them. */
  removeFiles(): void {
    for (const directory of [this.files, this.sockets])
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Removes the directories, or leaves the one with files, and ends the guard. */
  async close({ keep = false } = {}): Promise<void> {
    if (keep) rmSync(this.sockets, { recursive: true, force: true, maxRetries: 5 });
    else this.removeFiles();
    await this.guard.dismiss();
  }
}

function temporaryRoot(): string {
  const root = tmpdir();
  try {
    return realpathSync(root);
  } catch {
    throw new NoTemporaryDirectory(
      `the directory for temporary files ${root} does not exist: make it, or set TMPDIR to another one`,
    );
  }
}

function fits(directory: string): boolean {
  return Buffer.byteLength(directory) + 1 + longestSocketName <= longestSocket;
}

/** Where a directory for sockets has a short path. */
function shortRoot(root: string): string {
  if (existsSync('/tmp')) return realpathSync('/tmp');
  throw new NoTemporaryDirectory(
    `the directory for temporary files ${root} has so long a path that no socket can be in it, which may have ${longestSocket} bytes: set TMPDIR to a shorter one`,
  );
}

function make(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NoTemporaryDirectory(
      `the temporary directory ${directory} cannot be made (${code}): set TMPDIR to a directory that can be written to`,
    );
  }
}
