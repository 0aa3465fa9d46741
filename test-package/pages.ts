import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { snippetsOf } from '../test/docs/snippets';
import type { Snippet } from '../test/docs/snippets';
import { packageDirectory } from './project';

/** The pages that are in the package, from its directory. */
export function pages(): string[] {
  const all = readdirSync(packageDirectory, { recursive: true, encoding: 'utf8' });
  return all.filter(file => file.endsWith('.md')).sort();
}

export function textOf(page: string): string {
  return readFileSync(join(packageDirectory, page), 'utf8');
}

/** The fenced blocks of a page. */
export function snippets(page: string): Snippet[] {
  return snippetsOf(textOf(page));
}

/** The files that a reader of a page writes, by name. */
export function filesOf(page: string): Record<string, string> {
  return Object.fromEntries(
    snippets(page).flatMap(({ file, code }) => (file === undefined ? [] : [[file, code]])),
  );
}
