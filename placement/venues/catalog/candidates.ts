import { hourlyPrice } from '../../pools/hourly-price';
import { poolCandidates } from '../../pools/pool-candidates';
import type { CatalogOffer } from './identity';

/** A managed endpoint has no schedule and no spot price. */
export const candidates = poolCandidates<CatalogOffer>((offer, count, monthlyUsd) =>
  hourlyPrice(offer, count, monthlyUsd, false),
);
