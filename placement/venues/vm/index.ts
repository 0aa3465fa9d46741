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

/** What a machine installs when it is made, and never again. */
const recipe = ['provider', 'sku', 'location', 'arch', 'accelerator', 'engine', 'serves'] as const;

/** Machines are started and stopped otherwise while they serve, and others join a pool that has more than one. */
function inPlace(before: Partial<MachineUnit>, after: MachineUnit): boolean {
  const { count: machines = after.count } = before;
  return (
    isSameIn(before, after, ['venue', ...recipe]) &&
    (before.billing === 'spot') === (after.billing === 'spot') &&
    (machines === after.count || (machines > 1 && after.count > 1))
  );
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
