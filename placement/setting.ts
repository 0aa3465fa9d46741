import type { Catalog } from '../catalog';
import type { Environment, Workload } from '../config/environment';
import type { Granted } from './granting';
import type { Incumbents } from './incumbents';
import type { Offer, OfferClass } from './offer';
import type { Judgement } from './verdict';

/** What a decision is made from, besides the workload. */
export interface Setting {
  readonly environment: Environment;
  readonly catalog: Catalog;
  /** Day the decision is made for, YYYY-MM-DD. */
  readonly asOf: string;
  /** @default - all rules of Berth */
  readonly rules?: Rules;
  /** Whether what is judged was chosen and reviewed already, as in a lock: then no floor of quality is taken. @default false */
  readonly isCommitted?: boolean;
  /** Names of workloads for which the team has to state something first, and what is taken for granted for each. @default - none */
  readonly granted?: Granted;
  /** What is deployed, and is left only where that pays. @default - nothing */
  readonly incumbents?: Incumbents;
}

export interface Rules {
  /** In the order in which an explanation names them. */
  readonly requirements: readonly RequirementRule[];
  readonly capacities: readonly CapacityRule[];
}

/** Judges a class of offers, by what they share: nothing of size is given to it, so nothing of size can decide. */
export interface RequirementRule {
  readonly id: string;
  readonly why: string;
  readonly judge: (offer: OfferClass, workload: Workload, setting: Setting) => Judgement;
}

/**
 * Judges a candidate, an offer sized for one workload, by one amount that it takes. It declares the amount and the most
 * of it that a workload allows, and no more: the engine compares, and no dominance filter drops what takes less of it.
 */
export interface CapacityRule {
  readonly id: string;
  readonly why: string;
  /** What one machine or deployment of an offer takes; the candidate takes it for each. Null is unknown. */
  readonly each: (offer: Offer, setting: Setting) => number | null;
  /** Most that the workload allows of it; undefined where it asks nothing. */
  readonly most: (workload: Workload) => number | undefined;
  /** The sentence. @param amount null is unknown, and the sentence says what would tell it */
  readonly say: (amount: number | null, most: number, offer: Offer, setting: Setting) => string;
}
