import { shown, visible } from '../../text/shown';
import { BerthError } from '../../text/berth-error';

/** Something wrong, before it is known which file it is in. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Where something stands in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Tells where a path of the parsed data stands; what is missing would stand in the nearest part that is there. */
export type Locate = (path: Finding['path']) => Position | undefined;

/** One thing wrong with an environment, where it is wrong, and what to change. */
export interface Problem {
  /** File, or the name of what was parsed. */
  readonly source: string;
  /** Path in the file, such as `workloads[2].traffic.requestsPerDay`; empty for the whole file. */
  readonly path: string;
  /** Line of the file, from 1. @default - not known, as in a TypeScript module */
  readonly line?: number;
  /** Column in the line, from 1. @default - not known */
  readonly column?: number;
  /** Lower-case start: what is allowed, what was given, what to change. */
  readonly message: string;
}

/** An environment that cannot be used, with every problem that was found. */
export class ConfigError extends BerthError {
  readonly kind = 'input';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/** `<file>:<line>:<column>: <path>: <message>`, on one line, without what is not known; editors and terminals jump there. */
export function formatProblem({ source, path, line, column, message }: Problem): string {
  const file = [visible(source), line, line === undefined ? undefined : (column ?? 1)];
  const where = file.filter(part => part !== undefined).join(':');
  return [where, path, message].filter(part => part !== '').join(': ');
}

/**
 * Findings of an input as problems of its file, in the order in which they stand there.
 * @param locate tells where a path stands in the file
 */
export function problemsAt(
  input: unknown,
  findings: readonly Finding[],
  source: string,
  locate: Locate = () => undefined,
): Problem[] {
  return findings
    .map(finding => ({ ...finding, position: positionOf(input, finding.path) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ path, message }) => ({
      source,
      path: formatPath(path),
      // What is wrong with the whole file stands nowhere in it.
      ...(path.length > 0 ? locate(path) : {}),
      message,
    }));
}

/** How many keys stand before it, at each level; what is missing stands behind all that is there. */
function positionOf(input: unknown, path: Finding['path']): number[] {
  return path.map((key, depth) => {
    const parent = valueAt(input, path.slice(0, depth));
    const index = typeof parent === 'object' && parent ? Object.keys(parent).indexOf(String(key)) : -1;
    return index < 0 ? Infinity : index;
  });
}

function comparePositions(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((position, depth) => position !== b[depth]);
  if (differs < 0) return a.length - b.length;
  return (a[differs] ?? -1) < (b[differs] ?? -1) ? -1 : 1;
}

export function valueAt(input: unknown, path: Finding['path']): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

/** `workloads[2].traffic.requestsPerDay`; keys that are no plain word are quoted in brackets. */
export function formatPath(segments: Finding['path']): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    const key = String(segment);
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}["${shown(key)}"]`;
    return path === '' ? shown(key) : `${path}.${shown(key)}`;
  }, '');
}

/** A given value as an error shows it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${shown(value)}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object with ${listKeys(value)}`;
  return String(value);
}

function listKeys(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? 'no keys' : shown(keys.slice(0, 20).join(', '));
}
