import type { z } from 'zod';

/** Where a schema takes a text: keys, `[]` for the items of a list, `{}` for the values of a map, `{key}` for its keys. */
export function schemaLeaves(schema: z.ZodType, path = ''): string[] {
  const { type, shape, element, keyType, valueType, innerType, options } = schema.def as Definition;
  const inside = (parts: readonly (z.ZodType | undefined)[], at: string) =>
    parts.flatMap(part => (part ? schemaLeaves(part, at) : []));
  switch (type) {
    case 'string':
    case 'enum':
    case 'literal':
      return [path];
    case 'number':
    case 'boolean':
      return [];
    case 'object':
      return Object.entries(shape ?? {}).flatMap(([key, each]) => schemaLeaves(each, `${path}.${key}`));
    case 'array':
      return inside([element], `${path}[]`);
    case 'record':
      return [...inside([keyType], `${path}{key}`), ...inside([valueType], `${path}{}`)];
    case 'union':
      return [...new Set(inside(options ?? [], path))];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return inside([innerType], path);
    default:
      throw new Error(`${path}: the walk knows no schema of the type ${type}: teach it`);
  }
}

/** As zod has it, as far as a walk needs it. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** Maps of the schema, as {@link schemaLeaves} names them. */
export function schemaMaps(leaves: readonly string[]): string[] {
  return leaves.filter(leaf => leaf.endsWith('{key}')).map(leaf => leaf.slice(0, -'{key}'.length));
}

/** The path of data in the words of {@link schemaLeaves}. */
export function schemaPath(path: readonly PropertyKey[], maps: ReadonlySet<string>): string {
  return path.reduce<string>(
    (at, key) => `${at}${typeof key === 'number' ? '[]' : maps.has(at) ? '{}' : `.${String(key)}`}`,
    '',
  );
}
