import type { VenueDefinition } from '../venue';
import { candidates } from './candidates';
import type { MachineOffer } from './identity';
import { machineOffers, traits } from './offers';
import { phrases } from './phrases';
import { toUnit } from './to-unit';
import type { MachineUnit } from './to-unit';

/** Virtual machines of ours on Azure or AWS: one venue with two providers, which differ in prices and in their stacks. */
export const vm: VenueDefinition<MachineOffer, MachineUnit, 'vm'> = {
  name: 'vm',
  traits,
  offers: machineOffers,
  candidates,
  toUnit,
  phrases,
};
