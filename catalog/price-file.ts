import { z } from 'zod';
import { hostingTermsSchema, tokenPriceSchema } from './hosted-model';
import type { HostedModel, HostingTerms, TokenPrice } from './hosted-model';
import { machinePriceTableSchema } from './machine';
import type { MachinePriceTable } from './machine';
import type { OpenModel } from './open-model';
import { statedFactSchema, withFacts } from './stated-facts';

const tokenPriceRowSchema = z
  .strictObject({
    model: z.string(),
    version: z.string(),
    scope: z.enum(['global', 'dataZoneEu', 'dataZoneUs', 'regional']),
    /** Of a regional price, and of no other. */
    region: z.string().optional(),
    price: tokenPriceSchema.required({ asOf: true }),
  })
  .refine(({ scope, region }) => (scope === 'regional') === (region !== undefined), {
    path: ['region'],
    error: 'the region of a price whose scope is regional, and absent otherwise',
  });

/** What tokens of a model cost in one scope. */
export type TokenPriceRow = Readonly<z.output<typeof tokenPriceRowSchema>>;

/** Prices that an environment uses instead of the shipped ones; the shipped table has the same form. */
export const priceFileSchema = z.strictObject({
  /** One for each cloud and region, whole: a size that is absent is not sold there. */
  tables: z.array(machinePriceTableSchema),
  /** One for each model version and scope. */
  tokenPrices: z.array(tokenPriceRowSchema).optional(),
  /** What a provisioned unit costs the subscription an hour, such as under a reservation. */
  provisionedUnits: z
    .strictObject({
      asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      usdPerHour: hostingTermsSchema.shape.provisionedUnitUsdPerHour.partial(),
      /** Under a commitment, by its name. */
      committedUsdPerHour: hostingTermsSchema.shape.committedUnitUsdPerHour,
    })
    .optional(),
  /** What is published of models, as `facts` of an environment says it. */
  facts: z.array(statedFactSchema).optional(),
});

/** Prices that an environment uses instead of those that ship. */
export type PriceFile = Readonly<z.output<typeof priceFileSchema>>;

/** What of a catalogue has prices. */
interface Priced {
  readonly asOf: string;
  readonly hostedModels: readonly HostedModel[];
  readonly openModels: readonly OpenModel[];
  readonly hostingTerms: HostingTerms;
  readonly machinePrices: readonly MachinePriceTable[];
}

/** The catalogue with these prices in the place of its own; what the file leaves out keeps its price. */
export function withPrices<C extends Priced>(catalog: C, file: PriceFile): C {
  const { tables, tokenPrices = [], provisionedUnits, facts = [] } = file;
  const { hostingTerms } = catalog;
  const days = [
    catalog.asOf,
    ...tables.map(({ asOf }) => asOf),
    ...tokenPrices.map(({ price }) => price.asOf),
    provisionedUnits?.asOf ?? '',
  ];
  const priced: C = {
    ...catalog,
    asOf: days.reduce((a, b) => (a > b ? a : b)),
    hostedModels: catalog.hostedModels.map(model => withTokenPrices(model, tokenPrices)),
    machinePrices: mergeTables(catalog.machinePrices, tables),
    hostingTerms: provisionedUnits
      ? {
          ...hostingTerms,
          provisionedUnitUsdPerHour: {
            ...hostingTerms.provisionedUnitUsdPerHour,
            ...provisionedUnits.usdPerHour,
          },
          committedUnitUsdPerHour: {
            ...hostingTerms.committedUnitUsdPerHour,
            ...provisionedUnits.committedUsdPerHour,
          },
          provisionedPricesAsOf: provisionedUnits.asOf,
        }
      : hostingTerms,
  };
  return withFacts(priced, facts);
}

/** Figures that a row does not have, such as those of audio, stay as they are. */
function withTokenPrices(model: HostedModel, rows: readonly TokenPriceRow[]): HostedModel {
  const own = rows.filter(row => row.model === model.name && row.version === model.version);
  const prices = own.reduce(
    (before: HostedModel['prices'], { scope, region = '', price }) =>
      scope === 'regional'
        ? {
            ...before,
            regional: { ...before.regional, [region]: replaced(before.regional?.[region], price) },
          }
        : { ...before, [scope]: replaced(before[scope], price) },
    model.prices,
  );
  return own.length === 0 ? model : { ...model, prices };
}

/**
 * A promotion of the price before says nothing of this one. What is written to the cache keeps its relation to other input, where
 * the newer price, as in Azure's list, has no figure of it.
 */
function replaced(before: Partial<TokenPrice> | undefined, price: TokenPrice): TokenPrice {
  const { promotion, ...lasting } = before ?? {};
  const merged = { ...(promotion && price.asOf === undefined ? before : lasting), ...price };
  const { input = null, cacheWrite = null } = before ?? {};
  if (price.cacheWrite !== undefined || cacheWrite === null || !input || price.input === null) return merged;
  return { ...merged, cacheWrite: Math.round((cacheWrite / input) * price.input * 1e8) / 1e8 };
}

/** The newer rows, each in the place of the older one of its model and scope; others after the older ones. */
export function mergeTokenPrices(
  older: readonly TokenPriceRow[],
  newer: readonly TokenPriceRow[],
): TokenPriceRow[] {
  const rows = new Map([...older, ...newer].map(row => [tokenPriceKey(row), row]));
  return [...rows.values()];
}

/** What there is one price of. */
export function tokenPriceKey({ model, version, scope, region }: Omit<TokenPriceRow, 'price'>): string {
  return [model, version, scope, ...(region === undefined ? [] : [region])].join(' ');
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
