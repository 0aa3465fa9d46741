import type { Workload } from '../config/environment';
import type { Offer } from './offer';
import { measureOf, scoreOf } from './quality';
import type { Setting } from './setting';

/** Sorts below every measured figure. */
const unmeasured = -1e6;

/** Quality of an offer's model in what the workload is judged by; only for comparing offers of one workload. */
export function taskQuality(
  { class: { weights, facts } }: Offer,
  workload: Workload,
  { catalog, environment }: Setting,
): number {
  const own = environment.weights[weights?.file?.id ?? '']?.measuredQuality;
  return own ?? scoreOf(catalog, facts.name, measureOf(workload, catalog)) ?? unmeasured;
}

/** No retirement date is later than any. */
export function retirementOf({ class: { hosted } }: Offer): string {
  return hosted?.lifecycle.retirementDate ?? '9999-12-31';
}

/** Last thing that decides between equals: the model, then the place in the environment's own order, then the rest. */
export function nameOf(offer: Offer, { environment }: Setting): string {
  const place = (environment.azure?.locations ?? []).indexOf(offer.location);
  const { device, billing } = offer.identity;
  return [
    offer.model,
    String(place + 1).padStart(3, '0'),
    offer.venue,
    offer.provider,
    offer.version,
    offer.sku,
    offer.location,
    offer.class.weights?.quantisation.name ?? '',
    device,
    billing,
  ].join('/');
}
