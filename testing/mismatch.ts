import { meantKey } from '../text/closest';

/** What is expected of a value: plain data, or an asymmetric matcher as `expect.stringMatching` makes. */
interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
  toString(): string;
}

/** What is compared with an expectation. */
export interface Found {
  readonly value: unknown;
  /** Mirrors the value: `true` where it is known only after apply. @default - all is known */
  readonly unknown?: unknown;
}

/** A longer text than this is not shown whole. */
const longText = 80;

/**
 * Where a value is not as expected, as lines with the path. An object is expected in part, a list whole; a block that
 * is kept as a list of one may be written as an object, and the other way round.
 * @param verb what was done with the value, for the messages: planned, or synthesised
 */
export function mismatches(expected: unknown, found: Found, verb: string): string[] {
  return new Comparison(verb).compare(expected, found.value, found.unknown, '');
}

class Comparison {
  constructor(private readonly verb: string) {}

  compare(expected: unknown, given: unknown, unknown: unknown, path: string): string[] {
    if (unknown === true)
      return expected === undefined ? [] : [this.differs(path, expected, '(known after apply)')];
    if (isAsymmetric(expected)) {
      return expected.asymmetricMatch(given) ? [] : [this.differs(path, expected, show(given))];
    }
    if (Array.isArray(expected)) return this.compareLists(expected, given, unknown, path);
    if (isObject(expected)) {
      if (Array.isArray(given) && given.length === 1) {
        return this.compare(
          expected,
          given[0],
          Array.isArray(unknown) ? unknown[0] : undefined,
          `${path}[0]`,
        );
      }
      return this.compareObjects(expected, given, unknown, path);
    }
    if (Object.is(expected, given) || (expected === null && given === undefined)) return [];
    if (typeof expected === 'string' && typeof given === 'string')
      return [this.textDiffers(path, expected, given)];
    return [this.differs(path, expected, show(given))];
  }

  private compareLists(
    expected: readonly unknown[],
    given: unknown,
    unknown: unknown,
    path: string,
  ): string[] {
    if (expected.length === 1 && isObject(given)) return this.compare(expected[0], given, unknown, path);
    if (!Array.isArray(given)) return [this.differs(path, expected, show(given))];
    if (given.length !== expected.length) {
      return [`${path}: expected ${expected.length} elements, ${this.verb} ${given.length}: ${show(given)}`];
    }
    return expected.flatMap((element, at) =>
      this.compare(element, given[at], Array.isArray(unknown) ? unknown[at] : undefined, `${path}[${at}]`),
    );
  }

  private compareObjects(
    expected: Record<string, unknown>,
    given: unknown,
    unknown: unknown,
    path: string,
  ): string[] {
    if (!isObject(given)) return [this.differs(path, expected, show(given))];
    const unknowns = isObject(unknown) ? unknown : {};
    return Object.entries(expected).flatMap(([key, value]) => {
      const inner = path === '' ? key : `${path}.${key}`;
      if (key in given || key in unknowns) return this.compare(value, given[key], unknowns[key], inner);
      if (value === null || value === undefined) return [];
      const near = nearestKey(key, [...Object.keys(given), ...Object.keys(unknowns)]);
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return [`${inner}: expected ${show(value)}, but there is no such attribute${hint}`];
    });
  }

  private differs(path: string, expected: unknown, given: string): string {
    return `${path}: expected ${show(expected)}, ${this.verb} ${given}`;
  }

  /** Of long texts, the first line that differs; of a long line, what stands around the first difference. */
  private textDiffers(path: string, expected: string, given: string): string {
    const [wanted, got] = [expected.split('\n'), given.split('\n')];
    const line = wanted.findIndex((text, at) => text !== got[at]);
    const at = line >= 0 ? line : wanted.length;
    const [a, b] = [wanted[at], got[at]];
    const where = wanted.length > 1 || got.length > 1 ? `${path}, line ${at + 1}` : path;
    if (a === undefined || b === undefined || Math.max(a.length, b.length) <= longText) {
      const said = (text: string | undefined): string => (text === undefined ? 'no such line' : show(text));
      return `${where}: expected ${said(a)}, ${this.verb} ${said(b)}`;
    }
    const first = [...a].findIndex((character, index) => character !== b[index]);
    const column = first >= 0 ? first : a.length;
    return `${where}, from character ${column + 1}: expected ${around(a, column)}, ${this.verb} ${around(b, column)}`;
  }
}

/** A key that is spelt nearly so; camel case, as constructs have it, counts as Terraform's names do. */
function nearestKey(key: string, keys: readonly string[]): string | undefined {
  const word = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return meantKey(word, keys);
}

function around(text: string, at: number): string {
  const [from, to] = [Math.max(0, at - 20), at + 40];
  return `${from > 0 ? '…' : ''}${JSON.stringify(text.slice(from, to))}${to < text.length ? '…' : ''}`;
}

function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return isObject(value) && typeof value.asymmetricMatch === 'function';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (isAsymmetric(value)) {
    const { sample } = value as { sample?: unknown };
    return `${value.toString()}${sample === undefined ? '' : ` ${String(sample)}`}`;
  }
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
