import type { Loose } from '../dev-input';

/** A part of an input that can be made wrong for itself. */
export interface Part {
  /** As errors write it. */
  readonly path: string;
  readonly break: (input: Loose) => void;
}

/** Objects whose keys are fixed, so that another one is wrong. */
const strict = /^$|^azure$|^budget$|^(weights|devices)\.[\w-]+$|^(engines|workloads)\[\d+\](\.traffic)?$/;

/** Every value that can become null, and every object that can get a key too many, in the order of the input. */
export function breakable(input: Loose, path = '', steps: readonly (string | number)[] = []): Part[] {
  if (typeof input !== 'object' || input === null) return [{ path, break: whole => put(whole, steps, null) }];
  const inside = Object.keys(input).flatMap(key =>
    Array.isArray(input)
      ? breakable(input[Number(key)], `${path}[${key}]`, [...steps, Number(key)])
      : breakable(input[key], path === '' ? key : `${path}.${key}`, [...steps, key]),
  );
  const extra = path === '' ? unheardOf : `${path}.${unheardOf}`;
  return strict.test(path)
    ? [...inside, { path: extra, break: whole => put(whole, [...steps, unheardOf], 1) }]
    : inside;
}
const unheardOf = 'unheardOfByAnybody';

/** Whether one path is the other, or leads into it. */
export function touches(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long === short || (long.startsWith(short) && /^[.[]/.test(long.slice(short.length)));
}

function put(input: Loose, [first, ...rest]: readonly (string | number)[], value: unknown): void {
  if (rest.length === 0) input[first as string] = value;
  else put(input[first as string], rest, value);
}
