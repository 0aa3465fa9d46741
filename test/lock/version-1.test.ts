import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  catalog,
  checkLock,
  environmentFiles,
  loadEnvironment,
  lockFile,
  parseLock,
  writeLock,
} from '../../config';
import type { Catalog, Lock } from '../../config';
import type { Loose } from '../config/dev-input';

const again = 'run: berth place dev.yaml';
const released = join(__dirname, 'release-0.1.0');
/** The environments of now; one that says something else by now, as it was. */
const files = environmentFiles('.').map(file => {
  const before = join(released, basename(file));
  return existsSync(before) ? before : file;
});

function oldText(file: string): string {
  return readFileSync(join(released, basename(lockFile(file))), 'utf8');
}

function read(text: string, from: Catalog = catalog): Lock {
  return parseLock(text, 'dev.lock.json', again, from);
}

describe('a lock that release 0.1.0 wrote', () => {
  it.each(files)('of %s is built as it is: the same decision, with the prices of the catalogue', file => {
    const environment = loadEnvironment(file);
    const lock = read(oldText(file));
    expect(checkLock(environment, lock, catalog)).toEqual([]);
    const old = JSON.parse(oldText(file)) as Loose;
    const told = ({ id, sku, count, monthlyUsd, priceDate }: Loose) => [
      id,
      sku,
      count,
      monthlyUsd,
      priceDate,
    ];
    expect(lock.decision.units.map(told)).toEqual(old.decision.units.map(told));
    expect(read(writeLock(environment, lock.decision, lock)).decision).toEqual(lock.decision);
  });

  it('is placed again once the prices have moved, because it does not record its own', () => {
    const [file = ''] = files;
    const dearer: Catalog = {
      ...catalog,
      hostedModels: catalog.hostedModels.map(model => {
        const { dataZoneEu } = model.prices;
        const prices = dataZoneEu && { ...model.prices, dataZoneEu: { ...dataZoneEu, input: 99 } };
        return prices ? { ...model, prices } : model;
      }),
    };
    expect(checkLock(loadEnvironment(file), read(oldText(file), dearer), dearer)).toEqual([
      'unit gpt-5-mini-2025-08-07-datazonestandard-swedencentral: monthlyUsd must be 30583.86, as its offer, its size and its prices give, got 314.78',
    ]);
  });
});
