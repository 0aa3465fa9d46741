import type { VenueDefinition } from '../venue';
import { candidates } from './candidates';
import type { DeviceOffer } from './identity';
import { deviceOffers, traits } from './offers';
import { phrases } from './phrases';
import { toUnit } from './to-unit';
import type { EdgeUnit } from './to-unit';

/** Devices that we own. */
export const edge: VenueDefinition<DeviceOffer, EdgeUnit, 'edge'> = {
  name: 'edge',
  traits,
  offers: deviceOffers,
  candidates,
  toUnit,
  phrases,
};
