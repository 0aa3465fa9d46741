import { isBatchSku } from '../../../catalog';
import type { Workload } from '../../../config/environment';
import type { UnitSize } from '../../candidate';
import { cents } from '../../figures';
import { peakRequestsPerMinute, peakTokensPerMinute, requestsPerDay, requestsPerMonth } from '../../needs';
import { thinkingWorkload } from '../../reasoning';
import type { Setting } from '../../setting';
import type { RequestPrice, UnitPrices } from '../../unit';
import type { HostedOffer } from './offers';
import { deploymentVerdicts, quotaVerdict } from './quota';
import { tuningFee, tuningVerdicts } from './tuning-cost';
import { priceDay, priceVerdict, recordedPrice, requestPriceOf, tokensOf } from './request-price';

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
  const thinkingOf = (workload: Workload): Workload =>
    thinkingWorkload(workload, prices[workloads.indexOf(workload)]?.hiddenTokens ?? 0);
  const thinking = workloads.map(thinkingOf);
  const costs = thinking.map((workload, i) => monthlyCost(offer, workload, prices[i] ?? null));
  const known = costs.filter(cost => cost !== null);
  const fee = tuningFee(offer, workloads, setting);
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
      quotaVerdict(offer, unit, needed, of => loadOf(offer, of.map(thinkingOf)).needed, workloads, setting),
      ...deploymentVerdicts(capacity),
      ...workloads.slice(0, 1).map(workload => priceVerdict(offer, workload, setting)),
      ...tuningVerdicts(offer, workloads, setting),
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
function tokensPerDay(workload: Workload): number {
  return requestsPerDay(workload) * workload.traffic.inputTokens;
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

function perToken(usdPerMillion: number, tokens: number): number {
  return (usdPerMillion * tokens) / 1e6;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
