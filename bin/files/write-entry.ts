import { readFileSync } from 'node:fs';
import { entryLines, environmentFiles, environmentFile, withEntry } from '../../config';
import type { SectionEntry } from '../../config';
import { UsageError } from '../usage-error';
import { writeEnvironment } from '../written-environment';

/** The environment that a command writes into: the one that is named, or the only one of the project. */
export function writtenFile(name: string | undefined): string {
  const root = process.cwd();
  if (name !== undefined) return environmentFile(name, root);
  const files = environmentFiles(root);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  throw new UsageError(
    `--environment: it is needed where a project has ${files.length === 0 ? 'none' : `${files.length} (${files.join(', ')})`}; name one`,
  );
}

/**
 * Writes entries into an environment, or prints them where they cannot be written, as into TypeScript.
 * @throws {ConfigError} where the environment with them would be none; nothing is written then
 */
export function writeEntries(file: string, entries: readonly SectionEntry[], print: boolean): void {
  const withEntries = () =>
    entries.reduce<string | undefined>(
      (text, entry) => (text === undefined ? undefined : withEntry(text, entry, file)),
      readFileSync(file, 'utf8'),
    );
  writeEnvironment(file, withEntries, {
    lines: entries.map(entry => `${entry.section}:\n${entryLines(entry)}`).join(''),
    print,
    next: 'berth explain shows what that changes',
  });
}
