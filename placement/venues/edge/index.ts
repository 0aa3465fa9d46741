import { usd } from '../../figures';
import { machineSize } from '../../pools/pool-offer';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Phrases, VenueDefinition } from '../venue';
import { deviceOffers, powerUsdOf, traits } from './offers';
import type { DeviceOffer } from './offers';
import { devicesOf, toUnit } from './to-unit';
import type { EdgeUnit } from './to-unit';

const candidates = poolCandidates<DeviceOffer>(offer => ({
  rule: 'price',
  verdict: 'pass',
  message: ownedText(offer),
}));

function ownedText(offer: DeviceOffer): string {
  const { owned, watts, devices } = offer;
  const power = powerUsdOf(offer);
  const what = devices.length > 1 ? `each of the ${devices.length} devices` : 'the device';
  if (power === undefined)
    return `${what} is owned; ${usd(owned.monthlyUsd)} a month for power and upkeep is charged to it`;
  const price = `${watts ?? 0} W at $${owned.power?.usdPerKwh ?? 0} a kWh`;
  return `${what} is owned; ${usd(power)} a month for power (${price}) and ${usd(owned.monthlyUsd)} for upkeep is charged to it`;
}

const phrases: Phrases<EdgeUnit> = {
  name: () => 'edge',
  colours: { own: ['#be185d', '#ff8fbe'] },
  size: machineSize,
  where: ({ device, devices = [device], location }) =>
    devices.length > 1 ? `${device} and ${devices.length - 1} like it` : `${device} at ${location}`,
  preposition: 'on',
  growsByCount: false,
};

/** Whether they have a device in common; what could not be read of the one before counts as equal. */
function isOfSameDevices({ device, devices }: Partial<EdgeUnit>, after: EdgeUnit): boolean {
  if (device === undefined) return true;
  const now = new Set(devicesOf(after));
  return (devices ?? [device]).some(each => now.has(each));
}

/** Devices that we own. */
export const edge: VenueDefinition<DeviceOffer, EdgeUnit, 'edge'> = {
  name: 'edge',
  traits,
  offers: deviceOffers,
  candidates,
  // There is no second one of it that could serve first.
  inPlace: (before, after) => (before.venue ?? 'edge') === 'edge' && isOfSameDevices(before, after),
  hasIdentities: false,
  toUnit,
  phrases,
};
