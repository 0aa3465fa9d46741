import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { StackJson } from './stack';
import { readTerraformDirectory } from './terraform-directory';

/**
 * The directories of modules that a directory of Terraform files names by path, theirs too; those inside the directory are
 * left out, as they are copied with it.
 * @param content what the directory's files say
 */
export async function localModules(directory: string, content: StackJson): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (from: string, { module = {} }: StackJson): Promise<void> => {
    for (const called of Object.values(module)) {
      const source = (called as { source?: unknown }).source;
      if (typeof source !== 'string' || !/^\.\.?\//.test(source)) continue;
      const target = resolve(from, source);
      // What is not there is Terraform's to report, with the line.
      if (found.has(target) || !existsSync(target)) continue;
      found.add(target);
      await visit(target, await readTerraformDirectory(target));
    }
  };
  await visit(directory, content);
  return [...found].filter(target => !isInside(target, directory)).sort();
}

/** The nearest directory that holds all of these. */
export function commonRoot(directories: readonly string[]): string {
  const [first = sep, ...others] = directories;
  return others.every(other => other === first || isInside(other, first))
    ? first
    : commonRoot([dirname(first), ...others]);
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(join('..', sep));
}
