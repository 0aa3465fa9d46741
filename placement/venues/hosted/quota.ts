import { deploymentCapacity } from '../../../limits/deployment';
import type { Environment } from '../../../config/environment';
import { count } from '../../figures';
import type { Setting } from '../../setting';
import type { Remedy, Verdict } from '../../verdict';
import type { HostedOffer } from './offers';

/** What a quota of a deployment is counted in. */
export type QuotaUnit = 'tokensPerMinute' | 'requestsPerMinute' | 'provisionedUnits' | 'enqueuedTokens';

const asks: Readonly<Record<QuotaUnit, (needed: number) => string>> = {
  tokensPerMinute: needed => `the peak takes ${count(needed)} tokens a minute`,
  requestsPerMinute: needed => `the peak takes ${count(needed)} requests a minute`,
  provisionedUnits: needed => `the peak takes ${count(needed)} provisioned units`,
  enqueuedTokens: needed => `a day's ${count(needed)} tokens may wait at once`,
};

/** Whether the subscription's own quota, or else the published default, holds what is needed. */
export function quotaVerdict(offer: HostedOffer, unit: QuotaUnit, needed: number, setting: Setting): Verdict {
  const own = ownQuota(offer, setting)?.[unit];
  const limit = quotaLimit(offer, unit, setting);
  if (limit === null) {
    const unknown =
      unit === 'provisionedUnits'
        ? "the subscription's quota of them is not stated"
        : `the quota of ${offer.model} as ${offer.sku} is not published`;
    const message = `${asks[unit](needed)}, and ${unknown}; azure.quotas would say it`;
    return { rule: 'quota', verdict: 'unverified', message, remedy: quotaRemedy(offer, unit, needed) };
  }
  const whose = own === undefined ? publishedName(unit) : "the subscription's quota";
  const message = `${asks[unit](needed)}, and ${whose} is ${count(limit)}`;
  if (needed <= limit) return { rule: 'quota', verdict: 'pass', message };
  return {
    rule: 'quota',
    verdict: 'fail',
    message: `${message}; ask Azure for more quota`,
    remedy: quotaRemedy(offer, unit, needed),
  };
}

/** The line that states the quota once Azure has granted it. */
function quotaRemedy({ model, sku, location }: HostedOffer, unit: QuotaUnit, needed: number): Remedy {
  return {
    how: 'arrange',
    key: 'azure.quotas',
    line: `- { model: ${model}, sku: ${sku}, location: ${location}, ${unit}: ${Math.ceil(needed)} }`,
  };
}

/** A deployment that takes more capacity than one has; nothing where it does not. */
export function deploymentVerdicts(capacity: number): Verdict[] {
  if (capacity <= deploymentCapacity) return [];
  const message = `it takes a capacity of ${count(capacity)}, and one deployment has at most ${count(deploymentCapacity)}; divide the workload`;
  return [{ rule: 'quota', verdict: 'fail', message }];
}

/** Most that one deployment takes of a quota, in the quota's own measure. */
export function deploymentLimit(unit: QuotaUnit): number {
  return deploymentCapacity * (unit === 'tokensPerMinute' || unit === 'enqueuedTokens' ? 1000 : 1);
}

/** Quota of the offer's model, SKU and location, which all its versions share; null is unknown. */
export function quotaLimit(offer: HostedOffer, unit: QuotaUnit, setting: Setting): number | null {
  return ownQuota(offer, setting)?.[unit] ?? publishedQuota(offer, unit, setting);
}

function publishedName(unit: QuotaUnit): string {
  return unit === 'enqueuedTokens'
    ? 'the quota of the smallest paid subscription'
    : 'the quota of the lowest usage tier';
}

function publishedQuota({ hosted, sku }: HostedOffer, unit: QuotaUnit, { catalog }: Setting): number | null {
  switch (unit) {
    case 'tokensPerMinute':
    case 'requestsPerMinute':
      return hosted.quota?.[sku]?.[unit] ?? null;
    case 'enqueuedTokens':
      return catalog.hostingTerms.batchQuota[sku]?.[hosted.name] ?? null;
    case 'provisionedUnits':
      return null;
  }
}

type OwnQuota = NonNullable<Environment['azure']>['quotas'][number];

function ownQuota(offer: HostedOffer, { environment }: Setting): OwnQuota | undefined {
  return environment.azure?.quotas.find(
    ({ model, sku, location }) =>
      model === offer.model && sku === offer.sku && (location === undefined || location === offer.location),
  );
}
