import type { Json } from '../../azure/simulated-azure';
import type { Type } from '../../protocol/value';
import { mapValues } from '../../protocol/value';
import type { Attribute, Block, TypeSchema } from '../../schema/schema';

/** What an attribute is beyond its type. */
type More = Omit<Attribute, 'type' | 'required' | 'optional' | 'computed'>;

/** An argument that must be given. */
export function required(type: Type, more: More = {}): Attribute {
  return { type, required: true, ...more };
}

/** An argument that may be given. */
export function optional(type: Type, more: More = {}): Attribute {
  return { type, optional: true, ...more };
}

/** An argument that the provider sets where nobody gives it. */
export function defaulted(type: Type, value?: Json, more: More = {}): Attribute {
  return {
    type,
    optional: true,
    computed: true,
    ...(value === undefined ? {} : { default: value }),
    ...more,
  };
}

/** What only the provider sets. */
export function computed(type: Type, more: More = {}): Attribute {
  return { type, computed: true, ...more };
}

/** The same attributes, each of which replaces its resource when it changes. */
export function forcing(attributes: Readonly<Record<string, Attribute>>): Record<string, Attribute> {
  return mapValues(attributes, attribute => ({ ...attribute, forceNew: true }));
}

/** The schema of a type of which everything is known. */
export function schemaOf(
  attributes: Readonly<Record<string, Attribute>>,
  blocks: Block['blocks'] = {},
  version = 0,
): TypeSchema {
  return { version, hasFacts: true, block: { attributes, blocks } };
}

/** Text by key, such as what replaces a resource when it changes. */
export const textByKey: Type = ['map', 'string'];
