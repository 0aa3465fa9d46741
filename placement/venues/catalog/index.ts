import type { VenueDefinition } from '../venue';
import { candidates } from './candidates';
import type { CatalogOffer } from './identity';
import { catalogOffers, traits } from './offers';
import { phrases } from './phrases';
import { toUnit } from './to-unit';
import type { CatalogUnit } from './to-unit';

/** Managed online endpoints for models of the Azure Machine Learning catalogue. */
export const catalog: VenueDefinition<CatalogOffer, CatalogUnit, 'catalog'> = {
  name: 'catalog',
  traits,
  offers: catalogOffers,
  candidates,
  toUnit,
  phrases,
};
