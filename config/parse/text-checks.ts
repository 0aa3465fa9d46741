import { shown, unseenIn } from '../../text/shown';
import type { Finding } from './problem';

/** Longer than any text that an environment has a use for. */
const longest = 4096;
/** Deeper than any environment. */
const deepest = 32;

/**
 * Texts and keys that no environment needs, whatever they stand for: characters that act on a terminal or a page, what
 * cdktf puts in the place of references, keys that change what objects are, more than anybody reads.
 */
export function findingsOfTexts(value: unknown, path: Finding['path'] = []): Finding[] {
  if (path.length > deepest)
    return [{ path: [], message: `must be at most ${deepest} levels deep, got more; flatten it` }];
  if (typeof value === 'string') return findingOfText(value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap(key => {
    const wrong = Array.isArray(value) ? [] : findingOfKey(key, path);
    if (wrong.length > 0) return wrong;
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return findingsOfTexts((value as Readonly<Record<string, unknown>>)[key], at);
  });
}

function findingOfText(text: string, path: Finding['path'], what = 'text'): Finding[] {
  const message = problemOf(text, what);
  return message === undefined ? [] : [{ path, message }];
}

function findingOfKey(key: string, path: Finding['path']): Finding[] {
  if (key === '__proto__') return [{ path, message: "must have no key named '__proto__'; rename it" }];
  return findingOfText(key, path, 'key');
}

function problemOf(text: string, what: string): string | undefined {
  if (text.length > longest)
    return `must be a ${what} of at most ${longest} characters, got '${shown(text)}'; shorten it`;
  const unseen = unseenIn(text);
  if (unseen !== undefined)
    return `must be a ${what} without control characters, got '${shown(text)}' with ${unseen}; remove it`;
  if (text.includes('{TfToken['))
    return `must be a ${what} without {TfToken[, which cdktf keeps for itself, got '${shown(text)}'; remove it`;
  if (/\{\{\s*resolve:/i.test(text))
    return `must be a ${what} without {{resolve:, which CloudFormation would look up, got '${shown(text)}'; remove it`;
  return undefined;
}
