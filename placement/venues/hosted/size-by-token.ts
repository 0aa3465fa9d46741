import { imagePriceOf, isBatchSku, longInputTokens, scopeOf, tokenCostOf } from '../../../catalog';
import type { Workload } from '../../../config/environment';
import type { UnitSize } from '../../candidate';
import { cents, count } from '../../figures';
import {
  contextNeeded,
  hoursPerMonth,
  kindOf,
  peakRequestsPerMinute,
  peakTokensPerMinute,
  requestsPerMonth,
} from '../../needs';
import { thinkingWorkload } from '../../reasoning';
import type { Setting } from '../../setting';
import { hiddenTokensFor } from '../../thinking';
import type { RequestPrice, UnitPrices } from '../../unit';
import type { Verdict } from '../../verdict';
import type { HostedOffer } from './offers';
import { deploymentVerdicts, quotaVerdict } from './quota';

/**
 * Capacity, quota and price of one deployment, billed by the token, that serves all these workloads.
 * @param recorded prices that its cost comes from. @default - those of the catalogue
 */
export function sizeByToken(
  offer: HostedOffer,
  workloads: readonly Workload[],
  setting: Setting,
  recorded?: UnitPrices,
): UnitSize {
  const prices =
    recorded?.per === 'request'
      ? workloads.map(workload => recordedPrice(offer, workload, recorded.workloads[workload.name]))
      : workloads.map(workload => requestPriceOf(offer, workload, setting));
  const thinking = workloads.map((workload, i) => thinkingWorkload(workload, prices[i]?.hiddenTokens ?? 0));
  const costs = thinking.map((workload, i) => monthlyCost(offer, workload, prices[i] ?? null));
  const known = costs.filter(cost => cost !== null);
  const fee = tuningFee(workloads, setting);
  const complete = known.length === costs.length && fee !== null;
  const { unit, needed } = loadOf(offer, thinking);
  const capacity = Math.max(1, Math.ceil(unit === 'requestsPerMinute' ? needed : needed / 1000));
  return {
    count: 1,
    capacity,
    monthlyUsd: complete ? cents(sum(known) + fee) : null,
    // A fee is of the whole deployment, so shares with one are told by use.
    shares: complete && fee === 0 ? known : undefined,
    priceDate:
      workloads.map((workload, i) => prices[i]?.asOf ?? priceDay(offer, workload, setting)).sort()[0] ?? null,
    prices: pricesOf(workloads, prices),
    verdicts: [
      quotaVerdict(offer, unit, needed, setting),
      ...deploymentVerdicts(capacity),
      ...workloads.slice(0, 1).map(workload => priceVerdict(offer, workload, setting)),
      ...tuningVerdicts(offer, fee),
    ],
  };
}

/** What the deployment's quota is counted in, and how much of it the workloads take. */
export function loadOf(
  offer: HostedOffer,
  workloads: readonly Workload[],
): { unit: 'tokensPerMinute' | 'requestsPerMinute' | 'enqueuedTokens'; needed: number } {
  if (isBatchSku(offer.sku)) return { unit: 'enqueuedTokens', needed: sum(workloads.map(tokensPerDay)) };
  return offer.hosted.kind === 'image'
    ? { unit: 'requestsPerMinute', needed: sum(workloads.map(peakRequestsPerMinute)) }
    : { unit: 'tokensPerMinute', needed: sum(workloads.map(peakTokensPerMinute)) };
}

/** Input of a day: what is not done within it waits on, so a backlog is kept out by the average, not by the peak. */
function tokensPerDay({ traffic }: Workload): number {
  return traffic.requestsPerDay * traffic.inputTokens;
}

/** USD a month for keeping a fine-tuned model deployed; null is unknown. */
export function tuningFee(workloads: readonly Workload[], { environment }: Setting): number | null {
  if (!workloads.some(({ fineTuning }) => fineTuning)) return 0;
  const usdPerHour = environment.azure?.fineTunedUsdPerHour;
  return usdPerHour === undefined ? null : usdPerHour * hoursPerMonth;
}

function tuningVerdicts({ model }: HostedOffer, fee: number | null): Verdict[] {
  if (fee === 0) return [];
  if (fee === null) {
    const message = `what a deployment of a fine-tuned ${model} costs an hour is not listed; azure.fineTunedUsdPerHour would say it`;
    return [{ rule: 'fine-tuning-fee', verdict: 'unverified', message }];
  }
  const message = `a deployment of a fine-tuned ${model} costs $${cents(fee / hoursPerMonth)} an hour on top, as azure.fineTunedUsdPerHour says`;
  return [{ rule: 'fine-tuning-fee', verdict: 'pass', message }];
}

