import type { Workload } from '../../config/environment';
import type { Assignment, UnitSize } from '../candidate';
import type { Dimension } from '../dominance';
import type { Offer } from '../offer';
import type { CapacityRule, Setting } from '../setting';
import type { Verdict } from '../verdict';
import { rulesOf } from './index';

/** Whether any capacity rule has something to say of a workload. */
export function hasLimits(workload: Workload, setting: Setting): boolean {
  return rulesOf(setting).capacities.some(rule => rule.most(workload) !== undefined);
}

/** What capacity rules say of a candidate. @param alone its size for this workload alone, asked for where it is needed */
export function judgeCandidate(
  { workload, offer }: Assignment,
  alone: () => Pick<UnitSize, 'count'>,
  setting: Setting,
): Verdict[] {
  return rulesOf(setting).capacities.flatMap((rule): Verdict[] => {
    const most = rule.most(workload);
    if (most === undefined) return [];
    const each = rule.each(offer, setting);
    const amount = each === null ? null : each * alone().count;
    const verdict = amount === null ? 'unverified' : amount <= most ? 'pass' : 'fail';
    return [{ rule: rule.id, verdict, message: rule.say(amount, most, offer, setting) }];
  });
}

/** What no dominance filter may drop something for that is better in it: the amounts that any workload limits. */
export function limitedDimensions(setting: Setting): Dimension<{ readonly offer: Offer }>[] {
  return rulesOf(setting)
    .capacities.filter(rule => setting.environment.workloads.some(each => rule.most(each) !== undefined))
    .map((rule: CapacityRule) => ({
      id: rule.id,
      better: 'less' as const,
      of: ({ offer }) => rule.each(offer, setting),
    }));
}
