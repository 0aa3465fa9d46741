import { existsSync, readFileSync, statSync } from 'node:fs';
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
 * Reads `measured-throughput.csv` and `prefill-throughput.csv` of a directory. Each row is among the points or skipped.
 * @throws when the directory holds neither, or a file lacks a column
 */
export function readPoints(directory: string): Points {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new Error(`${directory} is not a directory; it should hold ${decodeFile} or ${prefillFile}`);
  }
  const read = (name: string, columns: readonly string[]): Row[] | undefined => {
    const file = join(directory, name);
    return existsSync(file) ? readTable(file, readFileSync(file, 'utf8'), columns) : undefined;
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
