import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from './stack';

type Given = Readonly<Record<string, unknown>>;

/** Read after every other file of values, so that what is given wins over all. */
const lastFile = 'zzzz_rehearsal.auto.tfvars.json';

/** Writes what is given into the directories of Terraform files, which may have values of their own: only what they declare. */
export function giveVariables(stacks: readonly Stack[], given: Given = {}): void {
  for (const { directory } of stacks.filter(isDirectory)) {
    writeFileSync(join(directory, lastFile), JSON.stringify(declaredOf(stacks, given), null, 2));
  }
}

/**
 * Environment variables with values: those that are given to stacks that were synthesised; directories of Terraform files have these in a
 * file, and get the caller's own, over which their files win.
 */
export function variablesOf(
  stacks: readonly Stack[],
  given: Given = {},
  caller: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const named = stacks.some(isDirectory)
    ? Object.entries(caller).flatMap(([name, value]) =>
        name.startsWith('TF_VAR_') && value !== undefined ? [[name, value] as const] : [],
      )
    : Object.entries(given).map(
        ([name, value]) =>
          [`TF_VAR_${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
      );
  return Object.fromEntries(named);
}

/** A stack that was synthesised has no files of values. */
function isDirectory({ file }: Stack): boolean {
  return file === undefined;
}

/** Terraform warns of values of variables that nobody declares. */
function declaredOf(stacks: readonly Stack[], given: Given): Given {
  const declared = new Set(stacks.flatMap(({ json }) => Object.keys(json.variable ?? {})));
  return Object.fromEntries(Object.entries(given).filter(([name]) => declared.has(name)));
}
