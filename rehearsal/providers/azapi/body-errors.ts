import type { Value } from '../../protocol/value';
import { Unknown, isList, isObject } from '../../protocol/value';
import { closest } from '../../../text/closest';
import type { ArmSchema } from './arm-schema';

/** What an ARM schema refuses in a body, each with the property's path, in azapi's words. Unknown values pass. */
export function bodyErrors(schema: ArmSchema, value: Value, path = ''): readonly string[] {
  if (value instanceof Unknown || value === null) return [];
  if (schema.const !== undefined) return oneOfErrors([schema.const], value, path);
  if (schema.enum) return oneOfErrors(schema.enum, value, path);
  switch (schema.type) {
    case 'object':
      return isObject(value) ? objectErrors(schema, value, path) : [mismatch(path, 'object', value)];
    case 'array':
      return arrayErrors(schema, value, path);
    case 'string':
      return stringErrors(schema, value, path);
    case 'integer':
      return integerErrors(schema, value, path);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [mismatch(path, 'bool', value)];
    default:
      return [];
  }
}

function objectErrors(
  schema: ArmSchema,
  value: Readonly<Record<string, Value>>,
  path: string,
): readonly string[] {
  const { properties, required, problem } = shapeOf(schema, value, path);
  const missing = required
    .filter(name => (value[name] ?? null) === null)
    .map(name => `\`${join(path, name)}\` is required, but no definition was found`);
  const inner = Object.entries(value).flatMap(([name, child]) => {
    const at = join(path, name);
    const known = properties[name];
    if (known?.readOnly) return [`\`${at}\` is not expected here, it's read only`];
    if (known) return bodyErrors(known, child, at);
    if (schema.additionalProperties) return bodyErrors(schema.additionalProperties, child, at);
    const writable = Object.keys(properties).filter(other => !properties[other]?.readOnly);
    if (writable.length === 0) return [];
    const meant = join(path, closest(name, writable, 1)[0] ?? '');
    return [`\`${at}\` is not expected here. Do you mean \`${meant}\`? `];
  });
  return [...problem, ...missing, ...inner];
}

interface Shape {
  readonly properties: Readonly<Record<string, ArmSchema>>;
  readonly required: readonly string[];
  readonly problem: readonly string[];
}

/** The properties of an object, with those of the variant that its discriminator chooses. */
function shapeOf(schema: ArmSchema, value: Readonly<Record<string, Value>>, path: string): Shape {
  const base: Shape = {
    properties: schema.properties ?? {},
    required: schema.required ?? [],
    problem: [] as string[],
  };
  if (!schema.discriminator || !schema.oneOf) return base;
  const chosen = value[schema.discriminator] ?? null;
  const at = join(path, schema.discriminator);
  if (chosen === null) return { ...base, problem: [`\`${at}\` is required, but no definition was found`] };
  const variant = typeof chosen === 'string' ? schema.oneOf[chosen] : undefined;
  if (!variant) {
    const problem = oneOfErrors(Object.keys(schema.oneOf), chosen, at);
    return { ...base, properties: { ...base.properties, [schema.discriminator]: {} }, problem };
  }
  return {
    properties: { ...base.properties, ...variant.properties },
    required: [...base.required, ...(variant.required ?? [])],
    problem: [],
  };
}

function arrayErrors(schema: ArmSchema, value: Value, path: string): readonly string[] {
  if (!isList(value)) return [mismatch(path, 'array', value)];
  const tooMany = schema.maxItems !== undefined && value.length > schema.maxItems;
  const limit = tooMany
    ? [`\`${path}\` is invalid, expect at most ${schema.maxItems} items, got ${value.length}`]
    : [];
  return [...limit, ...value.flatMap((item, i) => bodyErrors(schema.items ?? {}, item, `${path}.${i}`))];
}

function stringErrors(schema: ArmSchema, value: Value, path: string): readonly string[] {
  if (typeof value !== 'string') return [mismatch(path, 'string', value)];
  const errors: string[] = [];
  if (schema.minLength !== undefined && value.length < schema.minLength) {
    errors.push(
      `\`${path}\` is invalid, expect string length to be at least ${schema.minLength}, got ${value.length}`,
    );
  }
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    errors.push(
      `\`${path}\` is invalid, expect string length to be at most ${schema.maxLength}, got ${value.length}`,
    );
  }
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) {
    errors.push(`\`${path}\` is invalid, string does not match pattern ${schema.pattern}`);
  }
  return errors;
}

function integerErrors(schema: ArmSchema, value: Value, path: string): readonly string[] {
  if (typeof value !== 'number') return [mismatch(path, 'int', value)];
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value >= minimum && value <= maximum) return [];
  return [`\`${path}\` is invalid, expect a value from ${minimum} to ${maximum}, got ${value}`];
}

function oneOfErrors(allowed: readonly string[], value: Value, path: string): readonly string[] {
  if (typeof value !== 'string') return [mismatch(path, 'string', value)];
  if (allowed.includes(value)) return [];
  const meant = closest(value, allowed, 1)[0];
  return [
    `\`${path}\`'s value \`${value}\` is invalid. The supported values are [${allowed.join(', ')}]. Do you mean \`${meant}\`? `,
  ];
}

function mismatch(path: string, expected: string, value: Value): string {
  const got = isList(value) ? 'array' : isObject(value) ? 'object' : typeof value;
  return `\`${path}\` is invalid, expect \`${expected}\` but got \`${got}\``;
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
