import { sequenceDiff } from './sequence-diff';

/** Unchanged lines to show around a change. */
const contextLines = 2;

/**
 * The lines of a text that is better read line by line: one of several lines, JSON of more than one value, or either of
 * them in base64, as user data is. Undefined for any other.
 */
export function linesOf(text: string): string[] | undefined {
  const plain = decoded(text) ?? text;
  const json = /^\s*[[{]/.test(plain) ? parsed(plain) : undefined;
  const lines =
    json === undefined ? plain.replace(/\n$/, '').split('\n') : JSON.stringify(json, null, 2).split('\n');
  return lines.length > 1 ? lines : undefined;
}

/** What changes from one block to another, with a little of what stands around it. */
export function blockDiff(before: readonly string[], after: readonly string[]): string[] {
  const steps = sequenceDiff(before, after, line => line);
  const changes = steps.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]));
  if (changes.length === 0) return ['  (only white space or the order it is written in differs)'];
  const marks = { same: ' ', removed: '-', added: '+' };
  const shown = steps.map((_, at) => changes.some(change => Math.abs(change - at) <= contextLines));
  return steps.flatMap(({ kind, element }, at) => {
    if (shown[at]) return [`${marks[kind]} ${element}`];
    return at === 0 || shown[at - 1] ? ['  …'] : [];
  });
}

function decoded(text: string): string | undefined {
  if (text.length < 16 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const plain = bytes.toString('utf8');
  // A word may be base64 by chance, but then it does not decode to lines of text.
  const isText = plain.includes('\n') && /^[^\p{Cc}\uFFFD]*$/u.test(plain.replace(/[\t\r\n]/g, ''));
  return isText ? plain : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
