import type { VenueDefinition } from '../venue';
import { candidates } from './candidates';
import type { HostedOffer } from './identity';
import { hostedOffers, traits } from './offers';
import { phrases } from './phrases';
import { toUnit } from './to-unit';
import type { HostedUnit } from './to-unit';

/** Models of an Azure AI Foundry account. */
export const hosted: VenueDefinition<HostedOffer, HostedUnit, 'hosted'> = {
  name: 'hosted',
  traits,
  offers: hostedOffers,
  candidates,
  toUnit,
  phrases,
};
