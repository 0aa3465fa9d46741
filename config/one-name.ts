import { basename, extname, resolve } from 'node:path';
import { environmentFiles, lockFile } from './files';
import { nameIn, problemsOfFile } from './load';
import { readTextIfThere } from './read-file';
import { ConfigError } from './parse/problem';

/**
 * Names and states of an environment are made of its name, so two files with one name would overwrite each other's. Other
 * files are not loaded for this, because one that is wrong must not keep this one from being deployed: a lock tells
 * the name of what was placed.
 * @param root directory of the project
 * @throws {ConfigError} naming both files
 */
export function checkNameIsFree(file: string, name: string, root: string): void {
  const others = environmentFiles(root).filter(other => resolve(other) !== resolve(file));
  const other = others.find(each => stem(each) === stem(file) || nameOf(each) === name);
  if (other === undefined) return;
  const message = `must be a name that no other environment has, got '${name}', which ${other} has too, so that both would have the same states; rename one, also its file`;
  throw new ConfigError(problemsOfFile(file, [{ path: ['name'], message }]));
}

/** The name of an environment as far as it can be told without running it; undefined where nothing tells it. */
export function nameOf(file: string): string | undefined {
  return nameInLock(lockFile(file)) ?? nameIn(file);
}

function nameInLock(file: string): string | undefined {
  try {
    const { decision } = JSON.parse(readTextIfThere(file) ?? '{}') as {
      readonly decision?: { readonly environment?: unknown };
    };
    return typeof decision?.environment === 'string' ? decision.environment : undefined;
  } catch {
    // A lock that cannot be read tells nothing; whoever needs it says what is wrong with it.
    return undefined;
  }
}

function stem(file: string): string {
  return basename(file, extname(file));
}
