import { isProvisionedSku } from '../../../catalog';
import { firstOf } from '../../collections';
import type { Candidates, Phrases, VenueDefinition } from '../venue';
import { isSameIn } from '../venue';
import { besideOf } from './beside';
import { joinHosted } from './join';
import { hostedOffers, traits } from './offers';
import type { HostedOffer } from './offers';
import { sizeByToken } from './size-by-token';
import { sizeProvisioned } from './size-provisioned';
import { toUnit } from './to-unit';
import type { HostedUnit } from './to-unit';

/** Deployments are billed by the token, or by the provisioned unit of throughput. */
const candidates: Candidates<HostedOffer> = {
  size: (assignments, setting, recorded) => {
    const { offer } = firstOf(assignments, 'a deployment for nobody');
    const size = isProvisionedSku(offer.sku) ? sizeProvisioned : sizeByToken;
    return size(
      offer,
      assignments.map(({ workload }) => workload),
      setting,
      recorded?.prices,
    );
  },
  leastUsd: () => 0,
  leastUsdFor: () => ({ of: () => 0 }),
  isPerToken: ({ sku }) => !isProvisionedSku(sku),
  lacksSpotPrice: () => false,
  worthSizing: offers => offers,
  join: joinHosted,
};

const phrases: Phrases<HostedUnit> = {
  name: () => 'hosted',
  colours: { azure: ['#1f63c9', '#7db0ff'] },
  size: ({ sku }) => sku,
  where: ({ location }) => location,
  preposition: 'as',
  growsByCount: false,
};

/** Models of an Azure AI Foundry account. */
export const hosted: VenueDefinition<HostedOffer, HostedUnit, 'hosted'> = {
  name: 'hosted',
  traits,
  offers: hostedOffers,
  candidates,
  // A deployment takes another version and capacity; its model and SKU are its own for good.
  inPlace: (before, after) => isSameIn(before, after, ['venue', 'model', 'format', 'sku', 'location']),
  beside: besideOf,
  hasIdentities: false,
  toUnit,
  phrases,
};
