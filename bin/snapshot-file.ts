import { existsSync, readFileSync } from 'node:fs';
import { writeOutput } from '../config/write-output';
import { blockDiff } from '../testing';

/** What became of a snapshot file. */
interface SnapshotWritten {
  /** Why the run fails of it. @default - it does not */
  readonly failure?: string;
  /** For people. */
  readonly lines: readonly string[];
}

/** How a snapshot is kept. */
interface SnapshotOptions {
  /** Whether nobody is there to commit what is written: as of `jest --ci`, a file that is missing or says something else is a failure. */
  readonly ci: boolean;
  /** Whether what was there is to be replaced without a failure. */
  readonly update: boolean;
}

/** Changed lines to print; the file has them all. */
const shownLines = 40;

/** Writes a plan snapshot and says how it differs from the one that was there. In CI one that was not there is not written. */
export function writeSnapshot(file: string, text: string, { ci, update }: SnapshotOptions): SnapshotWritten {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const count = text.split('\n').length - 1;
  if (before === text) return { lines: [`${file} is as it was: ${count} lines`] };
  const fails = ci && !update;
  if (before === undefined && fails) {
    const failure = `${file} is not there, and in CI none is written; run this with --update, and commit it`;
    return { failure, lines: [failure] };
  }
  writeOutput(file, text, { makeDirectories: true });
  if (before === undefined) {
    return { lines: [`${file} is new: ${count} lines; commit it, and its changes show in reviews`] };
  }
  const difference = blockDiff(before.split('\n'), text.split('\n'));
  const more = difference.length - shownLines;
  const lines = [
    `${file} has changed; review it and commit it:`,
    ...difference.slice(0, shownLines),
    ...(more > 0 ? [`… and ${more} lines more`] : []),
  ];
  return fails ? { failure: lines.join('\n'), lines } : { lines };
}
