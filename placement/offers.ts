import type { Offer } from './offer';
import type { Setting } from './setting';
import { venues } from './venues';

/** Everything that the catalogue and the environment offer to any workload. */
export function allOffers(setting: Setting): Offer[] {
  return Object.values(venues).flatMap((venue): readonly Offer[] => venue.offers(setting));
}
