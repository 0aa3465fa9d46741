import type { Workload } from '../config/environment';
import { billingKey } from './billing';
import { measureOf, scoreOf } from './quality';
import type { Offer, Setting } from './types';

/** Sorts below every measured figure. */
const unmeasured = -1e6;

/** Quality of an offer's model in what the workload is judged by; only for comparing offers of one workload. */
export function taskQuality(offer: Offer, workload: Workload, { catalog, environment }: Setting): number {
  if ('weights' in offer && offer.weights.id !== null) {
    const measured = environment.weights[offer.weights.id]?.measuredQuality;
    if (measured !== undefined) return measured;
  }
  const model = offer.venue === 'hosted' ? offer.hosted.name : offer.open.id;
  return scoreOf(catalog, model, measureOf(workload)) ?? unmeasured;
}

/** No retirement date is later than any. */
export function retirementOf(offer: Offer): string {
  return (offer.venue === 'hosted' ? offer.hosted.lifecycle.retirementDate : null) ?? '9999-12-31';
}

/** Last thing that decides between equals: the model, then the place in the environment's own order, then the rest. */
export function nameOf(offer: Offer, { environment }: Setting): string {
  const place = (environment.azure?.locations ?? []).indexOf(offer.location);
  const weights = 'quantisation' in offer ? offer.quantisation.name : '';
  return [
    offer.model,
    String(place + 1).padStart(3, '0'),
    offer.venue,
    offer.provider,
    offer.version,
    offer.sku,
    offer.location,
    weights,
    'device' in offer ? offer.device : '',
    offer.venue === 'vm' ? billingKey(offer.billing) : '',
  ].join('/');
}
