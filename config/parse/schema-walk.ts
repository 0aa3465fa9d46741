import type { z } from 'zod';

/** The parts of a zod definition that a walk along a path needs; absent where the type has none. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** Keys that the schema allows at a path; empty where it allows no object with fixed keys. */
export function knownKeysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<z.ZodType[]>(
    (schemas, key) => schemas.flatMap(each => stepInto(each, key)),
    [schema],
  );
  return [...new Set(found.flatMap(unwrap).flatMap(each => Object.keys(definition(each).shape ?? {})))];
}

/** Schema of a part of what the schema allows; undefined where it allows no such part. */
export function partOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  return stepInto(schema, key)[0];
}

function stepInto(schema: z.ZodType, key: PropertyKey): z.ZodType[] {
  return unwrap(schema).flatMap(each => {
    const { shape, element, valueType } = definition(each);
    const name = String(key);
    const next = shape ? (Object.hasOwn(shape, name) ? shape[name] : undefined) : (element ?? valueType);
    return next ? [next] : [];
  });
}

/** Through optional, default and union to the schemas that can stand there. */
function unwrap(schema: z.ZodType): z.ZodType[] {
  const { innerType, options } = definition(schema);
  if (innerType) return unwrap(innerType);
  return options ? options.flatMap(unwrap) : [schema];
}

function definition(schema: z.ZodType): Definition {
  // zod types `def` by the kind of schema; a walk meets them all.
  return schema.def as Definition;
}
