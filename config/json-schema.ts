import { z } from 'zod';
import { environmentSchema } from './environment';

/**
 * JSON Schema of an environment file, for editors: generated from the schema that the parser uses, so that completion
 * and errors agree. What goes across keys is checked by the parser alone.
 */
export function environmentJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(environmentSchema, { io: 'input', target: 'draft-07' });
  return { ...schema, title: 'Berth environment' };
}

/** The text of `environment.schema.json`. */
export function environmentJsonSchemaText(): string {
  return `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`;
}
