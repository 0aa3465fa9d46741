import type { Features } from '../../azure/soft-delete';
import type { ObjectValue, Value } from '../../protocol/value';
import { isList, isObject } from '../../protocol/value';

/** The flags of a provider's `features` block as `group.flag`, only those that the configuration sets. */
export function featuresOf(config: ObjectValue): Features {
  const found: Record<string, boolean> = {};
  for (const [group, value] of Object.entries(first(config['features']) ?? {})) {
    for (const [flag, setting] of Object.entries(first(value) ?? {})) {
      if (typeof setting === 'boolean') found[`${group}.${flag}`] = setting;
    }
  }
  return found;
}

function first(value: Value | undefined): ObjectValue | undefined {
  const inner = isList(value) ? value[0] : value;
  return isObject(inner) ? inner : undefined;
}
