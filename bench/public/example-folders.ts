import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { localSource } from '../../rehearsal/run/stack';
import type { StackJson } from '../../rehearsal/run/stack';
import { readTerraformDirectory } from '../../rehearsal/run/terraform-directory';

/** A directory of Terraform files that somebody would deploy. */
export interface Example {
  /** Its path below the directory that was searched. */
  readonly name: string;
  readonly directory: string;
  /** Undefined where its files cannot be read, which the rehearsal says. */
  readonly content: StackJson | undefined;
}

/** The directories of Terraform files at and below a directory, without those that another one calls as a module. */
export async function exampleFolders(root: string): Promise<Example[]> {
  const found = await Promise.all(terraformFolders(root).map(directory => readExample(root, directory)));
  const modules = new Set(found.flatMap(moduleFolders));
  return found.filter(({ directory }) => !modules.has(directory));
}

function terraformFolders(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const own = entries.some(entry => entry.isFile() && entry.name.endsWith('.tf')) ? [directory] : [];
  const inner = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));
  return [...own, ...inner.flatMap(({ name }) => terraformFolders(join(directory, name)))];
}

async function readExample(root: string, directory: string): Promise<Example> {
  const name = relative(root, directory) || '.';
  try {
    return { name, directory, content: await readTerraformDirectory(directory) };
  } catch {
    return { name, directory, content: undefined };
  }
}

function moduleFolders({ directory, content }: Example): string[] {
  return Object.values(content?.module ?? {}).flatMap(called => {
    const source = localSource(called);
    return source === undefined ? [] : resolve(directory, source);
  });
}
