import { hourlyPrice } from '../../pools/size-pool';
import { machineSize } from '../../pools/pool-offer';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Phrases, VenueDefinition } from '../venue';
import { isSameIn } from '../venue';
import { catalogOffers, traits } from './offers';
import type { CatalogOffer } from './offers';
import { toUnit } from './to-unit';
import type { CatalogUnit } from './to-unit';

/** A managed endpoint has no schedule and no spot price. */
const candidates = poolCandidates<CatalogOffer>((offer, count, monthlyUsd) =>
  hourlyPrice(offer, count, monthlyUsd, false),
);

const phrases: Phrases<CatalogUnit> = {
  name: () => 'catalogue',
  colours: { azure: ['#7a3fb8', '#c9a2f5'] },
  size: machineSize,
  where: ({ location }) => location,
  preposition: 'on',
  growsByCount: true,
};

/**
 * An endpoint takes another model and size while it serves: its next deployment is made beside the one before, gets the traffic, and then
 * the one before goes. So its address stays.
 */
const inPlace = (before: Partial<CatalogUnit>, after: CatalogUnit): boolean =>
  isSameIn(before, after, ['venue', 'location']);

/** Managed online endpoints for models of the Azure Machine Learning catalogue. */
export const catalog: VenueDefinition<CatalogOffer, CatalogUnit, 'catalog'> = {
  name: 'catalog',
  traits,
  offers: catalogOffers,
  candidates,
  inPlace,
  hasIdentities: false,
  toUnit,
  phrases,
};
