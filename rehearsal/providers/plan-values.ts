import { fromJson } from '../protocol/codec';
import type { Path } from '../protocol/messages';
import type { ObjectValue, Value } from '../protocol/value';
import { unknownValue, equal, isList, isObject, mapValues } from '../protocol/value';
import type { Attribute, Block, NestedBlock } from '../schema/schema';
import { blockType } from '../schema/schema';

/**
 * The planned value of a block: Terraform's proposal with defaults filled in, and with what Azure computes unknown
 * where the object is new. Elements of lists are matched by index, those of sets by equality.
 */
export function planBlock(block: Block, proposed: ObjectValue, prior: ObjectValue | null): ObjectValue {
  const planned: Record<string, Value> = { ...proposed };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    // Write-only values are the provider's to use; no plan and no state may hold them.
    if (attribute.writeOnly) planned[name] = null;
    else if (planned[name] === null) planned[name] = unsetAttribute(attribute, prior === null);
    else planned[name] = planInside(attribute, planned[name] ?? null, prior?.[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(nested, planned[name] ?? null, prior?.[name] ?? null, prior === null);
  }
  return planned;
}

function unsetAttribute(attribute: Attribute, isNew: boolean): Value {
  if (attribute.default !== undefined) return fromJson(attribute.default, attribute.type);
  return attribute.computed && isNew ? unknownValue : null;
}

/** What is inside an attribute: attributes of its own, or the elements of a block that is an attribute. */
function planInside({ nested, elements, type }: Attribute, proposed: Value, prior: Value): Value {
  if (nested?.nesting === 'SINGLE' && isObject(proposed))
    return planBlock({ attributes: nested.attributes, blocks: {} }, proposed, isObject(prior) ? prior : null);
  if (!elements || !isList(proposed)) return proposed;
  const nesting = type[0] === 'set' ? 'SET' : 'LIST';
  return planNested({ nesting, min: 0, max: 0, block: elements }, proposed, prior, prior === null);
}

function planNested(nested: NestedBlock, proposed: Value, prior: Value, isNew: boolean): Value {
  if (isObject(proposed)) return planBlock(nested.block, proposed, isObject(prior) ? prior : null);
  if (!isList(proposed)) return proposed;
  if (proposed.length === 0 && nested.computed) return isNew ? unknownValue : prior;
  const previous = isList(prior) ? prior : [];
  return proposed.map((element, i) => {
    if (!isObject(element)) return element;
    const match = counterpart(nested, previous, element, i);
    if (!isObject(match)) return planBlock(nested.block, element, null);
    const whole = nested.nesting === 'SET' ? withComputed(nested.block, element, match) : element;
    return planBlock(nested.block, whole, match);
  });
}

/** The prior element that an element is: of a set the one that it covers, of a list the one in its place. */
function counterpart(
  { nesting }: NestedBlock,
  previous: readonly Value[],
  element: Value,
  i: number,
): Value | undefined {
  return nesting === 'SET' ? previous.find(other => covers(other, element)) : previous[i];
}

/** Whether a prior set element is the proposed one: everything that the proposal sets is equal, at every level. */
function covers(prior: Value | undefined, proposed: Value): boolean {
  if (proposed === null || equal(prior, proposed)) return true;
  if (isList(proposed))
    return (
      isList(prior) &&
      prior.length === proposed.length &&
      proposed.every((element, i) => isObject(element) && covers(prior[i], element))
    );
  if (!isObject(proposed) || !isObject(prior)) return false;
  return Object.entries(proposed).every(([name, value]) => covers(prior[name], value));
}

/** A set element with what was computed of it before: Terraform gives an element of a list that much itself. */
function withComputed(block: Block, element: ObjectValue, prior: ObjectValue): ObjectValue {
  const attributes = mapValues(block.attributes, ({ computed }, name): Value => {
    const value = element[name] ?? null;
    return computed && value === null ? (prior[name] ?? null) : value;
  });
  const blocks = mapValues(block.blocks, (nested, name): Value => {
    const [value, before] = [element[name] ?? null, prior[name] ?? null];
    if (!isList(value) || !isList(before)) return value;
    return value.map((inner, i) => {
      const was = counterpart(nested, before, inner, i);
      return isObject(inner) && isObject(was) ? withComputed(nested.block, inner, was) : inner;
    });
  });
  return { ...element, ...attributes, ...blocks };
}

/** The paths of ForceNew attributes and blocks whose planned value differs from the prior one. */
export function replacePaths(
  block: Block,
  prior: ObjectValue,
  planned: ObjectValue,
  at: Path = [],
): readonly Path[] {
  const attributes = Object.entries(block.attributes)
    .filter(([name, { forceNew }]) => forceNew && !equal(prior[name], planned[name]))
    .map(([name]) => [...at, name]);
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) =>
    nestedPaths(nested, prior[name] ?? null, planned[name] ?? null, [...at, name]),
  );
  return [...attributes, ...blocks];
}

function nestedPaths(nested: NestedBlock, prior: Value, planned: Value, at: Path): readonly Path[] {
  if (isObject(prior) && isObject(planned)) return replacePaths(nested.block, prior, planned, at);
  if (!isList(prior) || !isList(planned)) return [];
  if (nested.nesting === 'SET') return setPaths(nested, prior, planned, at);
  if (nested.forceNew && prior.length !== planned.length) return [at];
  return planned.flatMap((element, i) => {
    const before = prior[i];
    if (!isObject(element)) return [];
    const base = isObject(before) ? before : emptyValue(nested.block);
    return replacePaths(nested.block, base, element, [...at, i]);
  });
}

/** An element of a set has no index, so the set as a whole is named. */
function setPaths(
  nested: NestedBlock,
  prior: readonly Value[],
  planned: readonly Value[],
  at: Path,
): readonly Path[] {
  const added = planned.filter(element => !prior.some(other => equal(other, element)));
  const removed = prior.filter(element => !planned.some(other => equal(other, element)));
  if (added.length + removed.length === 0) return [];
  if (nested.forceNew) return [at];
  const empty = emptyValue(nested.block);
  const forces = (element: Value) =>
    isObject(element) && replacePaths(nested.block, empty, element).length > 0;
  return [...added, ...removed].some(forces) ? [at] : [];
}

function emptyValue(block: Block): ObjectValue {
  return fromJson({}, blockType(block)) as ObjectValue;
}
