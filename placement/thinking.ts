import { worstOf } from '../catalog';
import type { Effort, Fact, Reasoning } from '../catalog';
import type { Workload } from '../config/environment';
import type { OfferClass } from './offer';
import { isIndex, needOf, qualityFact } from './quality';
import type { QualityNeed } from './quality';
import { effortOf, hiddenTokensAt } from './reasoning';
import { verifiedFacts } from './rules/verified-facts';
import type { Setting } from './setting';

/** How an offer's model thinks; undefined where it does not. */
export function reasoningOf({ hosted, weights }: OfferClass): Reasoning | undefined {
  return hosted ? hosted.reasoning : weights?.open.reasoning;
}

/** Effort that callers of a workload are to ask an offer for; undefined where its model does not think. */
export function effortFor(offer: OfferClass, workload: Workload, setting: Setting): Effort | undefined {
  const reasoning = reasoningOf(offer);
  if (!reasoning) return undefined;
  const need = needOf(workload, setting);
  const tried = verifiedFacts(offer, workload, setting).find(({ quality }) => quality !== undefined)?.quality;
  return effortOf(
    reasoning,
    workload,
    // What the team tried, it tried with the least effort.
    effort => !need || (tried ?? -Infinity) >= need.score || meets(offer, need, effort, setting),
  );
}

function meets(offer: OfferClass, need: QualityNeed, effort: Effort, setting: Setting): boolean {
  const fact = qualityAt(offer, need.measure, effort, setting);
  return fact.evidence !== 'unknown' && worstOf(fact) >= need.score;
}

/** Tokens that a request of a workload typically thinks on an offer, which nobody reads. */
export function hiddenTokensFor(offer: OfferClass, workload: Workload, setting: Setting): number {
  // A lock records them itself; one that was written before they were counted has none.
  if (setting.isCommitted) return 0;
  return hiddenTokensAt(reasoningOf(offer), effortFor(offer, workload, setting));
}

/** Quality of an offer's model when it thinks so hard: indices were measured with much thinking. */
export function qualityAt(
  offer: OfferClass,
  measure: QualityNeed['measure'],
  effort: Effort | undefined,
  { catalog }: Setting,
): Fact<number> {
  const fact = qualityFact(catalog, offer.facts.name, measure);
  const loss = effort === undefined ? 0 : (reasoningOf(offer)?.indexLoss[effort] ?? 0);
  if (fact.evidence === 'unknown' || loss === 0 || !isIndex(measure)) return fact;
  return {
    evidence: 'estimated',
    value: hundredths(fact.value - loss),
    worst: hundredths(worstOf(fact) - loss),
    from: `${fact.evidence === 'estimated' ? `${fact.from}: ` : ''}${fact.value} with more thinking, less ${loss} at effort ${effort}`,
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
