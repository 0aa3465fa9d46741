import { isProvisionedSku, latencyOfHosted, worstOf } from '../../catalog';
import type { KnownFact } from '../../catalog';
import type { Workload } from '../../config/environment';
import { usable } from '../evidence';
import { round } from '../figures';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { hiddenTokensFor } from '../thinking';
import { fail, pass, passByEstimate, unverified } from '../verdict';
import type { Judgement, Remedy } from '../verdict';
import { isBatch } from './billing-rules';
import { verifiedLine } from './remedies';
import { verifiedFacts } from './verified-facts';

export const latencyRule: RequirementRule = {
  id: 'latency',
  why: 'a promise or a measurement counts; what is typical is an estimate, and counts at its slow end',
  judge: (offer, workload, setting) =>
    offer.hosted && workload.latency ? judgeLatency(offer, workload, setting) : undefined,
};

function judgeLatency(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  if (isBatch(offer)) return fail('latency is asked for, and a batch deployment may take up to 24 hours');
  const { firstTokenSeconds: first, tokensPerSecond: rate } = workload.latency ?? {};
  const judged = [
    ...(first === undefined
      ? []
      : [
          judgeSpeed(offer, workload, setting, {
            what: `first token within ${round(first)} s`,
            fact: firstTokenOf(offer, workload, setting),
            isMet: seconds => seconds <= first,
            unit: 's',
            remedy: verifiedLine(offer, 'firstTokenSeconds: <seconds>'),
          }),
        ]),
    ...(rate === undefined
      ? []
      : [
          judgeSpeed(offer, workload, setting, {
            what: `at least ${round(rate)} tokens a second`,
            fact: rateOf(offer, workload, setting),
            isMet: tokens => tokens >= rate,
            unit: 'tokens a second',
            remedy: verifiedLine(offer, 'tokensPerSecond: <tokens>'),
          }),
        ]),
  ];
  return (
    judged.find(each => each?.verdict === 'fail') ??
    judged.find(each => each?.verdict === 'unverified') ??
    together(judged)
  );
}

function together(judged: readonly Judgement[]): Judgement {
  const message = judged.flatMap(each => each?.message ?? []).join('; ');
  return judged.some(each => each?.estimated) ? passByEstimate(message) : judged[0] && pass(message);
}

interface Speed {
  readonly what: string;
  readonly fact: KnownFact<number>;
  readonly isMet: (value: number) => boolean;
  readonly unit: string;
  readonly remedy: Remedy;
}

function judgeSpeed(
  offer: OfferClass,
  workload: Workload,
  { environment }: Setting,
  { what, fact, isMet, unit, remedy }: Speed,
): Judgement {
  const asked = `${what} is asked for`;
  if (fact.evidence !== 'estimated') {
    const message = `${asked}, and ${offer.model} was measured or is promised at ${round(fact.value)}`;
    return isMet(fact.value) ? pass(message) : fail(message);
  }
  const estimate = `${offer.model} has about ${round(fact.value)} ${unit}, at worst ${round(worstOf(fact))}, estimated from ${fact.from}`;
  if (!usable(fact, 'latency', workload, environment))
    return unverified(
      `${asked}, and nobody promises it for ${offer.model} as ${offer.sku}; verified[] would say it`,
      remedy,
    );
  return isMet(worstOf(fact))
    ? passByEstimate(`${asked}, and ${estimate}`)
    : fail(`${asked}, and ${estimate}`, isMet(fact.value) ? { ...remedy, how: 'confirm' } : undefined);
}

/** What the model thinks comes before its first token that somebody reads. */
function firstTokenOf(offer: OfferClass, workload: Workload, setting: Setting): KnownFact<number> {
  const measured = verifiedFacts(offer, workload, setting).find(each => each.firstTokenSeconds !== undefined);
  if (measured?.firstTokenSeconds !== undefined)
    return { evidence: 'measured', value: measured.firstTokenSeconds, from: measured.by };
  const { firstTokenSeconds: fact } = latencyOfHosted(setting.catalog.latency, offer.facts.name);
  const rate = rateOf(offer, workload, setting);
  const hidden = hiddenTokensFor(offer, workload, setting);
  return {
    evidence: 'estimated',
    value: fact.value + hidden / rate.value,
    worst: worstOf(fact) + hidden / worstOf(rate),
    from: `${fact.from}${hidden > 0 ? `, ${hidden} tokens of thinking included` : ''}`,
  };
}

function rateOf(offer: OfferClass, workload: Workload, setting: Setting): KnownFact<number> {
  const measured = verifiedFacts(offer, workload, setting).find(each => each.tokensPerSecond !== undefined);
  if (measured?.tokensPerSecond !== undefined)
    return { evidence: 'measured', value: measured.tokensPerSecond, from: measured.by };
  const promised = isProvisionedSku(offer.sku ?? '')
    ? (offer.hosted?.provisioned?.tokensPerSecondTarget99 ?? null)
    : null;
  if (promised !== null)
    return { evidence: 'stated', value: promised, from: 'the target of provisioned throughput' };
  return latencyOfHosted(setting.catalog.latency, offer.facts.name).tokensPerSecond;
}
