import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchemaText } from '../config';

export function schema(options: { readonly write?: boolean }): void {
  const text = environmentJsonSchemaText();
  if (options.write) writeFileSync(join('config', 'environment.schema.json'), text);
  else process.stdout.write(text);
}
