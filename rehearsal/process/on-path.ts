import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** A program of the PATH, or at a path of its own; undefined where it cannot be run. */
export function onPath(name: string, path: string): string | undefined {
  if (isAbsolute(name) || name.includes('/')) return isExecutable(resolve(name)) ? resolve(name) : undefined;
  return path
    .split(delimiter)
    .filter(directory => directory !== '')
    .map(directory => resolve(join(directory, name)))
    .find(isExecutable);
}

/** Whether a path is of a file that may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
