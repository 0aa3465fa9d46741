import type { Alternative, Decision, Placement, Provider, Reason, Venue } from '../placement/decision';

/** Traffic is followed from a hundredth of today's to a hundred times as much. */
export const factorRange = [0.01, 100] as const;

/** Multiples of today's traffic that are always answered. */
export const factorsShown = [0.1, 1, 10] as const;

/** What all answers about other traffic take for granted; printed with them. */
export const assumption =
  'only the requests of this one workload change, and all other workloads keep their place and traffic; money is what the workload adds to the bill there';

/** A place that a workload can have at some traffic. */
export interface Answer {
  /** Which of the offers it would be, as `offer` of a unit tells it. */
  readonly offer: string;
  /** Where it would run. */
  readonly venue: Venue;
  /** Who would run it. */
  readonly provider: Provider;
  /** Name that callers would use. */
  readonly model: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  /** Region, or the device's site. */
  readonly location: string;
  /** How machines are paid; only virtual machines have it. */
  readonly billing?: 'on-demand' | 'scheduled' | 'spot';
  /** Deployments, instances, machines or devices, for everything on the unit. */
  readonly count: number;
  /** Thousands of tokens a minute or provisioned units of a deployment, for everything on it; 1 for machines. */
  readonly capacity: number;
  /** What the workload adds to the bill there, USD a month. */
  readonly monthlyUsd: number;
  /** Workloads that are on the unit already. */
  readonly sharesWith: readonly string[];
}

/** The cheapest place besides the chosen one; the same model as the same SKU in another region is no other place. */
export interface RunnerUp extends Answer {
  /** What it adds more than the chosen place, USD a month. */
  readonly gapUsd: number;
}

/**
 * Why the answer changes. `cost`: the costs of both meet. `step`: one of them needs a machine or a provisioned unit more,
 * or less. `limit`: the chosen place cannot carry more, whatever it costs.
 */
export type Cause = 'cost' | 'step' | 'limit';

/** Traffic at which another place becomes the answer. */
export interface BreakEven {
  /** Multiple of today's traffic; exact to `factorTolerance`. */
  readonly factor: number;
  /** Requests a day there. */
  readonly requestsPerDay: number;
  /** Why the answer changes there. */
  readonly cause: Cause;
  /** Cost of staying on this side of it and on the other, USD a month; null where it cannot stay. */
  readonly stayUsd: readonly [before: number, after: number | null];
  /** Where it goes then; null where nothing can serve it. */
  readonly to: Answer | null;
  /** Rules that keep it from staying; empty unless the cause is `limit`. */
  readonly because: readonly Reason[];
}

/** The answer at a multiple of today's traffic. */
export interface TrafficAnswer {
  /** Multiple of today's requests. */
  readonly factor: number;
  /** Requests a day there. */
  readonly requestsPerDay: number;
  /** Null where nothing can serve it. */
  readonly answer: Answer | null;
  /** Whether that is another place than today's. */
  readonly moves: boolean;
  /** What it costs to stay, USD a month; null where it cannot. */
  readonly stayUsd: number | null;
  /** Rules that keep it from staying. */
  readonly because: readonly Reason[];
}

/** Monthly cost of a workload at a venue's cheapest place. */
export interface Curve {
  /** Where it would run. */
  readonly venue: Venue;
  /** Who would run it. */
  readonly provider: Provider;
  /** From the least factor to the largest; null where the venue cannot serve it. */
  readonly points: readonly { readonly factor: number; readonly monthlyUsd: number | null }[];
}

/** How the answer for one workload moves with its traffic. */
export interface Outlook {
  /** Name of the workload. */
  readonly workload: string;
  /** Of today; 0 leaves nothing to multiply, and then there is no break-even. */
  readonly requestsPerDay: number;
  /** What the workload adds to the bill where it is, USD a month: its own cost, or what a shared unit would save without it. */
  readonly addedUsd: number;
  /** What would be taken if not this; null where nothing else can serve it. */
  readonly runnerUp: RunnerUp | null;
  /** Null where the answer stays the same up to the end of `factorRange`. */
  readonly breakEven: { readonly up: BreakEven | null; readonly down: BreakEven | null };
  /** The answer at other traffic. */
  readonly traffic: readonly TrafficAnswer[];
  /** One for each venue that can serve it at some traffic; only where they were asked for. */
  readonly curves?: readonly Curve[];
}

/** Why an alternative was not taken. */
export interface ExplainedReason extends Reason {
  /** What would verify it; only where it is unverified. */
  readonly verify?: string;
}

/** An alternative, with what it is apart and what would verify it. */
export interface ExplainedAlternative extends Alternative {
  /** What it costs more than the share of the chosen place, USD a month; null where it could not be taken. */
  readonly gapUsd: number | null;
  /** The first is the first rule that failed. */
  readonly because: readonly ExplainedReason[];
}

/** A placement, with how it would change. */
export interface ExplainedPlacement extends Placement {
  /** What the environment says of the workload. */
  readonly description?: string;
  /** What could be taken instead, cheapest first. */
  readonly alternatives: readonly ExplainedAlternative[];
  /** The chosen model at the chosen venue in other SKUs or sizes, the cheapest first; the nearest ones only. */
  readonly variants: readonly ExplainedAlternative[];
  /** Variants that are left out. */
  readonly moreVariants: number;
  /** How the answer moves with traffic. */
  readonly outlook: Outlook;
}

/** A decision, and how each of its answers would change. */
export interface Explanation extends Decision {
  /** What all of it may cost, USD a month. @default - the environment states none */
  readonly budgetUsd?: number;
  /** One for each workload, in the order of the names. */
  readonly placements: readonly ExplainedPlacement[];
}
