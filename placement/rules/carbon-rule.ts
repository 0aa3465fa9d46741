import { round } from '../figures';
import type { Offer } from '../offer';
import type { CapacityRule, Setting } from '../setting';

/** Judged as on machines of its own: of shared ones nobody could say whose the carbon is. */
export const carbonRule: CapacityRule = {
  id: 'carbon',
  why: 'a team has a share of the carbon that its company may emit',
  most: ({ carbon }) => carbon?.monthlyKg,
  each: (offer, setting) => {
    const watts = wattsOf(offer, setting);
    const grams = gramsOf(offer, setting);
    return watts === null || grams === undefined ? null : (watts * offer.draw.hours * grams) / 1e6;
  },
  say: (kilograms, most, offer, setting) => {
    const allowed = `carbon.monthlyKg is ${round(most)}`;
    if (kilograms !== null)
      return `the machines that it needs emit ${round(kilograms)} kg of CO2 a month in ${offer.location}, and ${allowed}`;
    if (offer.class.hosted) return `${allowed}, and what a service emits is not published`;
    const missing =
      gramsOf(offer, setting) === undefined
        ? `what a kilowatt-hour emits in ${offer.location} is not stated; carbon.gramsPerKwh would say it`
        : `what ${offer.sku} draws is not known; carbon.watts would say it`;
    return `${allowed}, and ${missing}`;
  },
};

function wattsOf({ sku, draw }: Offer, { environment: { carbon } }: Setting): number | null {
  return carbon?.watts[sku] ?? draw.watts;
}

function gramsOf({ location }: Offer, { environment: { carbon } }: Setting): number | undefined {
  return carbon?.gramsPerKwh[location];
}
