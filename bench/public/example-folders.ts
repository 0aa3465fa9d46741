import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { localSource } from '../../rehearsal/run/stack';
import type { StackJson } from '../../rehearsal/run/stack';
import { readTerraformDirectory } from '../../rehearsal/run/terraform-directory';

/** A directory that somebody would deploy: of Terraform files, or of what a cdktf app synthesised. */
export interface Example {
  /** Its path below the directory that was searched. */
  readonly name: string;
  readonly directory: string;
  /** Undefined where its files cannot be read, which the rehearsal says, and of an app's output. */
  readonly content: StackJson | undefined;
}

/** The examples at and below a directory, without those that another one calls as a module. */
export async function exampleFolders(root: string): Promise<Example[]> {
  const found = await Promise.all(folders(root).map(directory => readExample(root, directory)));
  const modules = new Set(found.flatMap(moduleFolders));
  return found.filter(({ directory }) => !modules.has(directory));
}

function folders(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter(entry => entry.isFile()).map(({ name }) => name);
  // What cdktf wrote, with all its stacks.
  if (files.includes('manifest.json') && entries.some(({ name }) => name === 'stacks')) return [directory];
  const own = files.some(name => name.endsWith('.tf')) ? [directory] : [];
  const inner = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));
  return [...own, ...inner.flatMap(({ name }) => folders(join(directory, name)))];
}

async function readExample(root: string, directory: string): Promise<Example> {
  const name = relative(root, directory) || '.';
  try {
    return { name, directory, content: await contentOf(directory) };
  } catch {
    return { name, directory, content: undefined };
  }
}

async function contentOf(directory: string): Promise<StackJson | undefined> {
  const isOutput = existsSync(join(directory, 'manifest.json'));
  return isOutput ? undefined : readTerraformDirectory(directory);
}

function moduleFolders({ directory, content }: Example): string[] {
  return Object.values(content?.module ?? {}).flatMap(called => {
    const source = localSource(called);
    return source === undefined ? [] : resolve(directory, source);
  });
}
