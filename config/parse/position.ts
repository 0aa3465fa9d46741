import { LineCounter, isCollection, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Finding, Locate, Position } from './problem';

/** For a YAML document. A key stands where it is written, not where its value begins. */
export function locateIn(document: Document, lines: LineCounter): Locate {
  return path => {
    const offset = offsetOf(document.contents, path);
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

/** For a text that was read as JSON, which is YAML; it is parsed once something is asked for. */
export function locateInJson(text: string): Locate {
  let locate: Locate | undefined;
  return path => (locate ??= parsed())(path);

  function parsed(): Locate {
    const lineCounter = new LineCounter();
    return locateIn(parseDocument(text, { lineCounter, prettyErrors: false }), lineCounter);
  }
}

/** Where a character stands in a text. @param offset how many stand before it */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
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
