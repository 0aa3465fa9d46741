import type { Workload } from '../../config/environment';
import type { Offer, Rule, Setting, Verdict } from '../types';
import { billingRules } from './billing-rules';
import { hostedRules } from './hosted-rules';
import { machineRules } from './machine-rules';
import { modelRules } from './model-rules';
import { placeRules } from './place-rules';
import { tuningRules } from './tuning-rules';

/** Every rule that needs no sizing, in the order in which an explanation names them. */
export const rules: readonly Rule[] = [
  ...placeRules,
  ...modelRules,
  ...tuningRules,
  ...machineRules,
  ...hostedRules,
  ...billingRules,
];

/** Whether every rule that has something to say lets the offer pass; the rest need not run once one does not. */
export function passes(offer: Offer, workload: Workload, setting: Setting): boolean {
  return rules.every(rule => (rule.judge(offer, workload, setting)?.verdict ?? 'pass') === 'pass');
}

/** All rules run, and all that have something to say are reported. */
export function judge(offer: Offer, workload: Workload, setting: Setting): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const rule of rules) {
    const judgement = rule.judge(offer, workload, setting);
    if (judgement) verdicts.push({ rule: rule.id, verdict: judgement.verdict, message: judgement.message });
  }
  return verdicts;
}
