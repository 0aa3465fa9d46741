import type { Catalog } from './catalog';
import type { DeploymentSku, HostedModel, ImagePrice, TokenPrice } from './hosted-model';

/** USD for a million tokens of one model under one deployment SKU. Null is unknown, never free. */
interface TokenCost {
  readonly input: number | null;
  /** Equals `input` where no cache price is listed: then a cached token costs as much as any other. */
  readonly cachedInput: number | null;
  readonly output: number | null;
  /** Derived: from another scope or the batch factor, by the rules of the hosting terms. */
  readonly basis: 'listed' | 'derived';
  /** Whether it is the price of requests with more than `longInputTokens` of input. */
  readonly long: boolean;
  /** Day the price was read, YYYY-MM-DD. */
  readonly asOf: string;
}

/** Input beyond which some models charge another price, for the whole request. */
export const longInputTokens = 272_000;

/**
 * Token price of a model, or null when the SKU is not billed by the token or nothing is listed.
 * @param inputTokens of one request; some models charge more for long ones
 */
export function tokenCostOf(
  catalog: Catalog,
  model: HostedModel,
  sku: DeploymentSku,
  region: string,
  inputTokens = 0,
): TokenCost | null {
  if (sku.endsWith('ProvisionedManaged')) return null;
  const scoped = scopedPrice(catalog, model, sku, region, inputTokens);
  if (!scoped) return null;
  const { factor } = scoped;
  const { price, long } = tierOf(scoped.price, inputTokens);
  const batch = sku.endsWith('Batch');
  const cost = batch ? batchPrice(price, catalog.hostingTerms.batchFactor) : price;
  const listed = factor === 1 && (!batch || typeof price.batchInput === 'number');
  return {
    input: times(cost.input, factor),
    cachedInput: times(cost.cachedInput ?? cost.input, factor),
    output: times(cost.output, factor),
    basis: listed ? 'listed' : 'derived',
    long,
    asOf: scoped.price.asOf ?? catalog.hostedPricesAsOf,
  };
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
): { price: TokenPrice; factor: number } | undefined {
  const { global } = model.prices;
  if (sku.startsWith('Global')) return global && { price: global, factor: 1 };
  const own = sku.startsWith('DataZone')
    ? zonePrice(catalog, model, region)
    : model.prices.regional?.[region];
  const complete = inputTokens <= longInputTokens || listsLong(own) || !listsLong(global);
  if (own && complete) return { price: own, factor: 1 };
  return global && { price: global, factor: catalog.hostingTerms.unlistedScopeFactor };
}

function zonePrice(catalog: Catalog, { prices }: HostedModel, region: string): TokenPrice | undefined {
  const zone = catalog.regions.find(candidate => candidate.name === region)?.dataZone;
  return zone === 'eu' ? prices.dataZoneEu : zone === 'us' ? prices.dataZoneUs : undefined;
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

function batchPrice(price: TokenPrice, factor: number): Pick<TokenPrice, 'input' | 'cachedInput' | 'output'> {
  const input = price.batchInput ?? times(price.input, factor);
  return { input, cachedInput: input, output: price.batchOutput ?? times(price.output, factor) };
}

/** Rounded to a millionth of a cent, so that 0.25 × 1.1 is 0.275. */
function times(usd: number | null, factor: number): number | null {
  return usd === null ? null : Math.round(usd * factor * 1e8) / 1e8;
}
