import {
  imagePriceOf,
  longInputTokens,
  scopeOf,
  tokenCostOf,
  unlistedFactor,
  zoneOf,
} from '../../../catalog';
import type { Workload } from '../../../config/environment';
import { acceptsEstimates } from '../../evidence';
import { count } from '../../figures';
import { contextNeeded, kindOf } from '../../needs';
import { thinkingWorkload } from '../../reasoning';
import type { Setting } from '../../setting';
import { hiddenTokensFor } from '../../thinking';
import type { RequestPrice } from '../../unit';
import type { Verdict } from '../../verdict';
import type { HostedOffer } from './offers';

/** What a lock recorded that a request of the workload pays; null is unknown. */
export function recordedPrice(offer: HostedOffer, workload: Workload, price: RequestPrice | undefined) {
  return price === undefined ? null : partsUsed(offer, workload, price);
}

/** What a request of the workload pays; null is unknown. */
export function requestPriceOf(
  offer: HostedOffer,
  workload: Workload,
  setting: Setting,
): RequestPrice | null {
  const price = priceOf(offer, workload, setting);
  const image = usesImages(offer, workload);
  const hiddenTokens = hiddenTokensFor(offer.class, workload, setting);
  if (!image && (price?.input ?? null) === null) return null;
  return partsUsed(offer, workload, {
    asOf: priceDay(offer, workload, setting),
    usdPerMillionInput: (price && freshInput(price, workload)) ?? (image ? 0 : undefined),
    usdPerMillionCachedInput: price?.cachedInput ?? (image ? 0 : undefined),
    usdPerMillionOutput: price?.output ?? undefined,
    usdPerImage: image ? (usdPerImageOf(offer, workload, setting) ?? undefined) : undefined,
    ...(hiddenTokens > 0 ? { hiddenTokens } : {}),
  });
}

/** The parts of a price that the workload uses; null where one of them is missing. */
function partsUsed(
  offer: HostedOffer,
  workload: Workload,
  { asOf, ...parts }: { [K in keyof RequestPrice]: RequestPrice[K] | undefined } & { asOf: string },
): RequestPrice | null {
  const { hiddenTokens = 0 } = parts;
  const { fresh, repeated, output } = tokensOf(offer, thinkingWorkload(workload, hiddenTokens));
  const used = {
    ...(fresh > 0 ? { usdPerMillionInput: parts.usdPerMillionInput } : {}),
    ...(repeated > 0 ? { usdPerMillionCachedInput: parts.usdPerMillionCachedInput } : {}),
    ...(output > 0 ? { usdPerMillionOutput: parts.usdPerMillionOutput } : {}),
    ...(usesImages(offer, workload) ? { usdPerImage: parts.usdPerImage } : {}),
    ...(hiddenTokens > 0 ? { hiddenTokens } : {}),
  };
  return isComplete(used) ? { asOf, ...used } : null;
}

function isComplete<T extends object>(parts: T): parts is { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.values(parts).every(part => part !== undefined);
}

function usesImages({ hosted }: HostedOffer, workload: Workload): boolean {
  return kindOf(workload) === 'image' || hosted.kind === 'image';
}

function usdPerImageOf(
  { hosted, sku, location }: HostedOffer,
  { image: wish }: Workload,
  { catalog }: Setting,
) {
  const image = imagePriceOf(hosted, wish);
  const scope = scopeOf(sku) === 'zone' ? (zoneOf(catalog, location) ?? 'regional') : 'regional';
  // Image prices are listed for global deployments; other scopes follow the rule for tokens.
  const factor = scopeOf(sku) === 'global' ? 1 : unlistedFactor(catalog, scope).most;
  return image && Math.round(image.usdPerImage * factor * 1e8) / 1e8;
}

/** Tokens of one request by what they cost; those of an image are part of its price. */
export function tokensOf(
  offer: HostedOffer,
  workload: Workload,
): { fresh: number; repeated: number; output: number } {
  const { inputTokens, outputTokens, cachedInputShare } = workload.traffic;
  return {
    fresh: inputTokens * (1 - cachedInputShare),
    repeated: inputTokens * cachedInputShare,
    output: usesImages(offer, workload) ? 0 : outputTokens,
  };
}

