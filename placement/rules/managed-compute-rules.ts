import { acceleratorQuota } from '../accelerator-quota';
import type { RequirementRule } from '../setting';
import { fail, pass, unverified } from '../verdict';
import { arrange } from './remedies';

/** What Foundry managed compute needs before it serves anything. */
export const managedComputeRules: readonly RequirementRule[] = [
  {
    id: 'preview',
    why: 'a service in preview has no service level, and may change or go',
    judge: ({ place }, _workload, { environment: { lifecycle } }) => {
      if (place.stage !== 'Preview') return undefined;
      return lifecycle.preview === 'refused'
        ? fail(`${place.name} is in preview, which lifecycle.preview refuses`)
        : pass(`${place.name} is in preview: without a service level, and without content filters`);
    },
  },
  {
    id: 'accelerators',
    why: 'accelerators of managed compute have a quota of their own, in some regions, and neither is published',
    judge: ({ acceleratorType, location }, _workload, { environment }) => {
      if (acceleratorType === undefined) return undefined;
      const quota = acceleratorQuota(environment, acceleratorType, location);
      const line = `- { acceleratorType: ${acceleratorType}, location: ${location}, accelerators: <number> }`;
      const remedy = arrange('azure.managedCompute.quotas', line);
      if (quota === undefined)
        return unverified(
          `how many ${acceleratorType} the subscription may use in ${location} is not known; azure.managedCompute.quotas would say it`,
          remedy,
        );
      return quota > 0
        ? pass(`the subscription may use ${quota} ${acceleratorType} in ${location}`)
        : fail(`the subscription may use no ${acceleratorType} in ${location}; ask Azure for quota`, remedy);
    },
  },
];
