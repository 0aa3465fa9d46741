import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { armTypeFiles, armTypes } from './write';

/** Writes the types of azapi bodies from the ARM schemas. */
async function main(): Promise<void> {
  mkdirSync(armTypes, { recursive: true });
  const options = await resolveConfig(join(armTypes, 'index.ts'));
  for (const [name, text] of armTypeFiles())
    writeFileSync(join(armTypes, name), await format(text, { ...options, parser: 'typescript' }));
}

void main();
