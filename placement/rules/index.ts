import type { Workload } from '../../config/environment';
import { settled } from '../granting';
import type { Offer, OfferClass } from '../offer';
import type { RequirementRule, Rules, Setting } from '../setting';
import type { Verdict } from '../verdict';
import { billingRules } from './billing-rules';
import { carbonRule } from './carbon-rule';
import { hostedRules } from './hosted-rules';
import { machineRules } from './machine-rules';
import { managedComputeRules } from './managed-compute-rules';
import { modelRules } from './model-rules';
import { placeRules } from './place-rules';
import { tuningRules } from './tuning-rules';

/** Every rule that needs no sizing, in the order in which an explanation names them. */
const requirements: readonly RequirementRule[] = [
  ...placeRules,
  ...modelRules,
  ...tuningRules,
  ...machineRules,
  ...hostedRules,
  ...managedComputeRules,
  ...billingRules,
];

export const allRules: Rules = { requirements, capacities: [carbonRule] };

export function rulesOf({ rules = allRules }: Setting): Rules {
  return rules;
}

/** Whether every rule that has something to say lets the offer pass; the rest need not run once one does not. */
export function passes(offer: OfferClass, workload: Workload, setting: Setting): boolean {
  return rulesOf(setting).requirements.every(
    rule =>
      (settled(rule.judge(offer, workload, setting), workload, setting.granted)?.verdict ?? 'pass') ===
      'pass',
  );
}

/** All rules run, and all that have something to say are reported. */
export function judge(offer: OfferClass, workload: Workload, setting: Setting): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const rule of rulesOf(setting).requirements) {
    const judgement = settled(rule.judge(offer, workload, setting), workload, setting.granted);
    if (judgement) verdicts.push({ rule: rule.id, ...judgement });
  }
  return verdicts;
}

/**
 * A class as a workload sees it. One that pins a SKU tells the offers of that SKU from all others, which it cannot tell
 * apart among themselves.
 */
export function seenBy({ pin }: Workload, offer: OfferClass, sku: string): OfferClass {
  return pin?.sku !== undefined && offer.sku === null && sku === pin.sku ? { ...offer, sku } : offer;
}

/** What the rules say of an offer for a workload: of its class, as the workload sees it. */
export function judgeOffer(offer: Offer, workload: Workload, setting: Setting): Verdict[] {
  return judge(seenBy(workload, offer.class, offer.sku), workload, setting);
}
