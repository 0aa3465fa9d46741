import type { Workload } from '../config/environment';
import type { PoolAsItIs, PoolFigures, PoolSize } from '../sizing';
import type { Offer } from './offer';
import type { UnitPrices } from './unit';
import type { Verdict } from './verdict';

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

/** What of a unit counts as it was when the unit was placed, whatever the tables say by now. */
export interface Recorded {
  /** What its cost comes from. @default - the prices of the catalogue */
  readonly prices?: UnitPrices | undefined;
  /** What machines are sized by. @default - predictions */
  readonly sizing?: PoolFigures | PoolAsItIs | undefined;
}

/** One workload on one offer. */
export interface Assignment<O extends Offer = Offer> {
  readonly workload: Workload;
  readonly offer: O;
}

/** An offer, sized for one workload alone. */
export interface Candidate {
  readonly offer: Offer;
  readonly size: UnitSize;
  /** All rules that had something to say, sizing and price included. */
  readonly verdicts: readonly Verdict[];
  readonly feasible: boolean;
}

/** Whether the unit can carry its workloads at a known price. */
export function isFeasible(size: UnitSize): boolean {
  return size.monthlyUsd !== null && size.verdicts.every(({ verdict }) => verdict === 'pass');
}
