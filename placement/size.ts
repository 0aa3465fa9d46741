import type { Workload } from '../config/environment';
import type { PoolSize } from '../sizing';
import type { UnitPrices } from './decision';
import { sizeHosted } from './size-hosted';
import { sizeMachines } from './size-machines';
import type { PoolGuest } from './size-machines';
import type { HostedOffer, Offer, Setting, Verdict } from './types';

/** A unit that serves some workloads: how large it is, what it costs, and whether it can. */
export interface UnitSize {
  /** Deployments, instances, machines or devices. */
  readonly count: number;
  /** Thousands of tokens a minute, or provisioned units; 1 for machines. */
  readonly capacity: number;
  /** USD a month; null is unknown. */
  readonly monthlyUsd: number | null;
  /** Cost of each workload where it can be told exactly; otherwise the unit's cost is split by use. */
  readonly shares?: readonly number[];
  readonly priceDate: string | null;
  /** What the cost comes from; null where it is unknown, or stated by the environment. */
  readonly prices: UnitPrices | null;
  readonly pool?: PoolSize;
  readonly verdicts: readonly Verdict[];
}

/** One workload on one offer. */
export interface Guest {
  readonly workload: Workload;
  readonly offer: Offer;
}

/**
 * Sizes the unit that all these guests share. Their offers have the same unit key.
 * @param recorded prices that its cost comes from. @default - those of the catalogue
 */
export function sizeUnit(guests: readonly Guest[], setting: Setting, recorded?: UnitPrices): UnitSize {
  const hosted = guests
    .map(({ offer }) => offer)
    .find((offer): offer is HostedOffer => offer.venue === 'hosted');
  if (hosted)
    return sizeHosted(
      hosted,
      guests.map(({ workload }) => workload),
      setting,
      recorded,
    );
  return sizeMachines(guests.filter(isPoolGuest), recorded);
}

function isPoolGuest(guest: Guest): guest is PoolGuest {
  return guest.offer.venue !== 'hosted';
}

/** Whether the unit can carry its guests at a known price. */
export function isFeasible(size: UnitSize): boolean {
  return size.monthlyUsd !== null && size.verdicts.every(({ verdict }) => verdict === 'pass');
}
