/**
 * What was decided: the framework-free value between the placement engine and the stacks.
 *
 * A decision is plain JSON: it is written to the lock, printed by `berth explain --json`, and built by the stacks.
 * Cost belongs to units, because hosts, provisioned units and devices are shared; a placement carries its share.
 */
import type { Optimality } from './optimality';
import type { Provider } from './unit';
import type { Unit } from './venues';
import type { Venue } from './venues/names';
import type { Reason } from './verdict';

export type { Optimality } from './optimality';
export type {
  HourPrice,
  MachineSchedule,
  Provider,
  RequestPrice,
  ServedModel,
  UnitPrices,
  WeeklyTime,
  WeightsArtifact,
} from './unit';
export type { Unit } from './venues';
export type { CatalogUnit } from './venues/catalog/to-unit';
export type { EdgeUnit } from './venues/edge/to-unit';
export type { HostedUnit } from './venues/hosted/to-unit';
export type { Venue } from './venues/names';
export type { MachineUnit } from './venues/vm/to-unit';
export type { Reason } from './verdict';

/** One venue, provider and model not taken: its cheapest feasible offer, or its nearest miss. */
export interface Alternative {
  readonly venue: Venue;
  readonly provider: Provider;
  readonly model: string;
  readonly sku: string;
  readonly monthlyUsd: number | null;
  readonly verdict: 'dearer' | 'infeasible' | 'unverified';
  readonly because: readonly Reason[];
}

export interface Placement {
  readonly workload: string;
  /** Id of the unit that serves it. */
  readonly unit: string;
  readonly venue: Venue;
  readonly model: string;
  /** This workload's share of the unit's cost. */
  readonly monthlyUsd: number;
  readonly reasons: readonly Reason[];
  readonly alternatives: readonly Alternative[];
}

export interface Decision {
  readonly environment: string;
  /** Day the decision was made for, YYYY-MM-DD. */
  readonly asOf: string;
  readonly monthlyUsd: number;
  readonly units: readonly Unit[];
  readonly placements: readonly Placement[];
  /** How far it is proven that nothing costs less. @default - a lock that an older Berth wrote */
  readonly optimality?: Optimality;
  /** What is allowed, and still better known. @default - none */
  readonly warnings?: readonly Warning[];
}

/** Something that is allowed, and still better known. */
export interface Warning extends Reason {
  /** Id of the unit that it is about. */
  readonly subject: string;
}
