import { isProvisionedSku } from '../../../catalog';
import type { Workload } from '../../../config/environment';
import { isFeasible } from '../../candidate';
import { cheapestWay } from '../../commitments';
import type { JointProblem } from '../../joint/joint-problem';
import { hoursPerMonth } from '../../needs';
import { thinkingWorkload } from '../../reasoning';
import { hiddenTokensFor } from '../../thinking';
import { judgeCandidate } from '../../rules/capacity';
import type { Passing } from '../venue';
import type { HostedOffer } from './offers';
import { deploymentLimit, isQuotaGranted, quotaLimit } from './quota';
import type { QuotaUnit } from './quota';
import { loadOf, sizeByToken } from './size-by-token';
import { termsOf, unitsBusy, waysOf } from './size-provisioned';
import { sharedFee } from './tuning-cost';

/** Adds the deployments that no rule forbids. */
export function joinHosted(joint: JointProblem, passing: Passing<HostedOffer>): void {
  for (const [workload, classes] of passing)
    for (const offer of classes.flat()) {
      const verdicts = judgeCandidate({ workload, offer }, () => ({ count: 1 }), joint.setting);
      if (verdicts.some(({ verdict }) => verdict !== 'pass')) continue;
      if (isProvisionedSku(offer.sku)) addProvisioned(joint, workload, offer);
      else addByToken(joint, workload, offer);
    }
}

/**
 * Billed by the token; the quota is shared by all versions of the model in one SKU and location, and what a deployment of
 * a fine-tuned model costs by all workloads on it.
 */
function addByToken(joint: JointProblem, workload: Workload, offer: HostedOffer): void {
  const size = sizeByToken(offer, [workload], joint.setting);
  if (!isFeasible(size) || size.monthlyUsd === null) return;
  const { unit, needed } = loadOf(offer, [
    thinkingWorkload(workload, hiddenTokensFor(offer.class, workload, joint.setting)),
  ]);
  const quota = isQuotaGranted(workload, joint.setting)
    ? joint.quota(`granted/${quotaId(unit, offer)}`, deploymentLimit(unit))
    : joint.quota(
        quotaId(unit, offer),
        Math.min(quotaLimit(offer, unit, joint.setting) ?? 0, deploymentLimit(unit)),
      );
  const fee = sharedFee([workload], joint.setting) ?? 0;
  const id = offer.identity.unitKey;
  if (fee > 0)
    joint.addMachineType({
      id: `${id}/tuned`,
      usdPerCount: fee,
      loadPerCount: 1,
      maxCount: 1,
      machinesPerCount: 0,
    });
  joint.addCandidate({ workload, offer }, id, {
    usd: size.shares?.[0] ?? size.monthlyUsd - fee,
    ...(fee > 0 ? { machineType: `${id}/tuned` } : {}),
    uses: [{ quota, amount: needed }],
  });
}

/** All workloads on one deployment share its units, which have a minimum and a step. */
function addProvisioned(joint: JointProblem, workload: Workload, offer: HostedOffer): void {
  const terms = termsOf(offer.hosted, offer.sku);
  // What is known is kept to, so that all who share the units have the same limit.
  const unknown = isQuotaGranted(workload, joint.setting) ? deploymentLimit('provisionedUnits') : null;
  const limit = quotaLimit(offer, 'provisionedUnits', joint.setting) ?? unknown;
  if (!terms || limit === null || limit < terms.minimum) return;
  const ways = waysOf(offer, joint.setting);
  const id = offer.identity.unitKey;
  joint.addMachineType({
    id,
    usdPerCount: (cheapestWay(ways).usd ?? ways.onDemandUsd) * hoursPerMonth,
    loadPerCount: 1,
    minCount: terms.minimum,
    increment: terms.increment,
    maxCount: Math.min(limit, deploymentLimit('provisionedUnits')),
    machinesPerCount: 0,
    usesPerCount: [{ quota: joint.quota(quotaId('provisionedUnits', offer), limit), amount: 1 }],
  });
  joint.addCandidate({ workload, offer }, id, {
    usd: 0,
    machineType: id,
    load: unitsBusy(thinkingWorkload(workload, hiddenTokensFor(offer.class, workload, joint.setting)), terms),
  });
}

function quotaId(unit: QuotaUnit, { hosted, sku, location }: HostedOffer): string {
  return `${unit}/${hosted.name}/${sku}/${location}`;
}
