import { isMap, isNode, isScalar, isSeq, parse, parseDocument, stringify } from 'yaml';
import type { ParsedNode, YAMLMap, YAMLSeq } from 'yaml';

/** An entry of a section of an environment: an item of a list, or the value of a key. */
export type SectionEntry =
  | { readonly section: string; readonly value: object; readonly isSame: (item: unknown) => boolean }
  | { readonly section: string; readonly value: object; readonly key: string };

/** The lines of an entry as they stand below the line of its section. @param indent of the entry */
export function entryLines(entry: SectionEntry, indent = '  '): string {
  const [first = '', ...rest] = stringify(entry.value, { lineWidth: 0 }).trimEnd().split('\n');
  const lines = 'key' in entry ? [`${entry.key}:`, `  ${first}`] : [`- ${first}`];
  return [...lines, ...rest.map(line => `  ${line}`)].map(line => `${indent}${line}\n`).join('');
}

/**
 * The text of an environment with an entry in it, which takes the place of an earlier one of the same; all else stays as it is,
 * to the byte. Undefined where the text is none that a line can be added to, such as TypeScript or a section in braces.
 * @param file whose ending says what the text is
 */
export function withEntry(text: string, entry: SectionEntry, file: string): string | undefined {
  if (file.endsWith('.json')) return jsonWith(text, entry);
  if (!/\.ya?ml$/.test(file)) return undefined;
  const root = parseDocument(text).contents;
  if (!isMap(root) || root.flow) return undefined;
  const { section } = entry;
  const old: unknown = root.get(section, true);
  if (!root.has(section)) return `${text.trimEnd()}\n\n${section}:\n${entryLines(entry)}`;
  if ('key' in entry)
    return isMap(old) && !old.flow ? mapWith(text, old as Block<YAMLMap>, entry) : undefined;
  return isSeq(old) && !old.flow ? listWith(text, old as Block<YAMLSeq>, entry) : undefined;
}

type Block<T> = T & { readonly range?: ParsedNode['range'] | null };

function listWith(
  text: string,
  list: YAMLSeq,
  entry: Extract<SectionEntry, { readonly isSame: unknown }>,
): string | undefined {
  const items = list.items.filter(isNode);
  const same = items.find(node => isMap(node) && entry.isSame(node.toJSON()));
  const item = same ?? items.at(-1);
  const [start, end] = item?.range ?? [];
  if (!isMap(item) || start === undefined || end === undefined) return undefined;
  return placed(text, entry, { start, end, isReplaced: same !== undefined }, /^ *(?=- )/);
}

function mapWith(
  text: string,
  map: YAMLMap,
  entry: Extract<SectionEntry, { readonly key: string }>,
): string | undefined {
  const same = map.items.find(({ key }) => isScalar(key) && key.value === entry.key);
  const { key, value } = same ?? map.items.at(-1) ?? {};
  const start = isNode(key) ? key.range?.[0] : undefined;
  const end = isNode(value) ? value.range?.[1] : undefined;
  if (start === undefined || end === undefined) return undefined;
  return placed(text, entry, { start, end, isReplaced: same !== undefined }, /^ *(?=\S)/);
}

/** Puts an entry behind the last, or in the place of an earlier one; comments belong to what stands below them. */
function placed(
  text: string,
  entry: SectionEntry,
  { start, end, isReplaced }: { readonly start: number; readonly end: number; readonly isReplaced: boolean },
  indentation: RegExp,
): string | undefined {
  const line = text.lastIndexOf('\n', start) + 1;
  const indent = indentation.exec(text.slice(line))?.[0];
  if (indent === undefined) return undefined;
  const last = text.indexOf('\n', text.slice(0, end).trimEnd().length);
  const before = text.slice(0, isReplaced ? line : last < 0 ? undefined : last + 1);
  const after = last < 0 ? '' : text.slice(last + 1);
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${entryLines(entry, indent)}${after}`;
}

function jsonWith(text: string, entry: SectionEntry): string {
  const input = parse(text) as Readonly<Record<string, unknown>>;
  const old = input[entry.section];
  const now =
    'key' in entry
      ? { ...(old as object | undefined), [entry.key]: entry.value }
      : [...((old as readonly unknown[] | undefined) ?? []).filter(each => !entry.isSame(each)), entry.value];
  return `${JSON.stringify({ ...input, [entry.section]: now }, null, 2)}\n`;
}
