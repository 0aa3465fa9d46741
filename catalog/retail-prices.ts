import { z } from 'zod';
import type { MachinePriceTable } from './machine';
import { BerthError } from '../text/berth-error';

/**
 * The answer of the Azure Retail Prices API, as far as prices need it. Keys beyond these may come and go.
 * https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices
 */
const itemSchema = z.object({
  currencyCode: z.string(),
  retailPrice: z.number().nonnegative(),
  armRegionName: z.string(),
  /** Absent where a meter is of no size. */
  armSkuName: z.string().optional(),
  skuName: z.string(),
  productName: z.string(),
  meterName: z.string(),
  unitOfMeasure: z.string(),
  type: z.string(),
  effectiveStartDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T/, 'a time, YYYY-MM-DDThh:mm:ssZ'),
  isPrimaryMeterRegion: z.boolean(),
  tierMinimumUnits: z.number(),
});
const pageSchema = z.object({
  BillingCurrency: z.string(),
  Items: z.array(itemSchema),
  NextPageLink: z.string().nullable(),
});

/** One price of the list of retail prices. */
export type RetailItem = Readonly<z.output<typeof itemSchema>>;
type RetailPage = Readonly<z.output<typeof pageSchema>>;

/** A price list that could not be read, or that is not what it used to be. */
export class RefreshError extends BerthError {
  readonly kind = 'unavailable';
}

/** Services of the list: machines, and models that are billed by the token. */
export type RetailService = 'Virtual Machines' | 'Foundry Models';

/** What the list of a region is asked for by. */
export function retailFilter(service: RetailService, region: string): string {
  return `serviceName eq '${service}' and armRegionName eq '${region}' and priceType eq 'Consumption'`;
}

/**
 * One page of the list of a region.
 * @throws {RefreshError} when it has another form, another currency or another region
 */
export function parseRetailPage(answer: unknown, region: string): RetailPage {
  const parsed = pageSchema.safeParse(answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    throw changed(field?.slice(1) || 'the answer', issue?.message ?? 'another form');
  }
  const { BillingCurrency, Items } = parsed.data;
  if (BillingCurrency !== 'USD') throw notUsd('BillingCurrency', BillingCurrency);
  Items.forEach(({ currencyCode, armRegionName, type }, i) => {
    if (currencyCode !== 'USD') throw notUsd(`Items[${i}].currencyCode`, currencyCode);
    if (armRegionName !== region)
      throw changed(`Items[${i}].armRegionName`, `expected ${region}, received ${armRegionName}`);
    if (type !== 'Consumption') throw changed(`Items[${i}].type`, `expected Consumption, received ${type}`);
  });
  return parsed.data;
}

function changed(field: string, how: string): RefreshError {
  return new RefreshError(
    `the price list has another form than Berth knows, at ${field}: ${how}; nothing was written`,
  );
}

function notUsd(field: string, currency: string): RefreshError {
  return new RefreshError(
    `the price list must be in USD, got ${currency} in ${field}; all money here is USD, so nothing was written`,
  );
}

interface TableRequest {
  readonly region: string;
  /** Sizes whose prices are wanted. */
  readonly skus: readonly string[];
  /** Day the list was read, YYYY-MM-DD. */
  readonly asOf: string;
}

/**
 * The price table of a region: Linux, on demand and spot.
 * @throws {RefreshError} when the list holds no price of any of the sizes
 */
export function tableOfRetail(items: readonly RetailItem[], request: TableRequest): MachinePriceTable {
  const { region, skus, asOf } = request;
  const usable = items.filter(item => isLinuxHour(item) && item.effectiveStartDate.slice(0, 10) <= asOf);
  const regular = pricesOf(
    usable.filter(item => wayOf(item) === 'regular'),
    skus,
  );
  const spot = pricesOf(
    usable.filter(item => wayOf(item) === 'spot'),
    skus,
  );
  if (Object.values(regular).every(price => price === null))
    throw new RefreshError(
      `the price list has no Linux price of any known size in ${region}; check the region, and nothing was written`,
    );
  return {
    cloud: 'azure',
    region,
    asOf,
    currency: 'USD',
    source: `Azure Retail Prices API, read ${asOf}`,
    usdPerHour: regular,
    spotUsdPerHour: spot,
  };
}

/** Windows, dedicated hosts and Cloud Services are sold under the same size names. */
function isLinuxHour({ productName, unitOfMeasure, tierMinimumUnits }: RetailItem): boolean {
  return (
    unitOfMeasure === '1 Hour' &&
    tierMinimumUnits === 0 &&
    !/windows|dedicated host|cloud ?services/i.test(productName)
  );
}

function wayOf({ skuName, meterName }: RetailItem): 'regular' | 'spot' | 'other' {
  const text = `${skuName} ${meterName}`;
  if (/low priority/i.test(text)) return 'other';
  return /\bspot\b/i.test(text) ? 'spot' : 'regular';
}

/** By size, in the order of the alphabet; a size without a price is left out, one with two prices is unknown. */
function pricesOf(items: readonly RetailItem[], skus: readonly string[]): Record<string, number | null> {
  const rows = skus.toSorted().flatMap(sku => {
    const own = items.filter(({ armSkuName }) => armSkuName === sku);
    return own.length > 0 ? [[sku, onePrice(own, ({ retailPrice }) => retailPrice)] as const] : [];
  });
  return Object.fromEntries(rows);
}

/**
 * The latest price of the region's own meter; null when there are two. Zero is no price.
 * @param items at least one
 */
export function onePrice(
  items: readonly RetailItem[],
  usdOf: (item: RetailItem) => number | null,
): number | null {
  const primary = items.filter(({ isPrimaryMeterRegion }) => isPrimaryMeterRegion);
  const meters = primary.length > 0 ? primary : items;
  const latest = meters.map(each => each.effectiveStartDate).reduce((a, b) => (a > b ? a : b));
  const prices = new Set(meters.filter(each => each.effectiveStartDate === latest).map(usdOf));
  const [price = null] = prices;
  return prices.size === 1 && price !== null && price > 0 ? price : null;
}
