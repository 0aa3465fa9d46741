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
import type { Reason, Remedy } from './verdict';

export type { Optimality } from './optimality';
export type {
  EngineBuild,
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
export type { ManagedComputeUnit } from './venues/managed-compute/to-unit';
export type { MachineUnit } from './venues/vm/to-unit';
export type { Reason, Remedy } from './verdict';

/** One venue, provider and model not taken: its cheapest feasible offer, or its nearest miss. */
export interface Alternative {
  /** Where it would run. */
  readonly venue: Venue;
  /** Who would run it. */
  readonly provider: Provider;
  /** Name that callers would use. */
  readonly model: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  /** USD a month of it alone; null is unknown. */
  readonly monthlyUsd: number | null;
  /** Whether it costs more, breaks a rule, or is not verified. */
  readonly verdict: 'dearer' | 'infeasible' | 'unverified';
  /** What speaks against it. */
  readonly because: readonly Reason[];
  /** Set where it breaks nothing but what the team could state: what that is. */
  readonly lacks?: readonly Remedy[];
}

/** A cheaper place that breaks nothing but what the team could state. */
export interface OnlyLacking extends Pick<Alternative, 'venue' | 'provider' | 'model' | 'sku'> {
  /** Where it would run, in words. */
  readonly place: string;
  /** USD a month of it alone. */
  readonly monthlyUsd: number;
  /** What it costs less, USD a month. */
  readonly savesUsd: number;
  /** What would make it count, ready to be pasted. */
  readonly lacks: readonly Remedy[];
}

/** A place that costs less, and not so much less that what is deployed moves there. */
export interface Staying extends Pick<Alternative, 'venue' | 'provider' | 'model' | 'sku'> {
  /** Azure or AWS region, or the device's site. */
  readonly location: string;
  /** What it would cost less, USD a month, with all that would move. */
  readonly savesUsd: number;
  /** What that has to be more than so that it moves, USD a month. */
  readonly movesFromUsd: number;
  /** Other workloads that would have to move too. */
  readonly together: readonly string[];
}

/** A unit that serves a workload and may not go on to. */
export interface Leaving {
  /** Id of the unit. */
  readonly unit: string;
  /** What speaks against it, at least one. */
  readonly because: readonly Reason[];
}

/** Where a workload is, and why. */
export interface Placement {
  /** Name of the workload. */
  readonly workload: string;
  /** Workload with sites of several kinds that this is a part of, as another placement has its name. @default - it is a whole one, or the first part */
  readonly partOf?: string;
  /** Sites of the workload that it is for, of those that are named by `sites`. @default - the workload has one place */
  readonly sites?: readonly string[];
  /** Id of the unit that serves it. */
  readonly unit: string;
  /** Where it runs. */
  readonly venue: Venue;
  /** Name that callers use. */
  readonly model: string;
  /** This workload's share of the unit's cost. */
  readonly monthlyUsd: number;
  /** What speaks for it, the cost first. */
  readonly reasons: readonly Reason[];
  /** What could be taken instead, cheapest first. */
  readonly alternatives: readonly Alternative[];
  /** The cheapest place that costs less and only lacks what the team could state. @default - there is none */
  readonly onlyLacks?: OnlyLacking;
  /** Where it would be if nothing were deployed. @default - where it is, or there for no less */
  readonly stays?: Staying;
  /** What it cannot stay on. @default - it stays where it is deployed, or could */
  readonly leaves?: Leaving;
}

/** What is deployed, which workload is where, and why. */
export interface Decision {
  /** Name of the environment. */
  readonly environment: string;
  /** Day the decision was made for, YYYY-MM-DD. */
  readonly asOf: string;
  /** USD a month of all units. */
  readonly monthlyUsd: number;
  /** What is deployed and paid, in the order of the ids. */
  readonly units: readonly Unit[];
  /** One for each workload, in the order of the names. */
  readonly placements: readonly Placement[];
  /** How far it is proven that nothing costs less. @default - a lock that an older Berth wrote */
  readonly optimality?: Optimality;
  /** What the team has to arrange and state before this can be placed. @default - nothing */
  readonly toState?: readonly Statement[];
  /** What is allowed, and still better known. @default - none */
  readonly warnings?: readonly Warning[];
}

/** What the team has to arrange and state before a decision can be placed. */
export interface Statement extends Remedy {
  /** Workloads that need it. */
  readonly workloads: readonly string[];
}

/** Something that is allowed, and still better known. */
export interface Warning extends Reason {
  /** Id of the unit that it is about. */
  readonly subject: string;
}
