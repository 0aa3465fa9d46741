import { writeFileSync } from 'node:fs';
import { readJson } from './unrehearsable';
import type { Stack, StackJson } from './stack';

/**
 * Runs something while Terraform may destroy what the configuration protects (`prevent_destroy`), as whoever takes stacks down for good
 * takes that out first. A directory of Terraform files stays as it is.
 */
export async function unprotected<T>(stacks: readonly Stack[], run: () => Promise<T>): Promise<T> {
  const files = stacks.flatMap(({ file }) => (file === undefined ? [] : [{ file, json: readJson(file) }]));
  for (const { file, json } of files) write(file, withoutProtection(json as StackJson));
  try {
    return await run();
  } finally {
    for (const { file, json } of files) write(file, json);
  }
}

function write(file: string, json: unknown): void {
  writeFileSync(file, JSON.stringify(json, null, 2));
}

function withoutProtection(json: StackJson): StackJson {
  const types = Object.entries(json.resource ?? {}).map(([type, byName]) => [
    type,
    Object.fromEntries(
      Object.entries(byName).map(([name, { lifecycle, ...resource }]) => [
        name,
        lifecycle ? { ...resource, lifecycle: { ...lifecycle, prevent_destroy: undefined } } : resource,
      ]),
    ),
  ]);
  return { ...json, ...(json.resource ? { resource: Object.fromEntries(types) } : {}) };
}
