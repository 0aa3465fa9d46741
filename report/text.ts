import { visible } from '../text/shown';

/** Width of a text on a terminal, as long as it holds neither wide characters nor colours. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Lines of at most `width` characters, broken at spaces; a longer word stands on its own line, cut. */
export function wrap(text: string, width: number): string[] {
  return visible(text)
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width)
        return [...lines.slice(0, -1), `${last} ${word}`];
      return [...lines, cut(word, width)];
    }, []);
}

/** A column of a table: its title, its share of the width, and on which side it stands. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** Names that are longer than a column go on behind a hyphen: cut, two of them may read alike. */
function brokenNames(text: string, width: number): string {
  const pieces = (word: string): string[] =>
    word.split(/(?<=[-/:])/).reduce<string[]>((parts, part) => {
      const last = parts.at(-1);
      return last !== undefined && last.length + part.length <= width
        ? [...parts.slice(0, -1), last + part]
        : [...parts, part];
    }, []);
  return text
    .split(' ')
    .flatMap(word => (word.length > width ? pieces(word) : word))
    .join(' ');
}

/** One row of cells, each wrapped inside its column, as lines without trailing spaces. */
export function row(columns: readonly Column[], cells: readonly string[]): string[] {
  const wrapped = columns.map(({ width }, i) => wrap(brokenNames(cells[i] ?? '', width), width));
  const height = Math.max(...wrapped.map(lines => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ width, align }, i) => pad(wrapped[i]?.[line] ?? '', width, align))
      .join('  ')
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}
