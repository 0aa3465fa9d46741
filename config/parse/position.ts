import { isCollection, isMap, isNode, isScalar } from 'yaml';
import type { Document, LineCounter } from 'yaml';
import type { Finding, Locate } from './problem';

/** For a YAML document. A key stands where it is written, not where its value begins. */
export function locateIn(document: Document, lines: LineCounter): Locate {
  return path => {
    const offset = offsetOf(document.contents, path);
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

function offsetOf(node: unknown, [key, ...rest]: Finding['path']): number | undefined {
  const own = isNode(node) ? node.range?.[0] : undefined;
  if (key === undefined || !isCollection(node)) return own;
  if (!isMap(node)) return offsetOf(node.items[Number(key)], rest) ?? own;
  const pair = node.items.find(each => (isScalar(each.key) ? String(each.key.value) : '') === String(key));
  if (pair === undefined) return own;
  const inside = rest.length > 0 ? offsetOf(pair.value, rest) : undefined;
  return inside ?? (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? own;
}
