import type { ValueRule } from '../../facts/value-rules';
import { valueRules } from '../../facts/value-rules';
import type { Diagnostic, Path } from '../../protocol/messages';
import { error } from '../../protocol/messages';
import type { ObjectValue, Value } from '../../protocol/value';
import { isList, isObject } from '../../protocol/value';
import { roleProblem } from './roles';

/** Errors for values that the provider or Azure would refuse, as far as their rule is in the table. */
export function valueErrors(type: string, config: ObjectValue): readonly Diagnostic[] {
  return Object.entries(valueRules[type] ?? {}).flatMap(([path, rule]) =>
    valuesAt(config, path.split('.'), []).flatMap(([value, at]) => problemOf(rule, at, value)),
  );
}

/** Errors for values that the provider looks up while it writes. */
export function lookUpErrors(type: string, planned: ObjectValue): readonly Diagnostic[] {
  const role = type === 'azurerm_role_assignment' && planned['role_definition_name'];
  const problem = typeof role === 'string' ? roleProblem(role) : undefined;
  return problem ? [error(problem, '', ['role_definition_name'])] : [];
}

function problemOf(rule: ValueRule, at: Path, value: Value): readonly Diagnostic[] {
  const name = at.join('.');
  if (rule.oneOf && typeof value === 'string' && !rule.oneOf.includes(value)) {
    const allowed = rule.oneOf.map(option => `"${option}"`).join(' ');
    return [error(`expected ${name} to be one of [${allowed}], got ${value}`, '', at)];
  }
  if (rule.pattern && typeof value === 'string' && !rule.pattern.test(value)) {
    return [error(`invalid value for ${name} (${rule.rule}): "${value}"`, '', at)];
  }
  if (rule.json && typeof value === 'string' && !isJson(value)) {
    return [error(`"${name}" contains an invalid JSON: ${value}`, '', at)];
  }
  if (rule.range && typeof value === 'number' && (value < rule.range[0] || value > rule.range[1])) {
    return [
      error(
        `expected ${name} to be in the range (${rule.range[0]} - ${rule.range[1]}), got ${value}`,
        '',
        at,
      ),
    ];
  }
  return [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The known values at a dotted path; `*` elements of lists are all taken. */
function valuesAt(value: Value, path: readonly string[], at: Path): readonly (readonly [Value, Path])[] {
  if (isList(value)) return value.flatMap((element, i) => valuesAt(element, path, [...at, i]));
  const [head, ...rest] = path;
  if (head === undefined) return typeof value === 'object' ? [] : [[value, at]];
  return isObject(value) ? valuesAt(value[head] ?? null, rest, [...at, head]) : [];
}
