import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { localSource } from './stack';
import type { StackJson } from './stack';
import { readTerraformDirectory } from './terraform-directory';
import { Unrehearsable, readJson } from './unrehearsable';

/** A module that a directory of Terraform files calls, or a module of it. */
interface CalledModule {
  readonly directory: string;
  readonly content: StackJson;
}

/** The modules that a directory of Terraform files calls, and those that they call. */
interface CalledModules {
  readonly modules: readonly CalledModule[];
  /** Whether each of them was found. One of a registry is where `terraform init` has put it. */
  readonly all: boolean;
}

/** Where `terraform init` puts modules of registries and repositories, below the directory. */
export const installedModules = join('.terraform', 'modules');

/**
 * The modules of a directory of Terraform files.
 * @param content what the directory's files say
 * @throws Unrehearsable naming each file of them that is no Terraform
 */
export async function modulesOf(directory: string, content: StackJson): Promise<CalledModules> {
  const found = new Map<string, CalledModule>();
  const installed = readManifest(directory);
  let all = true;
  const visit = async (from: string, key: string, { module = {} }: StackJson): Promise<void> => {
    for (const [name, called] of Object.entries(module)) {
      const source = localSource(called);
      const path = source === undefined ? installed.get(key + name) : resolve(from, source);
      if (path === undefined) all = false;
      // A path to nothing is Terraform's to report, with the line.
      if (path === undefined || path === directory || found.has(path) || !existsSync(path)) continue;
      const module = { directory: path, content: await readTerraformDirectory(path) };
      found.set(path, module);
      await visit(path, `${key}${name}.`, module.content);
    }
  };
  await visit(directory, '', content);
  const modules = [...found.values()].sort((a, b) => (a.directory < b.directory ? -1 : 1));
  return { modules, all };
}

/** Directories of installed modules, by the names under which they are called, with dots between. */
function readManifest(directory: string): ReadonlyMap<string, string> {
  const file = join(directory, installedModules, 'modules.json');
  if (!existsSync(file)) return new Map();
  const { Modules: modules } = readJson(file) as { Modules?: readonly { Key: string; Dir: string }[] };
  if (!Array.isArray(modules))
    throw new Unrehearsable(`${file} is no list of modules: make it anew with terraform init`);
  return new Map(modules.map(({ Key, Dir }) => [Key, resolve(directory, Dir)]));
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
