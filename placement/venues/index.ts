import type { Offer } from '../offer';
import type { Setting } from '../setting';
import type { UnitBase } from '../unit';
import { catalog } from './catalog';
import { edge } from './edge';
import { hosted } from './hosted';
import { managedCompute } from './managed-compute';
import type { Venue } from './names';
import type { VenueDefinition } from './venue';
import { vm } from './vm';

/** The registry: one line for each venue, which the compiler asks for. */
export const venues = { hosted, 'managed-compute': managedCompute, catalog, vm, edge } satisfies {
  readonly [V in Venue]: VenueDefinition<Offer, UnitBase, V>;
};

/** What is deployed and paid. */
export type Unit = ReturnType<(typeof venues)[Venue]['toUnit']>;

/** The venue of an offer or unit: who needs to know what differs between venues asks it. */
export function venueOf({ venue }: { readonly venue: Venue }): VenueDefinition<Offer, Unit> {
  return venues[venue];
}

/** Everything that the catalogue and the environment offer to any workload. */
export function allOffers(setting: Setting): Offer[] {
  return Object.values(venues).flatMap((venue): readonly Offer[] => venue.offers(setting));
}
