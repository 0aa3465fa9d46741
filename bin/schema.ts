import { join } from 'node:path';
import { environmentJsonSchemaText, writeOutput } from '../config';

export function schema(options: { readonly write?: boolean }): void {
  const text = environmentJsonSchemaText();
  if (options.write) writeOutput(join('config', 'environment.schema.json'), text, { makeDirectories: true });
  else process.stdout.write(text);
}
