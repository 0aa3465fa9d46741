import { existsSync, readFileSync } from 'node:fs';
import { writeOutput } from '../config/write-output';
import { blockDiff } from '../testing';

/** What became of a snapshot file. */
interface SnapshotWritten {
  /** Whether a file was there before that says something else. */
  readonly changed: boolean;
  /** For people. */
  readonly lines: readonly string[];
}

/** Changed lines to print; the file has them all. */
const shownLines = 40;

/** Writes a plan snapshot and says how it differs from the one that was there. */
export function writeSnapshot(file: string, text: string): SnapshotWritten {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const count = text.split('\n').length - 1;
  if (before === text) return { changed: false, lines: [`${file} is as it was: ${count} lines`] };
  writeOutput(file, text, { makeDirectories: true });
  if (before === undefined) {
    return {
      changed: false,
      lines: [`${file} is new: ${count} lines; commit it, and its changes show in reviews`],
    };
  }
  const difference = blockDiff(before.split('\n'), text.split('\n'));
  const more = difference.length - shownLines;
  return {
    changed: true,
    lines: [
      `${file} has changed; review it and commit it:`,
      ...difference.slice(0, shownLines),
      ...(more > 0 ? [`… and ${more} lines more`] : []),
    ],
  };
}
