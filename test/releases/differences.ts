import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** Longer values are told by their hash. Unit: characters. */
const longestShown = 80;

/** What says only which tools have written a file. */
const ignored = [/^\/\//, /\.\/\//, /^terraform\.required_providers\.[^.]+\.version$/];

/**
 * What differs between two synthesised files, a line each, by address: `+` what is new, `-` what is gone, `~` what has
 * another value. Parts of `moved` blocks are told as a whole.
 */
export function differences(before: unknown, after: unknown): string[] {
  return compare('', before, after).sort();
}

function compare(path: string, before: unknown, after: unknown): string[] {
  if (ignored.some(pattern => pattern.test(path)) || isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [`+ ${path}${isPart(path) ? `: ${shown(after)}` : ''}`];
  if (after === undefined) return [`- ${path}`];
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [`~ ${path}: ${shown(before)} -> ${shown(after)}`];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap(key => compare(path === '' ? key : `${path}.${key}`, before[key], after[key]));
}

/** Whether a path leads into a block: a whole block that is new would be long. */
function isPart(path: string): boolean {
  return !/^(resource|data)\.[^.]+(\.[^.]+)?$/.test(path) && !/^Resources\.[^.]+$/.test(path);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= longestShown) return text;
  return `(${text.length} characters, sha256 ${createHash('sha256').update(text).digest('hex').slice(0, 12)})`;
}
