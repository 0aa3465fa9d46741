import { machineSize } from '../../pools/pool-offer';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Verdict } from '../../verdict';
import type { Phrases, VenueDefinition } from '../venue';
import { isSameIn } from '../venue';
import { managedComputeOffers, traits } from './offers';
import type { ManagedComputeOffer } from './offers';
import { toUnit } from './to-unit';
import type { ManagedComputeUnit } from './to-unit';

const candidates = poolCandidates<ManagedComputeOffer>(priceVerdict);

/** Accelerators are paid for as long as the deployment exists, with no traffic too. */
function priceVerdict(
  { template, terms }: ManagedComputeOffer,
  count: number,
  monthlyUsd: number | null,
): Verdict {
  const { accelerators, acceleratorType } = template;
  if (monthlyUsd === null) {
    const message = `the price of ${acceleratorType} is not listed; azure.managedCompute.usdPerAcceleratorHour would say it`;
    return { rule: 'price', verdict: 'unverified', message };
  }
  const each = (terms.price?.usd ?? 0) / accelerators;
  const message = `${count} × ${accelerators} × ${acceleratorType} at $${each} an hour, read ${terms.priceDate}`;
  return { rule: 'price', verdict: 'pass', message };
}

const phrases: Phrases<ManagedComputeUnit> = {
  name: () => 'managed compute',
  colours: { azure: ['#4d7c0f', '#a3e635'] },
  size: machineSize,
  where: ({ location }) => location,
  preposition: 'on',
  growsByCount: true,
};

/** Open models on Foundry managed compute: accelerators that Microsoft runs, in preview. */
export const managedCompute: VenueDefinition<ManagedComputeOffer, ManagedComputeUnit, 'managed-compute'> = {
  name: 'managed-compute',
  traits,
  offers: managedComputeOffers,
  candidates,
  // A deployment takes another count while it serves; its model, template and accelerators are its own for good.
  inPlace: (before, after) => isSameIn(before, after, ['venue', 'location', 'model', 'modelId', 'template']),
  hasIdentities: false,
  toUnit,
  phrases,
};
