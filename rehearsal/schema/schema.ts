import type { Json } from '../azure/simulated-azure';
import type { Type } from '../protocol/value';
import { mapValues } from '../protocol/value';

/** How often a nested block or attribute occurs, and whether its order counts. */
export type Nesting = 'SINGLE' | 'LIST' | 'SET' | 'MAP' | 'GROUP';

/** An attribute of a resource, with what the provider knows about it beyond the protocol. */
export interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  /** Attributes inside; exists in protocol 6 only. `type` is then the matching object type. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Readonly<Record<string, Attribute>> };
  /** The objects inside a list or set that is written as blocks. */
  readonly elements?: Block;
  /** Value when the configuration sets none. */
  readonly default?: Json;
  /** Whether a change replaces the resource. */
  readonly forceNew?: boolean;
}

/** A block inside a block. */
export interface NestedBlock {
  readonly nesting: Nesting;
  readonly min: number;
  /** Zero means no limit. */
  readonly max: number;
  readonly block: Block;
  /** Whether adding or removing the block replaces the resource. */
  readonly forceNew?: boolean;
  /** Whether Azure fills the block when the configuration has none. */
  readonly computed?: boolean;
}

/** The attributes and blocks of one level. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** The schema of a resource or data-source type. */
export interface TypeSchema {
  readonly version: number;
  readonly block: Block;
  /** False when only the structure is known: no defaults, no ForceNew, no sensitive attributes. */
  readonly hasFacts: boolean;
}

const types = new WeakMap<Block, Type>();

/** The object type of a block: what a value of it looks like on the wire. Every request needs it, so it is kept. */
export function blockType(block: Block): Type {
  const known = types.get(block);
  if (known) return known;
  const type: Type = [
    'object',
    {
      ...mapValues(block.attributes, attribute => attribute.type),
      ...mapValues(block.blocks, nested => nestedType(nested)),
    },
  ];
  types.set(block, type);
  return type;
}

function nestedType(nested: NestedBlock): Type {
  const inner = blockType(nested.block);
  switch (nested.nesting) {
    case 'SINGLE':
    case 'GROUP':
      return inner;
    case 'LIST':
      return ['list', inner];
    case 'SET':
      return ['set', inner];
    case 'MAP':
      return ['map', inner];
  }
}
