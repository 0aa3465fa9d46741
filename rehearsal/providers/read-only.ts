import { error } from '../protocol/messages';
import type { Diagnostic, Path } from '../protocol/messages';
import type { ObjectValue, Value } from '../protocol/value';
import { isList, isObject } from '../protocol/value';
import type { Block } from '../schema/schema';

/** Errors for attributes that only Azure sets and that the configuration sets all the same. Terraform leaves this to the provider. */
export function readOnlyErrors(block: Block, config: ObjectValue, at: Path = []): readonly Diagnostic[] {
  const attributes = Object.entries(block.attributes)
    .filter(([name, { computed, optional }]) => computed && !optional && (config[name] ?? null) !== null)
    .map(([name]) =>
      error(
        'Value for unconfigurable attribute',
        `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`,
        [...at, name],
      ),
    );
  const blocks = Object.entries(block.blocks).flatMap(([name, nested]) =>
    elementsOf(config[name] ?? null).flatMap(([element, step]) =>
      readOnlyErrors(nested.block, element, [...at, name, ...(nested.nesting === 'LIST' ? step : [])]),
    ),
  );
  return [...attributes, ...blocks];
}

function elementsOf(value: Value): readonly (readonly [ObjectValue, Path])[] {
  if (isObject(value)) return [[value, []]];
  if (!isList(value)) return [];
  return value.flatMap((element, i) => (isObject(element) ? [[element, [i]] as const] : []));
}
