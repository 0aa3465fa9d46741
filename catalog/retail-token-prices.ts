import type { Catalog } from './catalog';
import type { HostedModel } from './hosted-model';
import { tokenPriceKey } from './price-file';
import type { TokenPriceRow } from './price-file';
import { onePrice } from './retail-prices';
import type { RetailItem } from './retail-prices';
import { tokenMeters } from './token-meters';
import type { TokenMeterRow } from './token-meters';

/** Token prices of a list, and what could not be read from it: the old price of that stays. */
export interface TokenPrices {
  /** Prices of the models that the catalogue has. */
  readonly rows: readonly TokenPriceRow[];
  /** Prices that no row was made for, and why. */
  readonly left: readonly LeftPrice[];
}

interface LeftPrice {
  /** Model, version, scope and region. */
  readonly what: string;
  readonly why: string;
}

interface TokenPricesRequest {
  readonly region: string;
  /** Day the list was read, YYYY-MM-DD. */
  readonly asOf: string;
}

/** The token prices of a region's list, each scope of a model version whole or not at all. */
export function tokenPricesOfRetail(
  items: readonly RetailItem[],
  request: TokenPricesRequest,
  catalog: Catalog,
): TokenPrices {
  const listed = items
    .filter(item => item.tierMinimumUnits === 0 && item.effectiveStartDate.slice(0, 10) <= request.asOf)
    .map((item): ListedMeter => ({ key: meterKey(item.productName, item.skuName), item }));
  const read = tokenMeters.rows.flatMap(row => readRow(row, listed, request, catalog));
  return {
    rows: read.filter(each => 'price' in each),
    left: read.filter(each => 'why' in each),
  };
}

/** Prices of several regions as one: of what two of them price differently, the old price stays. */
export function agreedTokenPrices(lists: readonly TokenPrices[]): TokenPrices {
  const all = lists.flatMap(({ rows }) => rows);
  const first = new Map(all.toReversed().map(row => [tokenPriceKey(row), row]));
  const disputed = new Set(
    all.filter(row => !samePrice(first.get(tokenPriceKey(row))?.price, row.price)).map(tokenPriceKey),
  );
  const left = [
    ...lists.flatMap(list => list.left).filter(({ what }) => !first.has(what)),
    ...[...disputed].map(what => ({ what, why: 'two regions list different prices of it' })),
  ];
  return {
    rows: all.filter(row => first.get(tokenPriceKey(row)) === row && !disputed.has(tokenPriceKey(row))),
    left: [...new Map(left.map(each => [each.what, each])).values()],
  };
}

/** Whether every figure is the same, wherever and whenever it was read. */
export function samePrice(a: Partial<TokenPriceRow['price']> = {}, b: TokenPriceRow['price']): boolean {
  const figures = Object.entries(b).filter(([key]) => key !== 'asOf' && key !== 'source');
  return figures.every(([key, value]) => a[key as keyof typeof a] === value);
}

function meterKey(product: string, sku: string): string {
  return `${product}\n${sku}`.toLowerCase();
}

interface ListedMeter {
  readonly key: string;
  readonly item: RetailItem;
}

function readRow(
  row: TokenMeterRow,
  listed: readonly ListedMeter[],
  { region, asOf }: TokenPricesRequest,
  catalog: Catalog,
): (TokenPriceRow | LeftPrice)[] {
  const model = catalog.hostedModels.find(each => each.name === row.model && each.version === row.version);
  const target = targetOf(row, region, catalog);
  if (!model || !target) return [];
  const { name, version } = model;
  const what = tokenPriceKey({ model: name, version, ...target });
  const meters = Object.entries(row.meters).map(([figure, sku]) => ({
    figure,
    sku,
    items: listed.filter(({ key }) => key === meterKey(row.product, sku)).map(({ item }) => item),
  }));
  const missing = meters.filter(({ items }) => items.length === 0);
  // A region that lists none of the meters of its own does not sell the model by itself.
  if (missing.length === meters.length && target.scope === 'regional') return [];
  if (missing.length === meters.length) return [{ what, why: 'not in the list' }];
  if (missing.length > 0)
    return [{ what, why: `the list has no ${missing.map(({ sku }) => sku).join(', ')}` }];
  const usd = meters.map(({ figure, sku, items }) => ({ figure, sku, usd: onePrice(items, usdPerMillion) }));
  const unclear = usd.filter(each => each.usd === null);
  if (unclear.length > 0)
    return [{ what, why: `the price of ${unclear.map(({ sku }) => sku).join(', ')} is unclear` }];
  const price = {
    ...unknownPrice(model),
    ...Object.fromEntries(usd.map(each => [each.figure, each.usd])),
    source: `Azure Retail Prices API, ${region}, ${row.product}`,
    asOf,
  };
  const contradiction = contradictionIn(price);
  return contradiction ? [{ what, why: contradiction }] : [{ model: name, version, ...target, price }];
}

/** Which price the row is of, when the list is that of the region; undefined outside the data zones. */
function targetOf(
  { scope }: TokenMeterRow,
  region: string,
  { regions }: Catalog,
): Pick<TokenPriceRow, 'scope' | 'region'> | undefined {
  if (scope === 'global') return { scope };
  if (scope === 'regional') return { scope, region };
  const zone = regions.find(({ name }) => name === region)?.dataZone;
  return zone === 'eu' ? { scope: 'dataZoneEu' } : zone === 'us' ? { scope: 'dataZoneUs' } : undefined;
}

/** Embedding models put out no billed tokens. */
function unknownPrice({
  kind,
}: HostedModel): Pick<TokenPriceRow['price'], 'input' | 'cachedInput' | 'output'> {
  return { input: null, cachedInput: null, output: kind === 'embedding' ? 0 : null };
}

const tokensPerUnit: Readonly<Record<string, number>> = { '1K': 1e3, '1M': 1e6 };

/** Rounded to a millionth of a cent, as other prices are; null in a unit that is not of tokens. */
function usdPerMillion({ retailPrice, unitOfMeasure }: RetailItem): number | null {
  const tokens = tokensPerUnit[unitOfMeasure];
  return tokens === undefined ? null : Math.round(((retailPrice * 1e6) / tokens) * 1e8) / 1e8;
}

/** The list has had input and output exchanged: what cannot be is not taken. */
function contradictionIn(price: TokenPriceRow['price']): string | undefined {
  const { input, cachedInput, output, batchInput, batchOutput, inputAbove272k, outputAbove272k } = price;
  const orders = [
    ['cached input costs more than other input', cachedInput, input],
    ['input costs more than output', input, output === 0 ? null : output],
    ['batch input costs more than other input', batchInput, input],
    ['batch output costs more than other output', batchOutput, output],
    ['input of long requests costs less than of others', input, inputAbove272k],
    ['output of long requests costs less than of others', output, outputAbove272k],
  ] as const;
  return orders.find(([, less, more]) => (less ?? 0) > (more ?? Infinity))?.[0];
}
