import { z } from 'zod';
import { termMonths } from './commitment';
import type { Commitment } from './commitment';
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
  /** Of a reservation, such as `1 Year`; its price is of the whole term, whatever the unit says. */
  reservationTerm: z.string().optional(),
  /** Prices under a savings plan, by its term. */
  savingsPlan: z.array(z.object({ retailPrice: z.number().nonnegative(), term: z.string() })).optional(),
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

/** How what is listed is paid. */
export type RetailType = 'Consumption' | 'Reservation';

/** What the list of a region is asked for by. */
export function retailFilter(service: RetailService, region: string, type: RetailType): string {
  return `serviceName eq '${service}' and armRegionName eq '${region}' and priceType eq '${type}'`;
}

/**
 * One page of the list of a region.
 * @throws {RefreshError} when it has another form, another currency or another region
 */
export function parseRetailPage(
  answer: unknown,
  region: string,
  asked: RetailType = 'Consumption',
): RetailPage {
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
    if (type !== asked) throw changed(`Items[${i}].type`, `expected ${asked}, received ${type}`);
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
  /** Reservations of the region. @default - none were read */
  readonly reservations?: readonly RetailItem[];
}

/**
 * The price table of a region: Linux, on demand, spot, and under reservations and savings plans.
 * @throws {RefreshError} when the list holds no price of any of the sizes
 */
export function tableOfRetail(items: readonly RetailItem[], request: TableRequest): MachinePriceTable {
  const { region, skus, asOf, reservations = [] } = request;
  const isUsable = (item: RetailItem): boolean =>
    isLinuxHour(item) && item.effectiveStartDate.slice(0, 10) <= asOf;
  const usable = items.filter(isUsable);
  const onDemand = usable.filter(item => wayOf(item) === 'regular');
  const regular = pricesOf(onDemand, skus);
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
    ...committedPart([
      ...planPrices(onDemand, skus),
      ...reservationPrices(reservations.filter(isUsable), skus),
    ]),
  };
}

type CommittedPrices = readonly (readonly [Commitment, Record<string, number | null>])[];

/** Nothing where no size has a price under any. */
function committedPart(all: CommittedPrices): Pick<MachinePriceTable, 'committedUsdPerHour'> {
  const known = all.filter(([, prices]) => Object.keys(prices).length > 0);
  return known.length > 0 ? { committedUsdPerHour: Object.fromEntries(known) } : {};
}

const reservationTerms: readonly (readonly [Commitment, term: string])[] = [
  ['reservation-1-year', '1 Year'],
  ['reservation-3-years', '3 Years'],
];
const planTerms: readonly (readonly [Commitment, term: string])[] = [
  ['savings-plan-1-year', '1 Year'],
  ['savings-plan-3-years', '3 Years'],
];

/** A reservation's price is of its whole term, of 8,760 hours a year. */
function reservationPrices(items: readonly RetailItem[], skus: readonly string[]): CommittedPrices {
  return reservationTerms.map(([name, term]) => {
    const hours = termMonths[name] * 730;
    const own = items.filter(({ reservationTerm }) => reservationTerm === term);
    return [name, pricesOf(own, skus, ({ retailPrice }) => rounded(retailPrice / hours))] as const;
  });
}

function planPrices(items: readonly RetailItem[], skus: readonly string[]): CommittedPrices {
  return planTerms.map(([name, term]) => {
    const priced = (item: RetailItem): number | null =>
      item.savingsPlan?.find(plan => plan.term === term)?.retailPrice ?? null;
    const own = items.filter(item => priced(item) !== null);
    return [name, pricesOf(own, skus, priced)] as const;
  });
}

/** Millionths of a dollar say more than any bill. */
function rounded(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
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
function pricesOf(
  items: readonly RetailItem[],
  skus: readonly string[],
  usdOf: (item: RetailItem) => number | null = ({ retailPrice }) => retailPrice,
): Record<string, number | null> {
  const rows = skus.toSorted().flatMap(sku => {
    const own = items.filter(({ armSkuName }) => armSkuName === sku);
    return own.length > 0 ? [[sku, onePrice(own, usdOf)] as const] : [];
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
