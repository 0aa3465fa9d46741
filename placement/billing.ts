import type { ActiveHours } from '../config/environment';
import type { UnitPrices } from './decision';
import { cents } from './figures';
import { hoursAMonth, hoursKey } from './hours';
import { hoursPerMonth } from './needs';
import type { CatalogOffer, DeviceOffer, MachineOffer, Offer } from './types';

/** How a machine is paid: always on, only in some hours, or as long as its cloud can spare it. */
export type Billing =
  | { readonly kind: 'on-demand' }
  | { readonly kind: 'scheduled'; readonly hours: ActiveHours }
  | { readonly kind: 'spot' };

/** What makes units of one size and place two: empty for machines that are always on. */
export function billingKey(billing: Billing): string {
  switch (billing.kind) {
    case 'on-demand':
      return '';
    case 'scheduled':
      return hoursKey(billing.hours);
    case 'spot':
      return 'spot';
  }
}

/** USD an hour of one machine or instance; null is unknown. */
export function usdPerHourOf(offer: CatalogOffer | MachineOffer): number | null {
  const spot = offer.venue === 'vm' && offer.billing.kind === 'spot';
  return spot ? offer.machine.spotUsdPerHour : offer.machine.usdPerHour;
}

/** Hours of a month of 730 h for which a machine is paid. A managed endpoint has no schedule and no spot price. */
export function paidHoursOf(offer: CatalogOffer | MachineOffer): number {
  return offer.venue === 'vm' && offer.billing.kind === 'scheduled'
    ? hoursAMonth(offer.billing.hours)
    : hoursPerMonth;
}

/** The price of one machine or instance; null where it is unknown, and for a device, which has none. */
export function hourPriceOf(offer: CatalogOffer | MachineOffer | DeviceOffer): HourPrice | null {
  if (offer.venue === 'edge') return null;
  const usd = usdPerHourOf(offer);
  const asOf = offer.machine.priceAsOf;
  return usd === null || asOf === null ? null : { per: 'hour', usd, asOf };
}

export type HourPrice = Extract<UnitPrices, { per: 'hour' }>;

/**
 * USD a month of so many machines, or of the owned device; null is unknown.
 * @param price of an hour. @default - that of the offer
 */
export function monthlyUsdOf(
  offer: CatalogOffer | MachineOffer | DeviceOffer,
  count: number,
  price: HourPrice | null = hourPriceOf(offer),
): number | null {
  const each = usdPerMachine(offer, price);
  return each === null ? null : cents(offer.venue === 'edge' ? each : each * count);
}

/** What an offer costs at the least, before it is sized, USD a month; unknown prices come last. */
export function leastUsd(offer: Offer): number {
  return offer.venue === 'hosted' ? 0 : (monthlyUsdOf(offer, 1) ?? Infinity);
}

/** USD a month of one machine, instance or device, not rounded; null is unknown. */
export function usdPerMachine(
  offer: CatalogOffer | MachineOffer | DeviceOffer,
  price: HourPrice | null = hourPriceOf(offer),
): number | null {
  if (offer.venue === 'edge') return offer.owned.monthlyUsd + (powerUsdOf(offer) ?? 0);
  return price === null ? null : price.usd * paidHoursOf(offer);
}

/** USD a month for power; undefined where none is charged apart. */
export function powerUsdOf({ owned, watts }: DeviceOffer): number | undefined {
  if (!owned.power || watts === null) return undefined;
  return (watts / 1000) * hoursPerMonth * owned.power.usdPerKwh;
}
