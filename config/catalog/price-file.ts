import { z } from 'zod';
import type { Catalog } from './catalog';
import { hostingTermsSchema } from './hosted-model';
import { machinePriceTableSchema } from './machine';
import type { MachinePriceTable } from './machine';

/** Prices that an environment uses instead of the shipped ones; the shipped table has the same form. */
export const priceFileSchema = z.strictObject({
  /** One for each cloud and region, whole: a size that is absent is not sold there. */
  tables: z.array(machinePriceTableSchema),
  /** What a provisioned unit costs the subscription an hour, such as under a reservation. */
  provisionedUnits: z
    .strictObject({
      asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      usdPerHour: hostingTermsSchema.shape.provisionedUnitUsdPerHour.partial(),
    })
    .optional(),
});

export type PriceFile = Readonly<z.output<typeof priceFileSchema>>;

/** The catalogue with these prices in the place of its own; regions that the file leaves out keep theirs. */
export function withPrices(catalog: Catalog, { tables, provisionedUnits }: PriceFile): Catalog {
  const { hostingTerms } = catalog;
  const days = [catalog.asOf, ...tables.map(({ asOf }) => asOf), provisionedUnits?.asOf ?? ''];
  return {
    ...catalog,
    asOf: days.reduce((a, b) => (a > b ? a : b)),
    machinePrices: mergeTables(catalog.machinePrices, tables),
    hostingTerms: provisionedUnits
      ? {
          ...hostingTerms,
          provisionedUnitUsdPerHour: {
            ...hostingTerms.provisionedUnitUsdPerHour,
            ...provisionedUnits.usdPerHour,
          },
          provisionedPricesAsOf: provisionedUnits.asOf,
        }
      : hostingTerms,
  };
}

/** The newer tables, each in the place of the older one of its region; those of other regions after the older ones. */
export function mergeTables(
  older: readonly MachinePriceTable[],
  newer: readonly MachinePriceTable[],
): MachinePriceTable[] {
  const find = (tables: readonly MachinePriceTable[], { cloud, region }: MachinePriceTable) =>
    tables.find(table => table.cloud === cloud && table.region === region);
  return [...older.map(table => find(newer, table) ?? table), ...newer.filter(table => !find(older, table))];
}