type TokenCost = NonNullable<ReturnType<typeof tokenCostOf>>;

/** What a token costs, where that counts as known. */
function priceOf(offer: HostedOffer, workload: Workload, setting: Setting): TokenCost | null {
  const price = listedOrEstimated(offer, setting, workload.traffic.inputTokens);
  return price?.basis === 'estimated' && !acceptsEstimates('prices', workload, setting.environment)
    ? null
    : price;
}

function listedOrEstimated(
  { hosted, sku, location }: HostedOffer,
  { catalog, asOf }: Setting,
  inputTokens: number,
): TokenCost | null {
  return tokenCostOf(catalog, hosted, sku, location, { inputTokens, asOf });
}

/** What is new in a prompt is written to the cache where there is one that is used. */
function freshInput({ input, cacheWrite }: TokenCost, { traffic }: Workload): number | null {
  return traffic.cachedInputShare > 0 ? cacheWrite : input;
}

/** Day on which the price was read, YYYY-MM-DD. */
export function priceDay(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const ofTokens = offer.hosted.kind === 'image' ? undefined : priceOf(offer, workload, setting)?.asOf;
  return ofTokens ?? setting.catalog.hostedPricesAsOf;
}

export function priceVerdict(offer: HostedOffer, workload: Workload, setting: Setting): Verdict {
  const images = offer.hosted.kind === 'image';
  if (requestPriceOf(offer, workload, setting) === null) {
    const known = images ? null : listedOrEstimated(offer, setting, workload.traffic.inputTokens);
    const only = known?.basis === 'estimated' ? ` but as an estimate from ${known.from ?? ''}` : '';
    const message = `the price of ${images ? 'an image' : 'a token'} of ${offer.model} as ${offer.sku} is not listed${only}; a price file would say it`;
    return { rule: 'price', verdict: 'unverified', message };
  }
  if (images) {
    const day = priceDay(offer, workload, setting);
    return { rule: 'price', verdict: 'pass', message: imagePriceText(offer, workload, day) };
  }
  const { basis } = priceOf(offer, workload, setting) ?? {};
  const message = tokenPriceText(offer, workload, setting);
  return { rule: 'price', verdict: 'pass', message, ...(basis === 'estimated' ? { estimated: true } : {}) };
}

function imagePriceText({ hosted }: HostedOffer, workload: Workload, day: string): string {
  const image = imagePriceOf(hosted, workload.image);
  const quality = image?.quality ? ` in ${image.quality} quality` : '';
  return `an image costs $${image?.usdPerImage ?? 0}${quality}, read ${day}`;
}

function tokenPriceText(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const { traffic } = workload;
  const price = priceOf(offer, workload, setting);
  const cached = traffic.cachedInputShare > 0 ? `, $${price?.cachedInput ?? 0} for cached input` : '';
  const output = traffic.outputTokens > 0 ? ` and $${price?.output ?? 0} for output` : '';
  const derived = price?.basis === 'derived' ? ', half of the standard price' : '';
  const estimated = price?.basis === 'estimated' ? `, estimated from ${price.from ?? ''}` : '';
  const read = `read ${priceDay(offer, workload, setting)}${derived}${estimated}`;
  const long = longText(offer, workload, setting);
  const input = (price && freshInput(price, workload)) ?? 0;
  return `a million tokens cost $${input} for input${cached}${output}, ${read}${long}`;
}

/** Only averages are known, so requests that are longer than them are told of, not counted. */
function longText(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const beyond = `more than ${count(longInputTokens)} tokens of input`;
  if (priceOf(offer, workload, setting)?.long) return `; this is the price of requests with ${beyond}`;
  const longest = listedOrEstimated(offer, setting, contextNeeded(workload));
  if (!longest?.long) return '';
  const { input } = longest;
  return input === null
    ? `; a request with ${beyond} costs more, and how much is not listed`
    : `; a request with ${beyond} costs $${input} instead`;
}
