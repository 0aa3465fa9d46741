import { hourlyPrice } from '../../pools/size-pool';
import { machineSize } from '../../pools/pool-offer';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Candidates, Phrases, VenueDefinition } from '../venue';
import { isSameIn } from '../venue';
import { machineOffers, traits } from './offers';
import type { MachineOffer } from './offers';
import { toUnit } from './to-unit';
import type { MachineUnit } from './to-unit';

const candidates: Candidates<MachineOffer> = {
  ...poolCandidates<MachineOffer>((offer, count, monthlyUsd) =>
    hourlyPrice(offer, count, monthlyUsd, offer.billing.kind === 'spot'),
  ),
  lacksSpotPrice: ({ machine }) => machine.spotUsdPerHour === null,
};

const phrases: Phrases<MachineUnit> = {
  name: provider => (provider === 'aws' ? 'AWS VM' : 'Azure VM'),
  colours: { azure: ['#b45309', '#f5b25c'], aws: ['#0f766e', '#5fd3c4'] },
  size: machineSize,
  where: ({ location }) => location,
  preposition: 'on',
  growsByCount: true,
};

/** What a machine is made as, and stays. */
const machine = ['venue', 'provider', 'sku', 'location', 'arch', 'accelerator'] as const;

/**
 * Machines are started and stopped otherwise while they serve, and others join them. Where one of several is left, callers would go on asking
 * the load balancer that goes. They take another engine and other models, as long as nobody leaves them for another place.
 */
function inPlace(before: Partial<MachineUnit>, after: MachineUnit, staysWhole: boolean): boolean {
  const { count: machines = after.count } = before;
  const takesRecipe = staysWhole && keepsPorts(before.serves, after.serves);
  return (
    isSameIn(before, after, machine) &&
    (takesRecipe || isSameIn(before, after, ['engine', 'serves'])) &&
    (before.billing === 'spot') === (after.billing === 'spot') &&
    (machines === after.count || after.count > 1)
  );
}

/** Whether nobody is asked at an address for what is not there: a model that stays keeps its place, which is its port, and another takes that of one that goes. */
function keepsPorts(before: MachineUnit['serves'] = [], after: MachineUnit['serves']): boolean {
  return before.every(({ model }, place) => {
    const now = after.findIndex(each => each.model === model);
    return now === place || (now < 0 && place < after.length);
  });
}

/** Virtual machines of ours on Azure or AWS: one venue with two providers, which differ in prices and in their stacks. */
export const vm: VenueDefinition<MachineOffer, MachineUnit, 'vm'> = {
  name: 'vm',
  traits,
  offers: machineOffers,
  candidates,
  inPlace,
  hasIdentities: true,
  toUnit,
  phrases,
};
