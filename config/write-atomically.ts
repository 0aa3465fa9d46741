import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file beside its place, flushes it to the disk, and gives it its name, so that its place has the old content or
 * the new one, and never a part. Mode and owner stay.
 *
 * The library for it, write-file-atomic 7.0.1, does not look at how much was written: on a disk that is nearly full, what
 * fitted would get the name. `fs.writeFileSync` goes on until all is written, or fails.
 */
export function writeAtomically(file: string, text: string): void {
  const before = statSync(file, { throwIfNoEntry: false });
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    // Fails where something is there already, so that nobody can put a link there.
    const handle = openSync(beside, 'wx', before?.mode ?? 0o666);
    try {
      writeFileSync(handle, text);
      if (before) keepOwner(handle, before);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  flushDirectory(dirname(file));
}

/** The mode, and the owner where that may be kept: only root gives files away, and not on every disk. */
function keepOwner(handle: number, { uid, gid, mode }: { uid: number; gid: number; mode: number }): void {
  if (process.getuid?.() === 0) ifPossible(() => fchownSync(handle, uid, gid));
  fchmodSync(handle, mode & 0o7777);
}

/** The name is on the disk once its directory is; not every system lets a directory be opened for that. */
function flushDirectory(directory: string): void {
  ifPossible(() => {
    const handle = openSync(directory, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

function ifPossible(action: () => void): void {
  try {
    action();
  } catch {
    // What was written is whole without it.
  }
}
