import { isProvisionedSku } from '../../../catalog';
import type { Candidates } from '../venue';
import type { HostedOffer } from './identity';
import { joinHosted } from './join';
import { sizeByToken } from './size-by-token';
import { sizeProvisioned } from './size-provisioned';

/** Deployments are billed by the token, or by the provisioned unit of throughput. */
export const candidates: Candidates<HostedOffer> = {
  size: (assignments, setting, recorded) => {
    const [first] = assignments;
    if (!first) throw new Error('a deployment for nobody is asked for, which is a fault in the placement');
    const size = isProvisionedSku(first.offer.sku) ? sizeProvisioned : sizeByToken;
    return size(
      first.offer,
      assignments.map(({ workload }) => workload),
      setting,
      recorded,
    );
  },
  leastUsd: () => 0,
  leastUsdFor: () => ({ of: () => 0 }),
  isPerToken: ({ sku }) => !isProvisionedSku(sku),
  lacksSpotPrice: () => false,
  worthSizing: offers => offers,
  join: joinHosted,
};
