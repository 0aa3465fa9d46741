import type { z } from 'zod';
import { closest, editDistance } from '../catalog';
import type { Problem } from './problem';
import { formatPath, show } from './problem';
import { knownKeysAt } from './schema-walk';

type Issue = z.core.$ZodIssue;
type Found = Omit<Problem, 'source'>;

/** zod's issues as problems: what is allowed, what was given, what to change. */
export function problemsOfSchema(
  schema: z.ZodType,
  input: unknown,
  issues: readonly Issue[],
  source: string,
): Problem[] {
  const misspelt = new Set(issues.flatMap(issue => misspeltKeys(schema, issue)));
  return issues
    .filter(issue => !(issue.code === 'invalid_type' && misspelt.has(formatPath(issue.path))))
    .flatMap(issue => describe(schema, input, issue, []))
    .map(found => ({ source, ...found }));
}

/** Edits up to which an unknown key is a misspelt known one. */
const misspeltWithin = 3;

/** Paths of known keys that an unknown one probably stands for: that they are missing needs no error of its own. */
function misspeltKeys(schema: z.ZodType, issue: Issue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = knownKeysAt(schema, issue.path);
  return issue.keys
    .flatMap(key => closest(key, known, 1).filter(near => editDistance(key, near) <= misspeltWithin))
    .map(near => formatPath([...issue.path, near]));
}

function describe(schema: z.ZodType, input: unknown, issue: Issue, base: readonly PropertyKey[]): Found[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(schema, input, path, key));
  if (issue.code === 'invalid_union') return describeUnion(schema, input, issue, path);
  const given = valueAt(input, path);
  const message =
    given === undefined && issue.code !== 'invalid_key'
      ? `must be ${allowed(issue)}, got nothing; add it`
      : `must be ${allowed(issue)}, got ${given === undefined ? 'nothing' : show(shownValue(issue, path, given))}; ${change(issue, given)}`;
  return [{ path: formatPath(path), message }];
}

/** The branch that the input comes closest to: the one with the fewest problems that is of the right type. */
function describeUnion(
  schema: z.ZodType,
  input: unknown,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
): Found[] {
  const rightType = issue.errors.filter(
    branch => !branch.some(each => each.path.length === 0 && each.code === 'invalid_type'),
  );
  const unknown = rightType.flatMap(branch => branch.filter(each => each.code === 'unrecognized_keys'));
  if (unknown[0]) return describe(schema, input, unknown[0], path);
  const best = rightType.toSorted((a, b) => a.length - b.length)[0];
  if (best) return best.flatMap(each => describe(schema, input, each, path));
  const types = issue.errors.flatMap(branch =>
    branch.flatMap(each => (each.code === 'invalid_type' ? [typeName(each.expected)] : [])),
  );
  const allowedTypes = [...new Set(types)].join(' or ');
  return [
    {
      path: formatPath(path),
      message: `must be ${allowedTypes}, got ${show(valueAt(input, path))}; change its type`,
    },
  ];
}

function unknownKey(schema: z.ZodType, input: unknown, path: readonly PropertyKey[], key: string): Found {
  const known = knownKeysAt(schema, path);
  const near = closest(key, known, 1)[0];
  const given = show(valueAt(input, [...path, key]));
  const change = near === undefined ? 'remove it' : `the closest known key is ${near}; rename or remove it`;
  return {
    path: formatPath([...path, key]),
    message: `must be one of the keys ${known.join(', ')}, got '${key}' with ${given}; ${change}`,
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
      const near = closest(String(given), issue.values.map(String), 1)[0];
      return `the closest is ${near}`;
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

export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
