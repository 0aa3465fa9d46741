import { conditionalForceNew } from '../../facts/conditional-force-new';
import type { Path } from '../../protocol/messages';
import type { ObjectValue, Value } from '../../protocol/value';
import { unknownValue, equal, isList, isObject } from '../../protocol/value';

/** The paths whose change replaces the resource for the values that it has and gets. */
export function conditionalPaths(type: string, prior: ObjectValue, planned: ObjectValue): readonly Path[] {
  return Object.entries(conditionalForceNew[type] ?? {}).flatMap(([dotted, replaces]) =>
    pairsAt(prior, planned, dotted.split('.'), [])
      .filter(({ before, after }) => !equal(before, after) && replaces(known(before), known(after), planned))
      .map(({ path }) => path),
  );
}

/** A value that is not known yet is none to the provider's conditions. */
function known(value: Value): Value {
  return value === unknownValue ? null : value;
}

interface Pair {
  readonly before: Value;
  readonly after: Value;
  readonly path: Path;
}

function pairsAt(before: Value, after: Value, steps: readonly string[], path: Path): readonly Pair[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ before, after, path }];
  if (step === '*') return elementPairs(before, after, rest, path);
  const index = /^\d+$/.test(step) ? Number(step) : undefined;
  const inner = (value: Value): Value => {
    if (index !== undefined) return isList(value) ? (value[index] ?? null) : null;
    return isObject(value) ? (value[step] ?? null) : null;
  };
  return pairsAt(inner(before), inner(after), rest, [...path, index ?? step]);
}

function elementPairs(before: Value, after: Value, rest: readonly string[], path: Path): readonly Pair[] {
  if (!isList(before) || !isList(after)) return [];
  return after.flatMap((element, i) => {
    if (!isObject(element)) return [];
    const same = before.find(other => isObject(other) && equal(other['name'], element['name']));
    return same === undefined ? [] : pairsAt(same, element, rest, [...path, i]);
  });
}