/** Prices by workload; null where one is unknown. */
function pricesOf(
  workloads: readonly Workload[],
  prices: readonly (RequestPrice | null)[],
): UnitPrices | null {
  const entries = workloads.flatMap(({ name }, i) => (prices[i] ? [[name, prices[i]] as const] : []));
  if (entries.length < workloads.length) return null;
  return { per: 'request', workloads: Object.fromEntries(entries) };
}

function recordedPrice(offer: HostedOffer, workload: Workload, price: RequestPrice | undefined) {
  return price === undefined ? null : partsUsed(offer, workload, price);
}

/** What a request of the workload pays; null is unknown. */
function requestPriceOf(offer: HostedOffer, workload: Workload, setting: Setting): RequestPrice | null {
  const price = priceOf(offer, workload, setting);
  const image = usesImages(offer, workload);
  const hiddenTokens = hiddenTokensFor(offer.class, workload, setting);
  if (!image && (price?.input ?? null) === null) return null;
  return partsUsed(offer, workload, {
    asOf: priceDay(offer, workload, setting),
    usdPerMillionInput: price?.input ?? (image ? 0 : undefined),
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

function usdPerImageOf({ hosted, sku }: HostedOffer, { image: wish }: Workload, { catalog }: Setting) {
  const image = imagePriceOf(hosted, wish);
  // Image prices are listed for global deployments; other scopes follow the rule for tokens.
  const factor = scopeOf(sku) === 'global' ? 1 : catalog.hostingTerms.unlistedScopeFactor;
  return image && Math.round(image.usdPerImage * factor * 1e8) / 1e8;
}

/** USD a month of one workload; null is unknown. */
function monthlyCost(offer: HostedOffer, workload: Workload, price: RequestPrice | null): number | null {
  if (!price) return null;
  const { fresh, repeated, output } = tokensOf(offer, workload);
  const { usdPerMillionInput = 0, usdPerMillionCachedInput = 0, usdPerMillionOutput = 0 } = price;
  const tokens =
    perToken(usdPerMillionInput, fresh) +
    perToken(usdPerMillionCachedInput, repeated) +
    perToken(usdPerMillionOutput, output);
  return requestsPerMonth(workload) * (workload.traffic.images * (price.usdPerImage ?? 0) + tokens);
}

/** Tokens of one request by what they cost; those of an image are part of its price. */
function tokensOf(
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

function priceOf({ hosted, sku, location }: HostedOffer, { traffic }: Workload, { catalog }: Setting) {
  return tokenCostOf(catalog, hosted, sku, location, traffic.inputTokens);
}

/** Day on which the price was read, YYYY-MM-DD. */
function priceDay(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const ofTokens = offer.hosted.kind === 'image' ? undefined : priceOf(offer, workload, setting)?.asOf;
  return ofTokens ?? setting.catalog.hostedPricesAsOf;
}

function perToken(usdPerMillion: number, tokens: number): number {
  return (usdPerMillion * tokens) / 1e6;
}

function priceVerdict(offer: HostedOffer, workload: Workload, setting: Setting): Verdict {
  const day = priceDay(offer, workload, setting);
  const images = offer.hosted.kind === 'image';
  if (requestPriceOf(offer, workload, setting) === null) {
    const message = `the price of ${images ? 'an image' : 'a token'} of ${offer.model} as ${offer.sku} is not listed`;
    return { rule: 'price', verdict: 'unverified', message };
  }
  const message = images ? imagePriceText(offer, workload, day) : tokenPriceText(offer, workload, setting);
  return { rule: 'price', verdict: 'pass', message };
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
  const derived = price?.basis === 'derived' ? ', derived from the global price' : '';
  const read = `read ${priceDay(offer, workload, setting)}${derived}`;
  const long = longText(offer, workload, setting);
  return `a million tokens cost $${price?.input ?? 0} for input${cached}${output}, ${read}${long}`;
}

/** Only averages are known, so requests that are longer than them are told of, not counted. */
function longText(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const { hosted, sku, location } = offer;
  const beyond = `more than ${count(longInputTokens)} tokens of input`;
  if (priceOf(offer, workload, setting)?.long) return `; this is the price of requests with ${beyond}`;
  const longest = tokenCostOf(setting.catalog, hosted, sku, location, contextNeeded(workload));
  if (!longest?.long) return '';
  const { input } = longest;
  return input === null
    ? `; a request with ${beyond} costs more, and how much is not listed`
    : `; a request with ${beyond} costs $${input} instead`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
