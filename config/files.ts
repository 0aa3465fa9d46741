import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { closest } from '../catalog';
import { ConfigError } from './parse/problem';

/** Where a project keeps its environments, from its root. */
export const environmentsDirectory = join('config', 'environments');

const extensions = ['.yaml', '.yml', '.json', '.ts'];
const lockEnding = '.lock.json';
const tuneEnding = '.tune.json';
/** Not environments, though they stand among them: locks, what was begun to be tuned, declarations, and prices as `berth prices refresh` writes them. */
const besides = /(\.(lock|tune)\.json|\.d\.ts|(^|\.)prices\.json)$/;

/**
 * Files of the project's environments, sorted by name; `prices.json` and `<name>.prices.json` are none.
 * @param root directory of the project
 */
export function environmentFiles(root: string): string[] {
  const directory = join(root, environmentsDirectory);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter(name => extensions.includes(extname(name)) && !besides.test(name))
    .sort()
    .map(name => join(directory, name));
}

/**
 * File of an environment, given by path or by its name among the project's environments.
 * @throws {ConfigError} naming the project's environments when there is none of this name
 */
export function environmentFile(nameOrPath: string, root: string): string {
  if (isPath(nameOrPath)) return nameOrPath;
  const files = environmentFiles(root);
  const found = files.find(file => stem(file) === nameOrPath);
  if (found !== undefined) return found;
  const known = closest(nameOrPath, files.map(stem)).join(', ') || 'none';
  const message = `an environment of ${environmentsDirectory} (${known}) or the path of a file is allowed, got '${nameOrPath}'; name one of them`;
  throw new ConfigError([{ source: 'environment', path: '', message }]);
}

/** Whether a word names a file and not one of the project's environments. @param system whose separators count */
export function isPath(
  word: string,
  system: { readonly basename: typeof basename; readonly extname: typeof extname } = { basename, extname },
): boolean {
  return system.extname(word) !== '' || system.basename(word) !== word;
}

/** File of the environment's lock, beside the environment. */
export function lockFile(environmentFile: string): string {
  return join(dirname(environmentFile), `${stem(environmentFile)}${lockEnding}`);
}

/** File of what `berth tune` has begun, beside the environment. */
export function tuneFile(environmentFile: string): string {
  return join(dirname(environmentFile), `${stem(environmentFile)}${tuneEnding}`);
}

/** Whether a path names a lock and not an environment. */
export function isLockFile(path: string): boolean {
  return path.endsWith(lockEnding);
}

function stem(file: string): string {
  return basename(file, extname(file));
}
