import { usd } from '../../figures';
import { machineSize } from '../../pools/pool-offer';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Phrases, VenueDefinition } from '../venue';
import { isSameIn } from '../venue';
import { deviceOffers, powerUsdOf, traits } from './offers';
import type { DeviceOffer } from './offers';
import { toUnit } from './to-unit';
import type { EdgeUnit } from './to-unit';

const candidates = poolCandidates<DeviceOffer>(offer => ({
  rule: 'price',
  verdict: 'pass',
  message: ownedText(offer),
}));

function ownedText(offer: DeviceOffer): string {
  const { owned, watts } = offer;
  const power = powerUsdOf(offer);
  if (power === undefined)
    return `the device is owned; ${usd(owned.monthlyUsd)} a month for power and upkeep is charged to it`;
  const price = `${watts ?? 0} W at $${owned.power?.usdPerKwh ?? 0} a kWh`;
  return `the device is owned; ${usd(power)} a month for power (${price}) and ${usd(owned.monthlyUsd)} for upkeep is charged to it`;
}

const phrases: Phrases<EdgeUnit> = {
  name: () => 'edge',
  colours: { own: ['#be185d', '#ff8fbe'] },
  size: machineSize,
  where: ({ device, location }) => `${device} at ${location}`,
  preposition: 'on',
  growsByCount: false,
};

/** Devices that we own. */
export const edge: VenueDefinition<DeviceOffer, EdgeUnit, 'edge'> = {
  name: 'edge',
  traits,
  offers: deviceOffers,
  candidates,
  // There is no second one of it that could serve first.
  inPlace: (before, after) => isSameIn(before, after, ['venue', 'device']),
  hasIdentities: false,
  toUnit,
  phrases,
};
