import type { TypeFacts } from '../facts/azurerm-facts';
import { isSensitiveName } from '../facts/sensitive-attributes';
import { mapValues } from '../protocol/value';
import type { Attribute, Block, NestedBlock, TypeSchema } from './schema';

/** Forces replacement for a type without facts: what names and places a resource in Azure never changes in place. */
const alwaysForceNew = new Set(['name', 'location', 'resource_group_name', 'scope']);

/** The schema of a resource type: the structure of its binding with the facts that the binding lacks. */
export function applyFacts(type: string, block: Block, facts: TypeFacts | undefined): TypeSchema {
  if (!facts) return { version: 0, hasFacts: false, block: withSecrets(type, withIdentity(block)) };
  return { version: facts.schemaVersion ?? 0, hasFacts: true, block: refine(block, lookup(facts), '') };
}

interface Lookup {
  readonly forceNew: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  readonly computedBlocks: ReadonlySet<string>;
  readonly facts: TypeFacts;
}

function lookup(facts: TypeFacts): Lookup {
  return {
    forceNew: new Set(facts.forceNew),
    sensitive: new Set(facts.sensitive),
    computedBlocks: new Set(facts.computedBlocks),
    facts,
  };
}

function refine(block: Block, known: Lookup, prefix: string): Block {
  const refineAttribute = (attribute: Attribute, name: string): Attribute => {
    const path = prefix + name;
    const value = known.facts.defaults?.[path];
    return {
      ...attribute,
      ...(known.forceNew.has(path) ? { forceNew: true } : {}),
      ...(known.sensitive.has(path) ? { sensitive: true } : {}),
      ...(value !== undefined && !attribute.required ? { default: value } : {}),
      ...(attribute.elements ? { elements: refine(attribute.elements, known, `${path}.`) } : {}),
    };
  };
  const refineBlock = (nested: NestedBlock, name: string): NestedBlock => {
    const path = prefix + name;
    return {
      ...nested,
      max: known.facts.maxItems?.[path] ?? nested.max,
      forceNew: known.forceNew.has(path),
      computed: known.computedBlocks.has(path),
      block: refine(nested.block, known, `${path}.`),
    };
  };
  return {
    attributes: mapValues(block.attributes, refineAttribute),
    blocks: mapValues(block.blocks, refineBlock),
  };
}

function withIdentity(block: Block): Block {
  const attributes = mapValues(block.attributes, (attribute, name) => ({
    ...attribute,
    ...(isIdentity(name, attribute) ? { forceNew: true } : {}),
  }));
  return { ...block, attributes };
}

/** Hides what means a secret, at every level. */
function withSecrets(type: string, block: Block): Block {
  const attributes = mapValues(block.attributes, (attribute, name) => ({
    ...attribute,
    ...(isSensitiveName(type, name) ? { sensitive: true } : {}),
  }));
  const blocks = mapValues(block.blocks, nested => ({ ...nested, block: withSecrets(type, nested.block) }));
  return { attributes, blocks };
}

/** A required `…_id` names the parent of a resource, or another end of an association. */
function isIdentity(name: string, attribute: Attribute): boolean {
  return alwaysForceNew.has(name) || (attribute.required === true && /_id$/.test(name));
}
