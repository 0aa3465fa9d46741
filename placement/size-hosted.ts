import { imagePriceOf, longInputTokens, tokenCostOf } from '../catalog';
import type { Workload } from '../config/environment';
import { cents, count } from './figures';
import { quotaVerdict } from './hosted-quota';
import {
  contextNeeded,
  hoursPerMonth,
  kindOf,
  peakRequestsPerMinute,
  peakTokensPerMinute,
  requestsPerMonth,
} from './needs';
import { isBatch } from './rules/billing-rules';
import { isProvisioned } from './rules/hosted-rules';
import { scopeOf } from './rules/place-rules';
import type { UnitSize } from './size';
import { sizeProvisioned } from './size-provisioned';
import type { HostedOffer, Setting, Verdict } from './types';

/** Capacity, quota and price of one deployment that serves all these workloads. */
export function sizeHosted(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): UnitSize {
  return isProvisioned(offer)
    ? sizeProvisioned(offer, workloads, setting)
    : sizeByToken(offer, workloads, setting);
}

function sizeByToken(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): UnitSize {
  const costs = workloads.map(workload => monthlyCost(offer, workload, setting));
  const known = costs.filter(cost => cost !== null);
  const fee = tuningFee(workloads, setting);
  const complete = known.length === costs.length && fee !== null;
  const { unit, needed } = loadOf(offer, workloads);
  return {
    count: 1,
    capacity: Math.max(1, Math.ceil(unit === 'requestsPerMinute' ? needed : needed / 1000)),
    monthlyUsd: complete ? cents(sum(known) + fee) : null,
    // A fee is of the whole deployment, so shares with one are told by use.
    shares: complete && fee === 0 ? known : undefined,
    priceDate: workloads.map(workload => priceDay(offer, workload, setting)).sort()[0] ?? null,
    verdicts: [
      quotaVerdict(offer, unit, needed, setting),
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
  if (isBatch(offer)) return { unit: 'enqueuedTokens', needed: sum(workloads.map(tokensPerDay)) };
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

/** USD a month of one workload; null is unknown. */
function monthlyCost(offer: HostedOffer, workload: Workload, setting: Setting): number | null {
  const requests = requestsPerMonth(workload);
  const { traffic } = workload;
  const price = priceOf(offer, workload, setting);
  const input = inputCost(price?.input ?? null, price?.cachedInput ?? null, traffic);
  if (kindOf(workload) === 'image' || offer.hosted.kind === 'image') {
    const image = imagePriceOf(offer.hosted, workload.image);
    if (!image) return null;
    // Image prices are listed for global deployments; other scopes follow the rule for tokens.
    const factor = scopeOf(offer.sku) === 'global' ? 1 : setting.catalog.hostingTerms.unlistedScopeFactor;
    return requests * (traffic.images * image.usdPerImage * factor + (input ?? 0));
  }
  const output = traffic.outputTokens === 0 ? 0 : perToken(price?.output ?? null, traffic.outputTokens);
  return input === null || output === null ? null : requests * (input + output);
}

function priceOf({ hosted, sku, location }: HostedOffer, { traffic }: Workload, { catalog }: Setting) {
  return tokenCostOf(catalog, hosted, sku, location, traffic.inputTokens);
}

/** Day on which the price was read, YYYY-MM-DD. */
function priceDay(offer: HostedOffer, workload: Workload, setting: Setting): string {
  const ofTokens = offer.hosted.kind === 'image' ? undefined : priceOf(offer, workload, setting)?.asOf;
  return ofTokens ?? setting.catalog.hostedPricesAsOf;
}

function inputCost(input: number | null, cached: number | null, traffic: Workload['traffic']): number | null {
  const share = traffic.cachedInputShare;
  const fresh = perToken(input, traffic.inputTokens * (1 - share));
  const repeated = perToken(cached, traffic.inputTokens * share);
  return fresh === null || repeated === null ? null : fresh + repeated;
}

function perToken(usdPerMillion: number | null, tokens: number): number | null {
  return usdPerMillion === null ? null : (usdPerMillion * tokens) / 1e6;
}

function priceVerdict(offer: HostedOffer, workload: Workload, setting: Setting): Verdict {
  const day = priceDay(offer, workload, setting);
  const images = offer.hosted.kind === 'image';
  if (monthlyCost(offer, workload, setting) === null) {
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
