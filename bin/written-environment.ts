import { parse } from 'yaml';
import { parseEnvironment, writeOutput } from '../config';

/** What is written into an environment, and what is said of it. */
interface Written {
  /** The lines that are new. */
  readonly lines: string;
  /** Whether the lines are only printed. */
  readonly print: boolean;
  /** Where a person pastes them. @default - the file */
  readonly where?: string;
  /** What comes next, for people. */
  readonly next: string;
}

/**
 * Writes an environment with new lines in it, or prints the lines where that is asked for or its text is none that can
 * be written into, such as TypeScript.
 * @param withLines the text with them; undefined where nothing can be written
 * @throws {ConfigError} where the environment with them would be none; nothing is written then
 */
export function writeEnvironment(
  file: string,
  withLines: () => string | undefined,
  { lines, print, where = file, next }: Written,
): void {
  const text = print ? undefined : withLines();
  if (text === undefined) {
    process.stdout.write(`${print ? '' : `paste this into ${where}:\n`}${lines}`);
    return;
  }
  parseEnvironment(parse(text), file);
  writeOutput(file, text);
  process.stdout.write(`${lines}wrote ${file}; ${next}\n`);
}
