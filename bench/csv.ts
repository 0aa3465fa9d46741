export type Row = Readonly<Record<string, string>>;

/** Rows of a comma-separated file by its header; quoted cells may hold commas and doubled quotes, but no line break. */
export function readCsv(text: string): Row[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter(line => line !== '');
  const names = cellsOf(header);
  return lines.map(line => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    match => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}
