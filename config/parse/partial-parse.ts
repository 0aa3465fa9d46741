import type { z } from 'zod';
import { misspeltKeys } from './schema-problems';
import { knownKeysAt, partOf } from './schema-walk';

/** Ends a check that reads what is wrong. */
class NotParsed extends Error {}

/** Ends a check: what it needs is wrong, and has a message of its own. */
export function refuse(): never {
  throw new NotParsed('read what could not be parsed');
}

/** What a check finds, or nothing when it reads what is wrong: no finding is the consequence of another. */
export function ifParsed<T>(find: () => readonly T[]): readonly T[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof NotParsed) return [];
    throw error;
  }
}

/**
 * The parts of an input that are right each for itself, with their defaults. Reading any other part ends the check that
 * does, so that checks need not say what they read.
 */
export function partialParse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  return reading(schema, input)() as z.output<T>;
}

/** Names of a record, unless one of them is wrong: then another name may be meant. */
export function namesOf(record: Readonly<Record<string, unknown>>): string[] {
  Reflect.get(record, names);
  return Object.keys(record);
}
const names = Symbol('names');

function reading(schema: z.ZodType, input: unknown): () => unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return () => parsed.data;
  const { issues } = parsed.error;
  const inside = issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
  if (!inside || typeof input !== 'object' || input === null) return refuse;
  const given = input as Readonly<Record<string, unknown>>;
  const meant = new Set(issues.flatMap(issue => (issue.path.length > 0 ? [] : misspeltKeys(schema, issue))));
  const parts = Array.isArray(input) ? [] : {};
  // A list may have holes, which are entries too.
  const keys = Array.isArray(input) ? [...input.keys()].map(String) : Object.keys(given);
  for (const key of new Set([...keys, ...knownKeysAt(schema, [])])) {
    const part = partOf(schema, key);
    const isMeant = meant.has(key) && given[key] === undefined;
    if (part)
      Object.defineProperty(parts, key, {
        enumerable: true,
        get: isMeant ? refuse : reading(part, given[key]),
      });
  }
  if (issues.some(({ path, code }) => path.length === 1 && code === 'invalid_key'))
    Object.defineProperty(parts, names, { get: refuse });
  return () => parts;
}
