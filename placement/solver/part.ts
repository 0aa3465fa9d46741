import type { Solver } from './highs';
import type { Choice, Instance } from './instance';
import { groupBy, usdTolerance } from './instance';
import { exchanged } from './exchange';
import { laidOut } from './layouts';
import { planOf } from './packing';
import { isBetter, keepsLimits, scoreOf } from './plan';
import type { Plan } from './plan';
import { relaxation } from './relaxation';
import type { Relaxation } from './relaxation';
import { isClose } from './purse';
import type { Purse } from './purse';
import { Refinements, Search } from './search';
import type { Found } from './search';
import { searchSetups } from './setup-search';

/** Answer for workloads that share something with each other and nothing with the rest. */
export interface PartAnswer {
  readonly workloads: readonly number[];
  /** Null when no plan was found. */
  readonly plan: Plan | null;
  readonly bound: number;
  /** Whether the plan is proven to be within the asked gap, or within `shareProven`, or that there is none. */
  readonly proven: boolean;
  readonly tiesProven: boolean;
}

/** Choices for each workload with which a good plan is sought before the proof. */
const corePerWorkload = 6;
/** Choices above which the proof is not attempted: the program would not fit the time. */
const mostForProof = 40_000;
/** Choices above which a search over setups is not followed by one that knows all of their pools. */
const mostAfterSetups = 1000;

export function answerPart(
  instance: Instance,
  choices: readonly Choice[],
  solver: Solver,
  purse: Purse,
): PartAnswer {
  const workloads = [...new Set(choices.map(choice => choice.workload))];
  if (workloads.length === 1) {
    const plan = bestAlone(instance, choices);
    return { workloads, plan, bound: plan ? scoreOf(plan).usd : Infinity, proven: true, tiesProven: true };
  }
  const relaxed = relaxation(instance, choices, solver, purse);
  let bound = relaxed?.bound ?? -Infinity;
  const known = new Refinements();
  let plan = startOf(instance, choices, relaxed);
  if (plan) improve(laidOut(instance, choices, plan, solver, purse));
  else improve(cheapFromCore());
  if (plan && isClose(plan, bound, purse)) return withTies(plan, bound);
  const settled = plan && searchSetups(instance, survivors(), plan, solver, purse);
  if (settled && (settled.proven || !settled.isCoarse || survivors().length > mostAfterSetups))
    return answerOf(settled);
  improve(settled?.plan ?? null);
  bound = Math.max(bound, settled?.bound ?? -Infinity);
  improve(cheapFromCore());
  if (plan && isClose(plan, bound, purse)) return withTies(plan, bound);
  if (survivors().length > mostForProof) return answerOf({ plan, bound, proven: false });
  return answerOf(new Search(instance, survivors(), solver, purse, known).cheapest(plan));

  function improve(found: Plan | null): void {
    plan = cheapestOf([plan, found].filter(isPlan));
  }

  function cheapFromCore(): Plan | null {
    return relaxed && new Search(instance, coreOf(choices, relaxed, plan), solver, purse).cheap(plan);
  }

  function survivors(): readonly Choice[] {
    return plan ? survivorsOf(choices, relaxed, scoreOf(plan).usd) : choices;
  }

  function answerOf(found: Found): PartAnswer {
    const least = Math.max(bound, found.bound);
    plan = found.plan;
    if (found.proven && plan && isClose(plan, least, purse)) return withTies(plan, least);
    improve(plan && exchanged(instance, plan, survivors()));
    return { workloads, plan, bound: least, proven: found.proven, tiesProven: false };
  }

  function withTies(cheapest: Plan, least: number): PartAnswer {
    const close = { workloads, bound: Math.min(least, scoreOf(cheapest).usd), proven: true };
    const tied = exchanged(instance, cheapest, survivors());
    if (purse.gap > 0) return { ...close, plan: tied, tiesProven: false };
    const equals = new Search(instance, survivors(), solver, purse, known).bestOfEquals(tied);
    return { ...close, plan: equals.plan, tiesProven: equals.proven };
  }
}

/** What may still be part of a plan as cheap as the one known. */
function survivorsOf(choices: readonly Choice[], relaxed: Relaxation | null, usd: number): readonly Choice[] {
  if (!relaxed) return choices;
  const room = usd - relaxed.bound + 2 * usdTolerance;
  return choices.filter(choice => (relaxed.rises.get(choice) ?? 0) <= room);
}

/** The choices that the relaxation leans to, and those of the plan known. */
function coreOf(choices: readonly Choice[], relaxed: Relaxation, plan: Plan | null): Choice[] {
  const known = new Set(plan?.choices);
  const riseOf = (choice: Choice): number => relaxed.rises.get(choice) ?? 0;
  const near = [...groupBy(choices, choice => choice.workload).values()].flatMap(own =>
    [...own].sort((a, b) => riseOf(a) - riseOf(b)).slice(0, corePerWorkload),
  );
  const core = new Set([...near, ...relaxed.shares.keys()]);
  return choices.filter(choice => core.has(choice) || known.has(choice));
}

/** The better of two simple plans: each workload by itself, and each where the relaxation puts most of it. */
function startOf(instance: Instance, choices: readonly Choice[], relaxed: Relaxation | null): Plan | null {
  const byWorkload = [...groupBy(choices, choice => choice.workload).values()];
  const alone = byWorkload.flatMap(own => bestAlone(instance, own)?.choices ?? []);
  const shareOf = (choice: Choice): number => relaxed?.shares.get(choice) ?? 0;
  const leaning = byWorkload.map(own => own.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a)));
  const plans = [alone, leaning].map(chosen => planOf(instance, chosen));
  return cheapestOf(
    plans.filter(plan => plan.choices.length === byWorkload.length && keepsLimits(instance, plan)),
  );
}

/** The best plan of a workload that shares nothing. */
function bestAlone(instance: Instance, choices: readonly Choice[]): Plan | null {
  return cheapestOf(
    choices.map(choice => planOf(instance, [choice])).filter(plan => keepsLimits(instance, plan)),
  );
}

function isPlan(plan: Plan | null): plan is Plan {
  return plan !== null;
}

function cheapestOf(plans: readonly Plan[]): Plan | null {
  return plans.reduce<Plan | null>(
    (best, plan) => (best === null || isBetter(scoreOf(plan), scoreOf(best), usdTolerance) ? plan : best),
    null,
  );
}
