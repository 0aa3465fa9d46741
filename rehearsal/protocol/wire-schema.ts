import type { Attribute, Block, Nesting, TypeSchema } from '../schema/schema';

const nestingModes: Readonly<Record<Nesting, number>> = { SINGLE: 1, LIST: 2, SET: 3, MAP: 4, GROUP: 5 };

/** A schema as the protocol writes it. */
export function wireSchema({ version, block }: Pick<TypeSchema, 'version' | 'block'>) {
  return { version, block: wireBlock(block) };
}

interface WireBlock {
  readonly attributes: readonly object[];
  readonly block_types: readonly object[];
}

function wireBlock(block: Block): WireBlock {
  return {
    attributes: wireAttributes(block.attributes),
    block_types: Object.entries(block.blocks).map(([name, nested]) => ({
      type_name: name,
      nesting: nestingModes[nested.nesting],
      min_items: nested.min,
      max_items: nested.max,
      block: wireBlock(nested.block),
    })),
  };
}

function wireAttributes(attributes: Readonly<Record<string, Attribute>>): readonly object[] {
  return Object.entries(attributes).map(([name, attribute]) => ({
    name,
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    write_only: attribute.writeOnly ?? false,
    ...(attribute.nested
      ? {
          nested_type: {
            nesting: nestingModes[attribute.nested.nesting],
            attributes: wireAttributes(attribute.nested.attributes),
          },
        }
      : { type: Buffer.from(JSON.stringify(attribute.type)) }),
  }));
}
