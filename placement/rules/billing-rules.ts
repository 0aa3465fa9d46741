import { isBatchSku } from '../../catalog';
import { coversHours, hoursText } from '../billing';
import type { OfferClass } from '../offer';
import type { RequirementRule } from '../setting';
import { fail, pass } from '../verdict';

/** What a workload must put up with where a place costs less. */
export const billingRules: readonly RequirementRule[] = [
  {
    id: 'batch',
    why: 'a batch deployment answers within a day, and only a workload that may wait is served so',
    judge: (offer, { traffic }) => {
      if (!isBatch(offer)) return undefined;
      return traffic.deferrable
        ? pass('its answers may take up to 24 hours, as those of a batch deployment do')
        : fail('traffic.deferrable is false, and a batch deployment may take up to 24 hours');
    },
  },
  {
    id: 'active-hours',
    why: 'a machine that is switched off serves nobody',
    judge: (offer, { traffic: { activeHours } }) => {
      if (offer.billing?.kind !== 'scheduled') return undefined;
      const runs = `the machine runs only on ${hoursText(offer.billing.hours)}`;
      if (!activeHours) return fail(`it has no traffic.activeHours, and ${runs}`);
      return coversHours(offer.billing.hours, activeHours)
        ? pass(`it is needed on ${hoursText(activeHours)}, and ${runs}`)
        : fail(`it is needed on ${hoursText(activeHours)}, and ${runs}`);
    },
  },
  {
    id: 'interruption',
    why: 'a spot machine goes whenever its cloud needs it, and comes back when there is room',
    judge: (offer, { interruptible }) => {
      if (offer.billing?.kind !== 'spot') return undefined;
      return interruptible
        ? pass('it may be interrupted, as a spot machine is')
        : fail('interruptible is false, and a spot machine may go without notice');
    },
  },
];

/** Whether it is a deployment for jobs that may take a day. */
export function isBatch(offer: OfferClass): boolean {
  return offer.hosted !== undefined && isBatchSku(offer.sku ?? '');
}
