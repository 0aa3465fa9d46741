/** One thing wrong with an environment, where it is wrong, and what to change. */
export interface Problem {
  /** File, or the name of what was parsed. */
  readonly source: string;
  /** Path in the file, such as `workloads[2].traffic.requestsPerDay`; empty for the whole file. */
  readonly path: string;
  /** Lower-case start: what is allowed, what was given, what to change. */
  readonly message: string;
}

/** An environment that cannot be used, with every problem that was found. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ConfigError';
  }
}

/** `<file>: <path>: <message>`, on one line. */
export function formatProblem({ source, path, message }: Problem): string {
  return [source, path, message].filter(part => part !== '').join(': ');
}

export type PathSegment = string | number;

/** `workloads[2].traffic.requestsPerDay`; keys that are no plain word are quoted in brackets. */
export function formatPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`;
    const key = String(segment);
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === '' ? key : `${path}.${key}`;
  }, '');
}

/** A given value as an error shows it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${cut(value.replaceAll('\n', ' '))}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object with ${listKeys(value)}`;
  return String(value);
}

function listKeys(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? 'no keys' : cut(keys.join(', '));
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
