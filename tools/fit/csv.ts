export type Row = Readonly<Record<string, string>>;

/** Rows of a comma-separated file by its header; quoted cells may hold commas and doubled quotes, but no line break. */
export function readCsv(text: string): Row[] {
  const [header = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(line => line !== '');
  const names = cellsOf(header);
  return lines.map(line => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/**
 * Rows of a file that must have some columns.
 * @throws when it lacks one, with all that it lacks
 */
export function readTable(file: string, text: string, columns: readonly string[]): Row[] {
  const [header = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const present = cellsOf(header);
  const lacking = columns.filter(name => !present.includes(name));
  if (lacking.length === 0) return readCsv(text);
  throw new Error(
    `${file} lacks the column${lacking.length > 1 ? 's' : ''} ${lacking.join(', ')}; ` +
      `it needs ${columns.join(', ')}, and its first line names ${present.join(', ') || 'nothing'}`,
  );
}

/** A number above zero; undefined for an empty cell, and for anything else its text. */
export function positive(cell: string | undefined): number | undefined | { readonly unreadable: string } {
  const text = (cell ?? '').trim();
  if (text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : { unreadable: text };
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    match => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}
