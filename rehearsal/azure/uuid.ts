import { createHash } from 'node:crypto';

/** A UUID of version 5's shape made from a text, so that every run of a rehearsal shows the same one. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('\n').toLowerCase()).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return groups.join('-');
}

/** Hexadecimal digits made from a text. */
export function hexOf(length: number, ...parts: readonly string[]): string {
  return createHash('sha512').update(parts.join('\n').toLowerCase()).digest('hex').slice(0, length);
}
