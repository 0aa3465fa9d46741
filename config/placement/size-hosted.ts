import { imagePriceOf, tokenCostOf } from '../catalog';
import type { Workload } from '../environment';
import { cents, count, usd } from './figures';
import { hoursPerMonth, kindOf, peakRequestsPerMinute, peakTokensPerMinute, requestsPerMonth } from './needs';
import { isProvisioned } from './rules/hosted-rules';
import { scopeOf } from './rules/place-rules';
import type { UnitSize } from './size';
import type { HostedOffer, Setting, Verdict } from './types';

/** Capacity, quota and price of one deployment that serves all these workloads. */
export function sizeHosted(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): UnitSize {
  return isProvisioned(offer)
    ? sizeProvisioned(offer, workloads, setting)
    : sizeByToken(offer, workloads, setting);
}

function sizeByToken(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): UnitSize {
  const images = offer.hosted.kind === 'image';
  const requests = sum(workloads.map(peakRequestsPerMinute));
  const tokens = sum(workloads.map(peakTokensPerMinute));
  const costs = workloads.map(workload => monthlyCost(offer, workload, setting));
  const known = costs.filter(cost => cost !== null);
  const capacity = Math.max(1, Math.ceil(images ? requests : tokens / 1000));
  return {
    count: 1,
    capacity,
    monthlyUsd: known.length === costs.length ? cents(sum(known)) : null,
    shares: known.length === costs.length ? known : undefined,
    priceDate: setting.catalog.hostedPricesAsOf,
    verdicts: [
      quotaVerdict(
        offer,
        images ? 'requestsPerMinute' : 'tokensPerMinute',
        images ? requests : tokens,
        setting,
      ),
      ...workloads.slice(0, 1).map(workload => priceVerdict(offer, workload, setting)),
    ],
  };
}

/** USD a month of one workload; null is unknown. */
function monthlyCost(offer: HostedOffer, workload: Workload, setting: Setting): number | null {
  const requests = requestsPerMonth(workload);
  const { traffic } = workload;
  const price = tokenCostOf(setting.catalog, offer.hosted, offer.sku, offer.location);
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
  const day = setting.catalog.hostedPricesAsOf;
  if (monthlyCost(offer, workload, setting) === null) {
    const what = offer.hosted.kind === 'image' ? 'an image' : 'a token';
    return {
      rule: 'price',
      verdict: 'unverified',
      message: `the price of ${what} of ${offer.model} as ${offer.sku} is not listed`,
    };
  }
  if (offer.hosted.kind === 'image') {
    const image = imagePriceOf(offer.hosted, workload.image);
    const quality = image?.quality ? ` in ${image.quality} quality` : '';
    return {
      rule: 'price',
      verdict: 'pass',
      message: `an image costs $${image?.usdPerImage ?? 0}${quality}, read ${day}`,
    };
  }
  const price = tokenCostOf(setting.catalog, offer.hosted, offer.sku, offer.location);
  const derived = price?.basis === 'derived' ? ', derived from the global price' : '';
  const output = workload.traffic.outputTokens > 0 ? ` and $${price?.output ?? 0} for output` : '';
  return {
    rule: 'price',
    verdict: 'pass',
    message: `a million tokens cost $${price?.input ?? 0} for input${output}, read ${day}${derived}`,
  };
}

function quotaVerdict(
  offer: HostedOffer,
  unit: 'tokensPerMinute' | 'requestsPerMinute',
  peak: number,
  setting: Setting,
): Verdict {
  const own = ownQuota(offer, setting)?.[unit];
  const limit = own ?? offer.hosted.quota?.[offer.sku]?.[unit] ?? null;
  const name = unit === 'tokensPerMinute' ? 'tokens' : 'requests';
  const whose = own === undefined ? 'the quota of the lowest usage tier' : "the subscription's quota";
  if (limit === null) {
    return {
      rule: 'quota',
      verdict: 'unverified',
      message: `the peak takes ${count(peak)} ${name} a minute, and the quota of ${offer.model} as ${offer.sku} is not published; azure.quotas would say it`,
    };
  }
  const message = `the peak takes ${count(peak)} ${name} a minute, and ${whose} is ${count(limit)}`;
  return { rule: 'quota', verdict: peak <= limit ? 'pass' : 'fail', message };
}

function ownQuota(offer: HostedOffer, { environment }: Setting) {
  return environment.azure?.quotas.find(
    ({ model, sku, location }) =>
      model === offer.model && sku === offer.sku && (location === undefined || location === offer.location),
  );
}

/** Provisioned throughput units: minimum, increment, and the rate that they are paid at. */
function sizeProvisioned(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): UnitSize {
  const { catalog } = setting;
  const terms = offer.hosted.provisioned;
  const scope = { global: 'global', zone: 'dataZone', region: 'regional' } as const;
  const minimum = terms?.minimum[scope[scopeOf(offer.sku)]] ?? null;
  const increment = terms?.increment[scope[scopeOf(offer.sku)]] ?? null;
  const ratio = terms?.outputToInputRatio ?? null;
  const priceDate = catalog.hostingTerms.provisionedPricesAsOf;
  if (!terms || minimum === null || increment === null || ratio === null) {
    const message = `how many provisioned units ${offer.model} needs as ${offer.sku} is not published`;
    return {
      count: 1,
      capacity: 1,
      monthlyUsd: null,
      priceDate,
      verdicts: [{ rule: 'quota', verdict: 'unverified', message }],
    };
  }
  const load = sum(
    workloads.map(
      ({ traffic, ...rest }) =>
        peakRequestsPerMinute({ traffic, ...rest }) *
        (traffic.inputTokens * (1 - traffic.cachedInputShare) + ratio * traffic.outputTokens),
    ),
  );
  const units = Math.max(
    minimum,
    Math.ceil(load / terms.inputTokensPerMinutePerUnit / increment) * increment,
  );
  const rate =
    catalog.hostingTerms.provisionedUnitUsdPerHour[
      offer.sku as keyof typeof catalog.hostingTerms.provisionedUnitUsdPerHour
    ];
  const price: Verdict = {
    rule: 'price',
    verdict: 'pass',
    message: `${units} provisioned units cost ${usd(rate)} an hour each, read ${priceDate}`,
  };
  return {
    count: 1,
    capacity: units,
    monthlyUsd: cents(units * rate * hoursPerMonth),
    priceDate,
    verdicts: [unitQuota(offer, units, setting), price],
  };
}

function unitQuota(offer: HostedOffer, units: number, setting: Setting): Verdict {
  const limit = ownQuota(offer, setting)?.provisionedUnits;
  if (limit === undefined) {
    return {
      rule: 'quota',
      verdict: 'unverified',
      message: `the peak takes ${units} provisioned units, and the subscription's quota of them is not stated; azure.quotas would say it`,
    };
  }
  return {
    rule: 'quota',
    verdict: units <= limit ? 'pass' : 'fail',
    message: `the peak takes ${units} provisioned units, and the subscription's quota is ${limit}`,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
