import type { ObjectValue, Type, Value } from '../../protocol/value';
import { isList, isObject, mapValues, unknownValue } from '../../protocol/value';
import type { Attribute, Block } from '../../schema/schema';

/**
 * A planned value in the shape that the plugin SDK gives it: a list or set with an unknown element is unknown as a whole, and in elements of sets
 * what is not set is empty.
 */
export function sdkShape(block: Block, value: ObjectValue, inSet = false): ObjectValue {
  return mapValues(value, (inner, name): Value => {
    const attribute = block.attributes[name];
    if (attribute) return shapedAttribute(attribute, inner, inSet);
    const nested = block.blocks[name];
    if (!nested) return inner;
    if (isObject(inner)) return sdkShape(nested.block, inner, inSet);
    return isList(inner) ? shapedElements(nested.block, inner, inSet || nested.nesting === 'SET') : inner;
  });
}

function shapedAttribute({ type, elements }: Attribute, value: Value, inSet: boolean): Value {
  if (value === null && inSet) return emptyOf(type);
  if (!isList(value)) return value;
  if (elements) return shapedElements(elements, value, inSet || type[0] === 'set');
  return value.includes(unknownValue) ? unknownValue : value;
}

function shapedElements(block: Block, values: readonly Value[], inSet: boolean): Value {
  return values.map(element => (isObject(element) ? sdkShape(block, element, inSet) : element));
}

function emptyOf(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type[0] === 'list' || type[0] === 'set' ? [] : null;
}
