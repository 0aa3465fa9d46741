import { billingKey } from '../billing';
import type { Offer } from '../types';
import { acceleratorOf } from './machine-rules';

/**
 * Offers of one class get the same verdict from every rule for every workload that pins no SKU, so one of them is judged
 * for all. Virtual machines of a kind differ in size and price alone; everything else is a class of its own.
 */
export function ruleClassOf(offer: Offer): string {
  const place = `${offer.venue}/${offer.provider}/${offer.location}/${offer.model}/${offer.version}`;
  switch (offer.venue) {
    case 'hosted':
    case 'catalog':
      return `${place}/${offer.sku}`;
    case 'vm': {
      const accelerator = acceleratorOf(offer) ?? offer.hardware.name;
      const weights = `${offer.weights.id ?? ''}/${offer.quantisation.name}`;
      return `${place}/${weights}/${offer.hardware.arch}/${accelerator}/${billingKey(offer.billing)}`;
    }
    case 'edge':
      return `${place}/${offer.weights.id ?? ''}/${offer.quantisation.name}/${offer.device}`;
  }
}
