import type { Workload } from '../../../config/environment';
import { cents } from '../../figures';
import { hoursPerMonth } from '../../needs';
import type { Setting } from '../../setting';
import { planOf, trainingCostOf, tunedModelOf } from '../../tuning';
import type { Verdict } from '../../verdict';
import type { HostedOffer } from './offers';

/** USD a month for keeping fine-tuned models deployed, and for trainings that come again; null is unknown. */
export function tuningFee(
  offer: HostedOffer,
  workloads: readonly Workload[],
  setting: Setting,
): number | null {
  const shared = sharedFee(workloads, setting);
  const own = workloads.map(workload => ownFee(offer, workload, setting));
  return [shared, ...own].reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

/** The part that all workloads on one deployment pay together. */
export function sharedFee(workloads: readonly Workload[], setting: Setting): number | null {
  return workloads.some(each => each.fineTuning && !isPlanned(each)) ? feeOf(setting) : 0;
}

/** A model that is yet to be tuned for a workload will be a deployment of its own. */
function ownFee(offer: HostedOffer, workload: Workload, setting: Setting): number | null {
  const again = trainingCostOf(workload, offer.hosted.name, setting)?.monthlyUsd;
  const fee = isPlanned(workload) ? feeOf(setting) : 0;
  return again === null || fee === null ? null : fee + (again ?? 0);
}

function isPlanned(workload: Workload): boolean {
  return planOf(workload) !== undefined && tunedModelOf(workload) === undefined;
}

function feeOf({ environment }: Setting): number | null {
  const usdPerHour = environment.azure?.fineTunedUsdPerHour;
  return usdPerHour === undefined ? null : usdPerHour * hoursPerMonth;
}

/** What tuning adds to the cost, and what of it is unknown. */
export function tuningVerdicts(
  offer: HostedOffer,
  workloads: readonly Workload[],
  setting: Setting,
): Verdict[] {
  return [
    ...(workloads.some(({ fineTuning }) => fineTuning) ? hostingVerdicts(offer, setting) : []),
    ...trainingVerdicts(offer, workloads, setting),
  ];
}

function hostingVerdicts({ hosted: { name } }: HostedOffer, setting: Setting): Verdict[] {
  const fee = feeOf(setting);
  if (fee === null) {
    const message = `what a deployment of a fine-tuned ${name} costs an hour is not listed; azure.fineTunedUsdPerHour would say it`;
    return [{ rule: 'fine-tuning-fee', verdict: 'unverified', message }];
  }
  if (fee === 0) return [];
  const message = `a deployment of a fine-tuned ${name} costs $${cents(fee / hoursPerMonth)} an hour on top, as azure.fineTunedUsdPerHour says`;
  return [{ rule: 'fine-tuning-fee', verdict: 'pass', message }];
}

/** A training that is made once, and is made already, is told no more. */
function trainingVerdicts(
  { hosted: { name } }: HostedOffer,
  workloads: readonly Workload[],
  setting: Setting,
): Verdict[] {
  return workloads.flatMap((workload): Verdict[] => {
    const cost = trainingCostOf(workload, name, setting);
    if (!cost || (tunedModelOf(workload) && cost.monthlyUsd === 0)) return [];
    return [
      { rule: 'training', verdict: cost.monthlyUsd === null ? 'unverified' : 'pass', message: cost.says },
    ];
  });
}
