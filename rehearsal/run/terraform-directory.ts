import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StackJson } from './stack';

type Blocks = Record<string, Record<string, Record<string, object>>>;

/**
 * The blocks of a directory of Terraform files, by kind, type and name, so far as a rehearsal needs to know them
 * beforehand; of HCL only the heads are read.
 */
export function readTerraformDirectory(directory: string): StackJson {
  const blocks: Blocks = {};
  for (const name of readdirSync(directory).sort()) {
    const text = (): string => readFileSync(join(directory, name), 'utf8');
    if (name.endsWith('.tf.json')) merge(blocks, JSON.parse(text()) as Blocks);
    else if (name.endsWith('.tf')) merge(blocks, heads(text()));
  }
  return blocks as StackJson;
}

function merge(into: Blocks, from: Blocks): void {
  for (const [kind, labels] of Object.entries(from)) {
    for (const [label, content] of Object.entries(labels)) {
      into[kind] = { ...into[kind], [label]: { ...into[kind]?.[label], ...content } };
    }
  }
}

function heads(hcl: string): Blocks {
  const blocks: Blocks = {};
  for (const [, kind = '', first = '', second] of hcl.matchAll(
    /^\s*(resource|data|module|variable)\s+"([^"]+)"(?:\s+"([^"]+)")?\s*\{/gm,
  )) {
    merge(blocks, { [kind]: { [first]: second === undefined ? {} : { [second]: {} } } });
  }
  const backend = /^\s*backend\s+"([^"]+)"\s*\{/m.exec(hcl)?.[1];
  return backend === undefined ? blocks : { ...blocks, terraform: { backend: { [backend]: {} } } };
}
