import type { Measured } from './environment';
import { entryLines, withEntry } from './section-text';
import type { SectionEntry } from './section-text';

/** What tells one measure from another. */
const named = ['on', 'model', 'quantisation'] as const;

const entryOf = (measured: Measured): SectionEntry => ({
  section: 'measured',
  value: measured,
  isSame: item => isSameMeasure(item, measured),
});

/** The lines of a measure, as an item of `measured`. @param indent of the item */
export function measuredLines(measured: Measured, indent = '  '): string {
  return entryLines(entryOf(measured), indent);
}

/**
 * The text of an environment with a measure in it, which takes the place of an earlier one of the same; all else stays as it
 * is, to the byte. Undefined where the text is none that a line can be added to, such as TypeScript.
 * @param file whose ending says what the text is
 */
export function withMeasured(text: string, measured: Measured, file: string): string | undefined {
  return withEntry(text, entryOf(measured), file);
}

/** Whether an entry of `measured` is of the same model in the same form on the same machine. */
export function isSameMeasure(entry: unknown, measured: Measured): boolean {
  const given = entry as Partial<Measured> | null;
  return named.every(key => given?.[key] === measured[key]);
}
