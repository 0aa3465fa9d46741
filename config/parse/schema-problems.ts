import type { z } from 'zod';
import { meantKey } from '../../catalog';
import { formatPath, show, valueAt } from './problem';
import type { Finding } from './problem';
import { shown } from '../../text/shown';
import { knownKeysAt } from './schema-walk';

type Issue = z.core.$ZodIssue;

/**
 * zod's issues as findings: what is allowed, what was given, what to change.
 * @param base path of what the issues are of
 */
export function findingsOfSchema(
  schema: z.ZodType,
  input: unknown,
  issues: readonly Issue[],
  base: Finding['path'] = [],
): Finding[] {
  const described = issues.map((issue): Issue => ({ ...issue, path: [...base, ...issue.path] }));
  const meant = new Set(
    described.flatMap(issue => misspeltKeys(schema, issue).map(key => formatPath([...issue.path, key]))),
  );
  return described
    .filter(({ path }) => !(meant.has(formatPath(path)) && valueAt(input, path) === undefined))
    .flatMap(issue => describe(schema, input, issue));
}

/** Known keys that an unknown one probably stands for: that they are missing needs no error of its own. */
export function misspeltKeys(schema: z.ZodType, issue: Issue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = knownKeysAt(schema, issue.path);
  return issue.keys.flatMap(key => meantKey(key, known) ?? []);
}

function describe(schema: z.ZodType, input: unknown, issue: Issue): Finding[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(schema, input, path, key));
  if (issue.code === 'invalid_union') return describeUnion(schema, input, issue);
  const given = valueAt(input, path);
  const message =
    given === undefined && issue.code !== 'invalid_key'
      ? `must be ${allowed(issue)}, got nothing; add it`
      : `must be ${allowed(issue)}, got ${given === undefined ? 'nothing' : show(shownValue(issue, path, given))}; ${change(issue, given)}`;
  return [{ path, message }];
}

/** The branch that the input comes closest to: the one with the fewest problems that is of the right type. */
function describeUnion(
  schema: z.ZodType,
  input: unknown,
  { path, errors }: Extract<Issue, { code: 'invalid_union' }>,
): Finding[] {
  const rightType = errors.filter(
    branch => !branch.some(each => each.path.length === 0 && each.code === 'invalid_type'),
  );
  const [best] = rightType
    .map(branch => findingsOfSchema(schema, input, branch, path))
    .toSorted((a, b) => a.length - b.length);
  if (best) return best;
  const types = errors.flatMap(branch =>
    branch.flatMap(each => (each.code === 'invalid_type' ? [typeName(each.expected)] : [])),
  );
  const allowedTypes = [...new Set(types)].join(' or ');
  return [{ path, message: `must be ${allowedTypes}, got ${show(valueAt(input, path))}; change its type` }];
}

function unknownKey(schema: z.ZodType, input: unknown, parent: Finding['path'], key: string): Finding {
  const path = [...parent, key];
  const known = knownKeysAt(schema, parent);
  const given = show(valueAt(input, path));
  const beside = known.filter(each => each !== key && valueAt(input, [...parent, each]) !== undefined);
  if (known.includes(key))
    return { path, message: `must be absent beside ${beside.join(' and ')}, got ${given}; remove one` };
  const near = meantKey(key, known);
  const change = near === undefined ? 'remove it' : `the closest known key is ${near}; rename or remove it`;
  return {
    path,
    message: `must be one of the keys ${known.join(', ')}, got '${shown(key)}' with ${given}; ${change}`,
  };
}

function allowed(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeName(issue.expected);
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`
        : `at least ${issue.minimum} ${itemName(issue.origin, issue.minimum)}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`
        : `at most ${issue.maximum} ${itemName(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? String(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return `a name of ${issue.issues.map(each => each.message).join(', ')}`;
    default:
      return issue.message;
  }
}

function change(issue: Issue, given: unknown): string {
  switch (issue.code) {
    case 'too_small':
      return typeof given === 'number' ? 'raise it' : 'add to it';
    case 'too_big':
      return typeof given === 'number' ? 'lower it' : 'shorten it';
    case 'invalid_value': {
      const near = meantKey(typeof given === 'string' ? given : show(given), issue.values.map(String));
      return near === undefined ? 'choose one that is allowed' : `the closest is ${near}`;
    }
    case 'invalid_type':
      return issue.expected === 'int' ? 'round it' : 'change its type';
    case 'invalid_key':
      return 'rename it';
    default:
      return 'correct it';
  }
}

/** A wrong key is what was given, not the value behind it. */
function shownValue(issue: Issue, path: readonly PropertyKey[], given: unknown): unknown {
  return issue.code === 'invalid_key' ? path.at(-1) : given;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
};

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

function itemName(origin: string, many: number | bigint): string {
  const one = origin === 'string' ? 'character' : 'entry';
  return Number(many) === 1 ? one : origin === 'string' ? 'characters' : 'entries';
}
