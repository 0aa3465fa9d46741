import type { Catalog } from './catalog';
import type { DeploymentSku, HostedModel, ImagePrice, TokenPrice } from './hosted-model';

/** USD for a million tokens of one model under one deployment SKU. Null is unknown, never free. */
interface TokenCost {
  readonly input: number | null;
  /** Equals `input` where no cache price is listed: then a cached token costs as much as any other. */
  readonly cachedInput: number | null;
  readonly output: number | null;
  /** Of input that is written to the cache. Equals `input` where that costs nothing more. */
  readonly cacheWrite: number | null;
  /** Derived: by a rule of the hosting terms. An estimate is derived from another scope's price, at its upper end. */
  readonly basis: 'listed' | 'derived' | 'estimated';
  /** What an estimate is derived from, a clause for a sentence behind `estimated from`. */
  readonly from?: string;
  /** Whether it is the price of requests with more than `longInputTokens` of input. */
  readonly long: boolean;
  /** Day the price was read, YYYY-MM-DD. */
  readonly asOf: string;
}

/** Input beyond which some models charge another price, for the whole request. */
export const longInputTokens = 272_000;

/** What of a request decides its price. */
interface PricedRequest {
  /** Of one request; some models charge more for long ones. @default 0 */
  readonly inputTokens?: number;
  /** Day it is asked for, YYYY-MM-DD: promotions end. @default - the day of the table */
  readonly asOf?: string;
}

/** Token price of a model, or null when the SKU is not billed by the token or nothing is listed. */
export function tokenCostOf(
  catalog: Catalog,
  model: HostedModel,
  sku: DeploymentSku,
  region: string,
  { inputTokens = 0, asOf = '' }: PricedRequest = {},
): TokenCost | null {
  if (sku.endsWith('ProvisionedManaged')) return null;
  const scoped = scopedPrice(catalog, model, sku, region, inputTokens);
  if (!scoped) return null;
  const { factor } = scoped;
  const held = priceOn(scoped.price, asOf);
  const { price, long } = tierOf(held, inputTokens);
  const batch = sku.endsWith('Batch');
  const cost = batch ? batchPrice(price, catalog.hostingTerms.batchFactor) : price;
  const derived = batch && typeof price.batchInput !== 'number';
  const input = times(cost.input, factor.most);
  return {
    input,
    cachedInput: times(cost.cachedInput ?? cost.input, factor.most),
    cacheWrite: times(cost.cacheWrite ?? cost.input, factor.most),
    output: times(cost.output, factor.most),
    ...basisOf(factor, held !== scoped.price, derived),
    long,
    asOf: scoped.price.asOf ?? catalog.hostedPricesAsOf,
  };
}

function basisOf(
  { least, most }: Factor,
  isPromotionOver: boolean,
  derived: boolean,
): Pick<TokenCost, 'basis' | 'from'> {
  if (isPromotionOver)
    return { basis: 'estimated', from: 'the list price, because a promotion may have ended' };
  if (most === 1) return { basis: derived ? 'derived' : 'listed' };
  const range = least === most ? String(most) : `${least} to ${most}, at the upper end`;
  return { basis: 'estimated', from: `the global price × ${range}` };
}

/** What a price is on a day: that of the list, where a promotion is no longer certain. */
function priceOn(price: TokenPrice, asOf: string): TokenPrice {
  const { promotion, source } = price;
  if (!promotion || asOf <= promotion.until) return price;
  return { ...promotion, source };
}

/**
 * Price of one image. Without a wish: the model's default quality, square, 1024 pixels wide. Null when unknown, which
 * includes models that bill image tokens and do not publish how many an image takes.
 */
export function imagePriceOf(
  model: HostedModel,
  wish: { quality?: ImagePrice['quality']; width?: number; height?: number } = {},
): ImagePrice | null {
  const quality = wish.quality ?? model.defaultImageQuality;
  const { width = 1024, height = 1024 } = wish;
  const fits = (price: ImagePrice): boolean =>
    (price.quality === null || price.quality === quality) &&
    (price.width === null || (price.width === width && price.height === height));
  return model.imagePrices.find(fits) ?? null;
}

function scopedPrice(
  catalog: Catalog,
  model: HostedModel,
  sku: DeploymentSku,
  region: string,
  inputTokens: number,
): { price: TokenPrice; factor: Factor } | undefined {
  const { global } = model.prices;
  if (sku.startsWith('Global')) return global && { price: global, factor: listed };
  const scope = sku.startsWith('DataZone') ? zoneOf(catalog, region) : 'regional';
  const own =
    scope === 'regional' ? model.prices.regional?.[region] : scope ? model.prices[scope] : undefined;
  const complete = inputTokens <= longInputTokens || listsLong(own) || !listsLong(global);
  if (own && complete) return { price: withCache(own, global), factor: listed };
  return global && { price: global, factor: unlistedFactor(catalog, scope ?? 'regional') };
}

/** Price of one scope over that of another, at least and at most. */
interface Factor {
  readonly least: number;
  readonly most: number;
}

const listed: Factor = { least: 1, most: 1 };

/** What the price of a scope is over the global one, where only that one is listed. */
export function unlistedFactor(
  { hostingTerms }: Catalog,
  scope: 'dataZoneEu' | 'dataZoneUs' | 'regional',
): Factor {
  return hostingTerms.unlistedScopes[scope];
}

/** Scope of prices that a data zone deployment of a region has; undefined outside both zones. */
export function zoneOf(catalog: Catalog, region: string): 'dataZoneEu' | 'dataZoneUs' | undefined {
  const zone = catalog.regions.find(candidate => candidate.name === region)?.dataZone;
  return zone === 'eu' ? 'dataZoneEu' : zone === 'us' ? 'dataZoneUs' : undefined;
}

/** A list that leaves the cache out for a scope has it in the same relation to other input as elsewhere. */
function withCache(own: TokenPrice, global: TokenPrice | undefined): TokenPrice {
  if (!global || own.input === null || global.input === null || global.input === 0) return own;
  const ratio = own.input / global.input;
  const cacheWrite = own.cacheWrite ?? times(global.cacheWrite ?? null, ratio);
  return {
    ...own,
    cachedInput: own.cachedInput ?? times(global.cachedInput, ratio),
    ...(cacheWrite === null ? {} : { cacheWrite }),
  };
}

/** Some scopes list no price of long requests where the global one does; it then follows from that one. */
function listsLong(price: TokenPrice | undefined): boolean {
  return price?.inputAbove272k !== undefined;
}

/** A long request has no cache or batch price of its own in the lists: caching then saves nothing, and batch halves it. */
function tierOf(price: TokenPrice, inputTokens: number): { price: TokenPrice; long: boolean } {
  const { inputAbove272k: input, outputAbove272k: output, source } = price;
  if (inputTokens <= longInputTokens || input === undefined) return { price, long: false };
  return { price: { input, cachedInput: input, output: output ?? null, source }, long: true };
}

function batchPrice(
  price: TokenPrice,
  factor: number,
): Pick<TokenPrice, 'input' | 'cachedInput' | 'cacheWrite' | 'output'> {
  const input = price.batchInput ?? times(price.input, factor);
  return { input, cachedInput: input, output: price.batchOutput ?? times(price.output, factor) };
}

/** Rounded to a millionth of a cent, so that 0.25 × 1.1 is 0.275. */
function times(usd: number | null, factor: number): number | null {
  return usd === null ? null : Math.round(usd * factor * 1e8) / 1e8;
}
