import { deploymentCapacity } from '../../../limits/deployment';
import type { Environment, Workload } from '../../../config/environment';
import { unknownFact } from '../../../catalog';
import type { DeploymentSku, Fact, HostedModel } from '../../../catalog';
import { acceptsEstimates } from '../../evidence';
import { atLeast, atMost } from '../../figures';
import { isGranted } from '../../granting';
import type { Setting } from '../../setting';
import type { Remedy, Verdict } from '../../verdict';
import type { HostedOffer } from './offers';

/** What a quota of a deployment is counted in. */
export type QuotaUnit = 'tokensPerMinute' | 'requestsPerMinute' | 'provisionedUnits' | 'enqueuedTokens';

const asks: Readonly<Record<QuotaUnit, (needed: number) => string>> = {
  tokensPerMinute: needed => `the peak takes ${atLeast(needed)} tokens a minute`,
  requestsPerMinute: needed => `the peak takes ${atLeast(needed)} requests a minute`,
  provisionedUnits: needed => `the peak takes ${atLeast(needed)} provisioned units`,
  enqueuedTokens: needed => `a day's ${atLeast(needed)} tokens may wait at once`,
};

/**
 * Whether the subscription's own quota, or else the published default, holds what is needed.
 * @param needed by all workloads together
 * @param need by some of them, asked where others may take more than there is
 */
export function quotaVerdict(
  offer: HostedOffer,
  unit: QuotaUnit,
  needed: number,
  need: (some: readonly Workload[]) => number,
  workloads: readonly Workload[],
  setting: Setting,
): Verdict {
  const all = judgeQuota(offer, unit, needed, workloads, setting);
  const others = workloads.filter(each => !isQuotaGranted(each, setting));
  if (all.verdict === 'pass' || others.length === workloads.length) return all;
  const isEnough =
    others.length === 0 || judgeQuota(offer, unit, need(others), others, setting).verdict === 'pass';
  return isEnough ? { ...all, verdict: 'pass' } : all;
}

/** Whether a workload may take more than there is, which Azure is then to be asked for. */
export function isQuotaGranted({ name }: Workload, { granted }: Setting): boolean {
  return isGranted('arrange', granted?.get(name));
}

function judgeQuota(
  offer: HostedOffer,
  unit: QuotaUnit,
  needed: number,
  workloads: readonly Workload[],
  setting: Setting,
): Verdict {
  const fact = quotaFact(offer, unit, setting);
  const remedy = quotaRemedy(offer, unit, needed);
  if (fact.evidence === 'unknown') {
    const unknown =
      unit === 'provisionedUnits'
        ? "the subscription's quota of them is not stated"
        : `the quota of ${offer.model} as ${offer.sku} is not published`;
    const message = `${asks[unit](needed)}, and ${unknown}; azure.quotas would say it`;
    return { rule: 'quota', verdict: 'unverified', message, remedy };
  }
  const estimated = fact.evidence === 'estimated';
  const whose = estimated ? `its quota, estimated from ${fact.from},` : fact.from;
  const message = `${asks[unit](needed)}, and ${whose} is ${atMost(fact.value)}`;
  if (needed > fact.value)
    return { rule: 'quota', verdict: 'fail', message: `${message}; ask Azure for more quota`, remedy };
  if (estimated && !workloads.every(each => acceptsEstimates('quotas', each, setting.environment))) {
    const strict = `${message}, and evidence is verified; azure.quotas would say it`;
    return { rule: 'quota', verdict: 'unverified', message: strict, remedy };
  }
  return { rule: 'quota', verdict: 'pass', message, ...(estimated ? { estimated } : {}) };
}

/** The line that states the quota once Azure has granted it. */
function quotaRemedy({ hosted, sku, location }: HostedOffer, unit: QuotaUnit, needed: number): Remedy {
  return {
    how: 'arrange',
    key: 'azure.quotas',
    line: `- { model: ${hosted.name}, sku: ${sku}, location: ${location}, ${unit}: ${Math.ceil(needed)} }`,
  };
}

/** A deployment that takes more capacity than one has; nothing where it does not. */
export function deploymentVerdicts(capacity: number): Verdict[] {
  if (capacity <= deploymentCapacity) return [];
  const message = `it takes a capacity of ${atLeast(capacity)}, and one deployment has at most ${atMost(deploymentCapacity)}; divide the workload`;
  return [{ rule: 'quota', verdict: 'fail', message }];
}

/** Most that one deployment takes of a quota, in the quota's own measure. */
export function deploymentLimit(unit: QuotaUnit): number {
  return deploymentCapacity * (unit === 'tokensPerMinute' || unit === 'enqueuedTokens' ? 1000 : 1);
}

/** Quota of the offer's model, SKU and location, which all its versions share; null is unknown. */
export function quotaLimit(offer: HostedOffer, unit: QuotaUnit, setting: Setting): number | null {
  const fact = quotaFact(offer, unit, setting);
  return fact.evidence === 'unknown' ? null : fact.value;
}

/** The subscription's own quota, else what is published of every subscription, else what somebody saw. */
function quotaFact(offer: HostedOffer, unit: QuotaUnit, setting: Setting): Fact<number> {
  const own = ownQuota(offer, setting)?.[unit];
  if (own !== undefined) return { evidence: 'stated', value: own, from: "the subscription's quota" };
  const { hosted, sku } = offer;
  const { batchQuota } = setting.catalog.hostingTerms;
  switch (unit) {
    case 'tokensPerMinute':
    case 'requestsPerMinute':
      return publishedQuota(hosted, sku, unit, setting);
    case 'enqueuedTokens':
      return statedQuota(batchQuota[sku]?.[hosted.name], 'the quota of the smallest paid subscription');
    case 'provisionedUnits':
      return unknownFact;
  }
}

type Quota = NonNullable<NonNullable<HostedModel['quota']>[DeploymentSku]>;

function publishedQuota(
  hosted: HostedModel,
  sku: DeploymentSku,
  unit: 'tokensPerMinute' | 'requestsPerMinute',
  { catalog }: Setting,
): Fact<number> {
  const { observed, [unit]: limit = null }: Partial<Quota> = hosted.quota?.[sku] ?? {};
  if (limit !== null && observed !== undefined)
    return { evidence: 'estimated', value: limit, worst: limit, from: observed };
  if (limit !== null) return statedQuota(limit, 'the quota of the lowest usage tier');
  return isOfTheRest(hosted, sku)
    ? statedQuota(catalog.hostingTerms.otherModelsQuota[unit], 'the default of models that Azure sells')
    : unknownFact;
}

function statedQuota(value: number | undefined, from: string): Fact<number> {
  return value === undefined ? unknownFact : { evidence: 'stated', value, from };
}

/** Models of text that Azure sells have one default, those of OpenAI aside. */
function isOfTheRest({ soldBy, format, kind }: HostedModel, sku: DeploymentSku): boolean {
  const shared = sku === 'GlobalStandard' || sku === 'DataZoneStandard';
  return shared && soldBy === 'azure' && format !== 'OpenAI' && (kind === 'chat' || kind === 'embedding');
}

type OwnQuota = NonNullable<Environment['azure']>['quotas'][number];

function ownQuota(offer: HostedOffer, { environment }: Setting): OwnQuota | undefined {
  return environment.azure?.quotas.find(
    ({ model, sku, location }) =>
      model === offer.hosted.name &&
      sku === offer.sku &&
      (location === undefined || location === offer.location),
  );
}
