import { closest, distance } from './closest';

/** What is expected of a planned value: plain data, or an asymmetric matcher as `expect.stringMatching` makes. */
interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
  toString(): string;
}

/**
 * Where a planned value is not as expected, as lines with the path. An object is expected in part, a list whole; a
 * block that Terraform keeps as a list of one may be written as an object.
 * @param unknown mirrors the value: true where it is known only after apply
 */
export function mismatches(expected: unknown, planned: unknown, unknown: unknown, path = ''): string[] {
  if (unknown === true)
    return isAny(expected) ? [] : [`${path}: expected ${show(expected)}, planned (known after apply)`];
  if (isAsymmetric(expected)) {
    return expected.asymmetricMatch(planned)
      ? []
      : [`${path}: expected ${show(expected)}, planned ${show(planned)}`];
  }
  if (Array.isArray(expected)) return listMismatches(expected, planned, unknown, path);
  if (isObject(expected)) {
    if (Array.isArray(planned) && planned.length === 1) {
      return mismatches(expected, planned[0], Array.isArray(unknown) ? unknown[0] : undefined, `${path}[0]`);
    }
    return objectMismatches(expected, planned, unknown, path);
  }
  return Object.is(expected, planned) || (expected === null && planned === undefined)
    ? []
    : [`${path}: expected ${show(expected)}, planned ${show(planned)}`];
}

function listMismatches(
  expected: readonly unknown[],
  planned: unknown,
  unknown: unknown,
  path: string,
): string[] {
  if (!Array.isArray(planned)) return [`${path}: expected ${show(expected)}, planned ${show(planned)}`];
  if (planned.length !== expected.length) {
    return [`${path}: expected ${expected.length} elements, planned ${planned.length}: ${show(planned)}`];
  }
  return expected.flatMap((element, at) =>
    mismatches(element, planned[at], Array.isArray(unknown) ? unknown[at] : undefined, `${path}[${at}]`),
  );
}

function objectMismatches(
  expected: Record<string, unknown>,
  planned: unknown,
  unknown: unknown,
  path: string,
): string[] {
  if (!isObject(planned)) return [`${path}: expected ${show(expected)}, planned ${show(planned)}`];
  const unknowns = isObject(unknown) ? unknown : {};
  return Object.entries(expected).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (key in planned || key in unknowns) return mismatches(value, planned[key], unknowns[key], inner);
    if (value === null || value === undefined) return [];
    const near = closest(key, [...Object.keys(planned), ...Object.keys(unknowns)], 1).filter(
      word => distance(word, key) <= 3,
    );
    return [
      `${inner}: expected ${show(value)}, but there is no such attribute${near.map(word => `; did you mean ${word}?`).join('')}`,
    ];
  });
}

function isAny(expected: unknown): boolean {
  return expected === undefined;
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
