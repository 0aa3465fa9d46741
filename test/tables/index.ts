import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../../catalog';
import type { Catalog } from '../../catalog';

/**
 * Tables of the tests' own: the rows that they name, as they were in November 2026. Figures that tests state follow from these,
 * so that a price that moves changes none of them; and they are few, so that a decision over all of them is quick.
 */
export const tables: Catalog = {
  ...catalog,
  ...(JSON.parse(readFileSync(join(__dirname, 'tables.json'), 'utf8')) as Partial<Catalog>),
};
