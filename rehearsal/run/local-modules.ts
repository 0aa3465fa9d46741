import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { localSource } from './stack';
import type { StackJson } from './stack';
import { readTerraformDirectory } from './terraform-directory';

/** A module that a directory of Terraform files names by path. */
interface LocalModule {
  readonly directory: string;
  readonly content: StackJson;
}

/**
 * The modules that a directory of Terraform files names by path, and those that they name.
 * @param content what the directory's files say
 */
export async function localModules(directory: string, content: StackJson): Promise<LocalModule[]> {
  const found = new Map<string, LocalModule>();
  const visit = async (from: string, { module = {} }: StackJson): Promise<void> => {
    for (const called of Object.values(module)) {
      const source = localSource(called);
      const target = source === undefined ? directory : resolve(from, source);
      // What is not there is Terraform's to report, with the line.
      if (target === directory || found.has(target) || !existsSync(target)) continue;
      const module = { directory: target, content: await readTerraformDirectory(target) };
      found.set(target, module);
      await visit(target, module.content);
    }
  };
  await visit(directory, content);
  return [...found.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

/** The nearest directory that holds all of these. */
export function commonRoot(directories: readonly string[]): string {
  const [first = sep, ...others] = directories;
  return others.every(other => other === first || isInside(other, first))
    ? first
    : commonRoot([dirname(first), ...others]);
}

/** Whether a path lies below a directory. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(join('..', sep));
}
