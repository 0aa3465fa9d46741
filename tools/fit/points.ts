import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from './csv';
import type { Row } from './csv';
import { decodeColumns, decodePoints } from './decode-points';
import { prefillColumns, prefillPoints } from './prefill-points';
import type { DecodePoint, PrefillPoint, Skipped } from './point';

export interface Points {
  readonly decode: readonly DecodePoint[];
  readonly prefill: readonly PrefillPoint[];
  readonly skipped: readonly Skipped[];
}

const decodeFile = 'measured-throughput.csv';
const prefillFile = 'prefill-throughput.csv';

/**
 * Reads `measured-throughput.csv` and `prefill-throughput.csv` of a directory and of each folder in it, where rows of
 * another licence stand. Each row is among the points or skipped.
 * @throws when none is there, or a file lacks a column
 */
export function readPoints(directory: string): Points {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new Error(`${directory} is not a directory; it should hold ${decodeFile} or ${prefillFile}`);
  }
  const folders = readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join(directory, name))
    .toSorted();
  const read = (name: string, columns: readonly string[]): Row[] | undefined => {
    const files = [directory, ...folders].map(folder => join(folder, name)).filter(file => existsSync(file));
    const rows = files.flatMap(file => readTable(file, readFileSync(file, 'utf8'), columns));
    return files.length > 0 ? rows : undefined;
  };
  const decodeRows = read(decodeFile, decodeColumns);
  const prefillRows = read(prefillFile, prefillColumns);
  if (!decodeRows && !prefillRows)
    throw new Error(`${directory} holds neither ${decodeFile} nor ${prefillFile}`);
  const decode = (decodeRows ?? []).flatMap(decodePoints);
  const prefill = prefillPoints(prefillRows ?? []);
  return {
    decode: decode.filter(result => 'features' in result),
    prefill: prefill.filter(result => 'features' in result),
    skipped: [...decode, ...prefill].filter(result => 'why' in result),
  };
}
