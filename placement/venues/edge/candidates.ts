import { usd } from '../../figures';
import { hoursPerMonth } from '../../needs';
import { poolCandidates } from '../../pools/pool-candidates';
import type { DeviceOffer } from './identity';

export const candidates = poolCandidates<DeviceOffer>(offer => ({
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

/** USD a month for power; undefined where none is charged apart. */
export function powerUsdOf({ owned, watts }: Pick<DeviceOffer, 'owned' | 'watts'>): number | undefined {
  if (!owned.power || watts === null) return undefined;
  return (watts / 1000) * hoursPerMonth * owned.power.usdPerKwh;
}
