import type { Type } from '../protocol/value';
import { mapValues } from '../protocol/value';
import { storageTypes, simpleType } from './attribute-type';
import type { AttributeSource, BindingSource, ClassSource, HclKind } from './binding-source';
import { attributesOf, hclKinds, readBinding } from './binding-source';
import type { Attribute, Block, NestedBlock, Nesting } from './schema';
import { blockType } from './schema';

/** What a binding tells about its type. */
interface Derived {
  /** Terraform type; empty for the provider. */
  readonly type: string;
  readonly kind: 'resource' | 'data' | 'provider';
  readonly block: Block;
}

const blockKinds = {
  TerraformResource: 'resource',
  TerraformDataSource: 'data',
  TerraformProvider: 'provider',
} as const;

/** Meta-arguments of Terraform that the provider binding lists among the provider's own. */
const providerMetaArguments = new Set(['alias']);

/**
 * Derives the Terraform schema of a generated binding: its source annotates every attribute at every level with
 * computed, optional and required, and its synthesis code tells types, nesting and cardinality.
 * @throws Error naming the file and the attribute that cannot be typed.
 */
export function deriveSchema(file: string): Derived {
  const source = readBinding(file);
  const top = [...source.classes.values()].find(({ base }) => base in blockKinds);
  if (!top) throw new Error(`${file} has no resource, data source or provider class`);
  return {
    type: /tfResourceType = "(\w+)"/.exec(top.body)?.[1] ?? '',
    kind: blockKinds[top.base as keyof typeof blockKinds],
    block: classBlock(source, top),
  };
}

function classBlock(source: BindingSource, owner: ClassSource): Block {
  const kinds = hclKinds(hclCode(source, owner));
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const attribute of attributesOf(owner)) {
    const { name } = attribute;
    if (owner.base === 'TerraformProvider' && providerMetaArguments.has(name)) continue;
    const nested = nestedBlock(source, attribute, kinds.get(name));
    if (nested) blocks[name] = nested;
    else attributes[name] = toAttribute(source, attribute, kinds.get(name));
  }
  return { attributes, blocks };
}

/** A struct is written by a function of its own, a resource by a method of its class. */
function hclCode(source: BindingSource, owner: ClassSource): string {
  if (owner.base !== 'ComplexObject') return owner.body;
  const struct = owner.name.replace(/OutputReference$/, '');
  return source.functions.get(`${lowerFirst(struct)}ToHclTerraform`) ?? '';
}

interface Reference {
  readonly struct: string;
  readonly holder: 'OutputReference' | 'List' | 'Map';
  readonly isSet: boolean;
}

const referencePattern = / = new (\w+?)(OutputReference|List|Map)\(this, "\w+"(?:, (true|false))?\)/;

function referenceOf(attribute: AttributeSource): Reference | undefined {
  const match = referencePattern.exec(attribute.code);
  if (!match?.[1]) return undefined;
  return { struct: match[1], holder: match[2] as Reference['holder'], isSet: match[3] === 'true' };
}

function nestedBlock(
  source: BindingSource,
  attribute: AttributeSource,
  hcl?: HclKind,
): NestedBlock | undefined {
  const raw = /private _\w+\?: ([A-Z]\w+)(\[\])?/.exec(attribute.code);
  const min = attribute.required ? 1 : 0;
  if (raw?.[1]) {
    return {
      nesting: nestingOf(hcl?.kind ?? 'list'),
      min,
      max: raw[2] ? 0 : 1,
      block: structBlock(source, raw[1]),
    };
  }
  const reference = referenceOf(attribute);
  if (!reference || isAttribute(source, attribute, reference)) return undefined;
  const nesting = nestingOf(collectionKind(reference, hcl));
  const max = reference.holder === 'OutputReference' && nesting !== 'SINGLE' ? 1 : 0;
  return { nesting, min, max, block: innerBlock(source, reference) };
}

/** Computed objects are attributes, and so are those whose list mapper is told that they are no block. */
function isAttribute(source: BindingSource, attribute: AttributeSource, { struct }: Reference): boolean {
  if (attribute.computed) return true;
  const name = lowerFirst(struct);
  return ['', 'Hcl'].some(kind =>
    source.text.includes(`listMapper${kind}(${name}To${kind}Terraform, false)`),
  );
}

function toAttribute(source: BindingSource, attribute: AttributeSource, hcl?: HclKind): Attribute {
  const { name, required, optional, computed } = attribute;
  const reference = referenceOf(attribute);
  const type = reference ? objectType(source, reference, hcl) : simpleType(attribute.code);
  if (!type) throw new Error(`${source.file}: the type of attribute ${name} cannot be read`);
  const inside = reference && (required || optional) ? elementsOf(source, reference) : undefined;
  return {
    type,
    required,
    optional,
    computed,
    ...(name.endsWith('_wo') ? { writeOnly: true } : {}),
    ...(inside ? { elements: inside } : {}),
  };
}

function objectType(source: BindingSource, reference: Reference, hcl?: HclKind): Type {
  const inner = elementType(source, reference);
  const kind = collectionKind(reference, hcl);
  return kind === 'list' || kind === 'set' || kind === 'map' ? [kind, inner] : inner;
}

function collectionKind({ holder, isSet }: Reference, hcl?: HclKind): string {
  if (hcl) return hcl.kind;
  if (holder === 'Map') return 'map';
  return isSet ? 'set' : 'list';
}

function elementsOf(source: BindingSource, reference: Reference): Block | undefined {
  const isOfLists = source.classes.get(reference.struct)?.base === 'ComplexList';
  if (reference.holder !== 'List' || isOfLists) return undefined;
  const { attributes, blocks } = innerBlock(source, reference);
  // The bindings call all of them optional and computed: Terraform is not told.
  return {
    attributes: mapValues(attributes, (each, name) => ({ ...each, computed: name === 'id' })),
    blocks,
  };
}

/** The elements of a list of lists are lists themselves. */
function elementType(source: BindingSource, reference: Reference): Type {
  if (source.classes.get(reference.struct)?.base !== 'ComplexList')
    return blockType(innerBlock(source, reference));
  return [
    'list',
    blockType(innerBlock(source, { ...reference, struct: reference.struct.replace(/List$/, '') })),
  ];
}

function innerBlock(source: BindingSource, { struct }: Reference): Block {
  const inner = source.classes.get(`${struct}OutputReference`);
  if (!inner) throw new Error(`${source.file} has no class ${struct}OutputReference`);
  return classBlock(source, inner);
}

/** A struct without accessor classes, as the provider's `features` are: only its HCL function tells its shape. */
function structBlock(source: BindingSource, struct: string): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const [name, hcl] of hclKinds(source.functions.get(`${lowerFirst(struct)}ToHclTerraform`) ?? '')) {
    const type = storageTypes[hcl.storage];
    if (hcl.isBlock) {
      const block = structBlock(source, hcl.storage.replace(/(List|Set)$/, ''));
      blocks[name] = { nesting: nestingOf(hcl.kind), min: 0, max: 1, block };
    } else if (type) attributes[name] = { type, optional: true };
    else
      throw new Error(`${source.file}: the storage class ${hcl.storage} of attribute ${name} is not known`);
  }
  return { attributes, blocks };
}

function nestingOf(kind: string): Nesting {
  return kind === 'struct' ? 'SINGLE' : (kind.toUpperCase() as Nesting);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
