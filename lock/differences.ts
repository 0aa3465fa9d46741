import { isDeepStrictEqual } from 'node:util';
import { shown } from '../text/shown';

/** A place in which two values differ. */
export interface Difference {
  /** Keys and, in lists of equal length, indices. */
  readonly path: readonly (string | number)[];
  /** Undefined where the value is missing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Where two values of plain data differ; equal parts are left out, and lists of unequal length differ as a whole. */
export function differencesOf(
  before: unknown,
  after: unknown,
  path: Difference['path'] = [],
): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((each, i) => differencesOf(each, after[i], [...path, i]));
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap(key => differencesOf(ownValue(before, key), ownValue(after, key), [...path, key]));
}

/** Where two values differ, with both, for people. @param path of the values, that each begins with */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  return differencesOf(before, after).map(each => {
    const inside = pathText(each.path);
    const at = path === '' ? inside : inside === '' ? path : `${path}.${inside}`;
    return `${at}: ${valueText(each.before)} → ${valueText(each.after)}`;
  });
}

/** As a lock holds it: what is undefined is not there. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** `serves[0].weights.url` */
export function pathText(path: Difference['path']): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? shown(part) : `${text}.${shown(part)}`;
  }, '');
}

/** Enough for a URL, and for most parts of a unit. */
const mostShown = 200;

/** A value in a sentence. */
export function valueText(value: unknown): string {
  return value === undefined ? 'nothing' : shown(JSON.stringify(value), mostShown);
}

/** A key such as `constructor` is only there if it was written. */
function ownValue(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
