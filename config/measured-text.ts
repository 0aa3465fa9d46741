import { isMap, isNode, isSeq, parse, parseDocument, stringify } from 'yaml';
import type { YAMLSeq } from 'yaml';
import type { Measured } from './environment';

/** What tells one measure from another. */
const named = ['on', 'model', 'quantisation'] as const;

/** The lines of a measure, as an item of `measured`. @param indent of the item */
export function measuredLines(measured: Measured, indent = '  '): string {
  const [first = '', ...rest] = stringify(measured, { lineWidth: 0 }).trimEnd().split('\n');
  return [`${indent}- ${first}`, ...rest.map(line => `${indent}  ${line}`), ''].join('\n');
}

/**
 * The text of an environment with a measure in it, which takes the place of an earlier one of the same; all else stays as it
 * is, to the byte. Undefined where the text is none that a line can be added to, such as TypeScript.
 * @param file whose ending says what the text is
 */
export function withMeasured(text: string, measured: Measured, file: string): string | undefined {
  if (file.endsWith('.json')) return jsonWith(text, measured);
  if (!/\.ya?ml$/.test(file)) return undefined;
  const root = parseDocument(text).contents;
  if (!isMap(root) || root.flow) return undefined;
  const list: unknown = root.get('measured', true);
  if (!root.has('measured')) return `${text.trimEnd()}\n\nmeasured:\n${measuredLines(measured)}`;
  return isSeq(list) && !list.flow ? listWith(text, list, measured) : undefined;
}

function listWith(text: string, list: YAMLSeq, measured: Measured): string | undefined {
  const items = list.items.filter(isNode);
  const item = items.find(node => isMap(node) && isSameMeasure(node.toJSON(), measured)) ?? items[0];
  const [start, , end] = item?.range ?? [];
  if (!isMap(item) || start === undefined || end === undefined) return undefined;
  const line = text.lastIndexOf('\n', start) + 1;
  const indent = /^ *(?=- )/.exec(text.slice(line))?.[0];
  if (indent === undefined) return undefined;
  const rest = text.slice(isSameMeasure(item.toJSON(), measured) ? end : line);
  return `${text.slice(0, line)}${measuredLines(measured, indent)}${rest}`;
}

function jsonWith(text: string, measured: Measured): string | undefined {
  const input = parse(text) as { readonly measured?: readonly unknown[] };
  const others = (input.measured ?? []).filter(each => !isSameMeasure(each, measured));
  return `${JSON.stringify({ ...input, measured: [...others, measured] }, null, 2)}\n`;
}

/** Whether an entry of `measured` is of the same model in the same form on the same machine. */
export function isSameMeasure(entry: unknown, measured: Measured): boolean {
  const given = entry as Partial<Measured> | null;
  return named.every(key => given?.[key] === measured[key]);
}
