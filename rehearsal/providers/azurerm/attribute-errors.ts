import type { AttributeRules, Condition } from '../../facts/attribute-rules';
import { attributeRules, identityRules } from '../../facts/attribute-rules';
import type { Diagnostic, Path } from '../../protocol/messages';
import { error } from '../../protocol/messages';
import type { ObjectValue, Value } from '../../protocol/value';
import { unknownValue, isList, isObject, mapValues } from '../../protocol/value';

/**
 * Errors for attributes that exclude or need each other, in the words of Terraform's plugin SDK.
 * @param defaults values of attributes that are not set, by name, which conditions see
 */
export function attributeErrors(
  type: string,
  config: ObjectValue,
  defaults: ObjectValue = {},
): readonly Diagnostic[] {
  const rules = [...(attributeRules[type] ?? []), identityRules];
  return rules.flatMap(rule =>
    levelsAt(config, rule.at).flatMap(([level, at]) => [
      ...levelErrors(rule, level, at),
      ...demandErrors(rule, level, at, 'plan', defaults),
    ]),
  );
}

/** Errors that the provider finds only while it creates or changes a resource. */
export function attributeWriteErrors(type: string, planned: ObjectValue): readonly Diagnostic[] {
  const rules = [...(attributeRules[type] ?? []), identityRules];
  return rules.flatMap(rule =>
    levelsAt(planned, rule.at).flatMap(([level, at]) => demandErrors(rule, level, at, 'write')),
  );
}

function demandErrors(
  { demands = [] }: AttributeRules,
  level: ObjectValue,
  at: Path,
  stage: 'plan' | 'write',
  defaults: ObjectValue = {},
): readonly Diagnostic[] {
  const seen = at.length === 0 ? mapValues(level, (value, name) => value ?? defaults[name] ?? null) : level;
  return demands
    .filter(({ at: looks = 'write' }) => looks === stage)
    .filter(({ when, needs }) => holds(when, seen) === true && holds(needs, seen) === false)
    .map(({ message, when }) => error(message, '', [...at, when.path.split('.')[0] ?? '']));
}

function levelErrors(rules: AttributeRules, level: ObjectValue, at: Path): readonly Diagnostic[] {
  const has = (name: string) => presence(level[name] ?? null);
  return [
    ...(rules.exactlyOneOf ?? []).flatMap(names => exactlyOneErrors(names, has, at)),
    ...(rules.atLeastOneOf ?? []).flatMap(names =>
      names.every(name => has(name) === false)
        ? [error('Missing required argument', oneOfThem(names), at)]
        : [],
    ),
    ...(rules.conflicts ?? []).flatMap(([name, ...others]) =>
      others
        .filter(other => has(name) === true && has(other) === true)
        .map(other =>
          error('Conflicting configuration arguments', `"${name}": conflicts with ${other}`, [...at, name]),
        ),
    ),
    ...(rules.requiredWith ?? []).flatMap(([name, ...others]) =>
      has(name) !== false && others.some(other => has(other) === false)
        ? [error('Missing required argument', allOfThem(name, others), [...at, name])]
        : [],
    ),
  ];
}

type Presence = boolean | 'unknown';

function exactlyOneErrors(
  names: readonly string[],
  has: (name: string) => Presence,
  at: Path,
): readonly Diagnostic[] {
  const given = names.filter(name => has(name) === true);
  if (given.length > 1) {
    const detail = `"${given[0]}": only one of \`${names.join(',')}\` can be specified, but \`${given.join(',')}\` were specified.`;
    return [error('Invalid combination of arguments', detail, at)];
  }
  if (given.length === 1 || names.some(name => has(name) === 'unknown')) return [];
  return [error('Invalid combination of arguments', oneOfThem(names), at)];
}

const oneOfThem = (names: readonly string[]) =>
  `"${names[0]}": one of \`${names.join(',')}\` must be specified`;

const allOfThem = (name: string, others: readonly string[]) =>
  `"${name}": all of \`${[name, ...others].sort().join(',')}\` must be specified`;

/** Whether an attribute has a value; a block or collection without elements has none. */
function presence(value: Value): Presence {
  if (value === unknownValue) return 'unknown';
  return value !== null && value !== '' && !(isList(value) && value.length === 0);
}

/** Whether a condition holds; undefined while its value is not known. */
function holds({ path, is, isNot, set }: Condition, level: ObjectValue): boolean | undefined {
  const value = path.split('.').reduce<Value>((inner, step) => stepInto(inner, step), level);
  if (value === unknownValue) return undefined;
  if (set !== undefined) return (presence(value) === true) === set;
  if (is) return is.some(allowed => allowed === value);
  return !(isNot ?? []).some(refused => refused === value);
}

function stepInto(value: Value, step: string): Value {
  const inner = isList(value) ? (value[0] ?? null) : value;
  if (inner === unknownValue) return unknownValue;
  return isObject(inner) ? (inner[step] ?? null) : null;
}

/** The levels at which rules hold, with their paths. */
function levelsAt(
  config: ObjectValue,
  at: string | undefined,
): readonly (readonly [level: ObjectValue, at: Path])[] {
  if (at === undefined) return [[config, []]];
  const value = config[at] ?? null;
  if (isObject(value)) return [[value, [at]]];
  if (!isList(value)) return [];
  return value.flatMap((element): (readonly [ObjectValue, Path])[] =>
    isObject(element) ? [[element, [at]]] : [],
  );
}
