import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchemaText } from '../config';

export function schema(options: { readonly write?: boolean }): void {
  const text = environmentJsonSchemaText();
  if (!options.write) return void process.stdout.write(text);
  mkdirSync('config', { recursive: true });
  writeFileSync(join('config', 'environment.schema.json'), text);
}
