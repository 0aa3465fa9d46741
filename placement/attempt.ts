import type { Workload } from '../config/environment';
import type { Assignment } from './candidate';
import { cents } from './figures';
import { jointProblem } from './joint/build';
import { choose } from './joint/choose';
import type { JointProblem } from './joint/joint-problem';
import { stay } from './joint/stay';
import type { Stay } from './joint/stay';
import { nextGrants } from './granting';
import type { Grant, Granted } from './granting';
import { grantFor } from './lacking';
import { Market } from './market';
import type { Offer } from './offer';
import { PlacementError, infeasibleError, nothingServes } from './placement-error';
import type { Setting } from './setting';
import type { Solver } from './solver/highs';
import type { Infeasible, Limits, Solution } from './solver/problem';
import { keptAsTheyAre } from './standing';
import { sharesOf, sizeUnit } from './units';
import { venueOf } from './venues';

type Pool = readonly Assignment[];

/** What there is to choose from, and how. */
interface Task {
  /** In the order of their names. */
  readonly workloads: readonly Workload[];
  readonly offers: readonly Offer[];
  readonly setting: Setting;
  readonly solver: Solver;
  readonly limits: Limits;
  readonly grantArrangements: boolean;
  /** Told when it is known what may be chosen. */
  readonly onCandidates: () => void;
}

/** What was chosen for all workloads. */
interface Chosen {
  readonly market: Market;
  /** Who shares each unit. */
  readonly pools: readonly Pool[];
  /** Those of them that stay as they are, because nothing else can serve what is on them. */
  readonly kept: readonly Pool[];
  readonly stays: readonly Stay[];
  /** The cheapest one, with what is kept. */
  readonly solution: Solution;
  /** Whether that is another than what was chosen, in which what is deployed stays. */
  readonly isDearer: boolean;
}

/**
 * Gives each workload its place. Where there is none, machines that serve it already stay as they are, if nothing but better tables speaks
 * against them. @throws {PlacementError} when nothing can serve a workload, or when the budget is too small
 */
export function chosenOf(task: Task): Chosen {
  try {
    return attempt(task, []);
  } catch (error) {
    if (!(error instanceof PlacementError)) throw error;
    const names = new Set(error.workloads);
    const kept = keptAsTheyAre(names, task.offers, task.setting);
    if (kept.length === 0) throw error;
    return attempt(task, kept);
  }
}

/**
 * @param kept who shares each unit that is not to be chosen, but stays as it is
 * @param asked what was found to be granted already. @default - nothing
 */
function attempt(task: Task, kept: readonly Pool[], asked: Granted = new Map()): Chosen {
  const { setting, solver, limits, onCandidates } = task;
  const names = new Set(kept.flat().map(({ workload }) => workload.name));
  const workloads = task.workloads.filter(({ name }) => !names.has(name));
  const keptUsd = kept.reduce((sum, pool) => sum + usdAsItIs(pool, setting), 0);
  const offers = task.offers.filter(offer => !kept.some(pool => isTakenBy(pool, offer)));
  const { market, problem } = problemOf(workloads, { ...task, offers, granted: asked }, keptUsd);
  onCandidates();
  const cheapest = choose(problem, solver, limits);
  const granting = (more: Granted) =>
    attempt(task, kept, new Map([...(market.setting.granted ?? []), ...more]));
  if ('status' in cheapest) {
    const error = infeasibleError(withKeptBudget(cheapest, keptUsd), market);
    const more = task.grantArrangements ? grantsForInfeasible(cheapest, market) : nothing;
    if (more.size === 0) throw error;
    return orElse(() => granting(more), error);
  }
  const { choice, stays } = stay(problem, cheapest, solver, limits);
  const more = task.grantArrangements ? grantsForTooDear(choice.pools, market) : nothing;
  if (more.size > 0) return granting(more);
  return {
    market,
    pools: [...choice.pools, ...kept],
    kept,
    stays,
    solution: withKept(cheapest.solution, keptUsd),
    isDearer: choice !== cheapest,
  };
}

function usdAsItIs(pool: Pool, setting: Setting): number {
  const sizing = setting.incumbents?.sizingOf(pool);
  return sizeUnit(pool, setting, { sizing }).monthlyUsd ?? 0;
}

/** What is there once serves nobody else while its load is not known by what others are chosen by. */
function isTakenBy(pool: Pool, { identity, ...offer }: Offer): boolean {
  return !venueOf(offer).hasIdentities && pool.some(each => each.offer.identity.unitKey === identity.unitKey);
}

function withKept(solution: Solution, keptUsd: number): Solution {
  const [usd, bound] = [cents(solution.usd + keptUsd), solution.bound + keptUsd];
  return keptUsd === 0 ? solution : { ...solution, usd, bound };
}

/** The budget is of all, and so is what it is too small for. */
function withKeptBudget(infeasible: Infeasible, keptUsd: number): Infeasible {
  if (infeasible.cause !== 'budget') return infeasible;
  const { budgetUsd, cheapest } = infeasible;
  return { ...infeasible, budgetUsd: cents(budgetUsd + keptUsd), cheapest: withKept(cheapest, keptUsd) };
}

/** What nobody would pay, USD a month and times as much, rather than arrange something once, such as checking the hash of a file. */
const tooDear = { usd: 500, times: 3 };

const nothing: Granted = new Map();

/** For workloads that are not deployed yet and would cost far more than where the team only has to state something. */
function grantsForTooDear(pools: readonly Pool[], market: Market): Granted {
  const { setting } = market;
  return new Map(
    pools.flatMap(pool => {
      const shares = sharesOf(sizeUnit(pool, setting), pool);
      return pool.flatMap(({ workload }, i) => {
        const usd = shares[i] ?? 0;
        const most = Math.min(usd - tooDear.usd, usd / tooDear.times);
        const isNew = setting.incumbents?.unitOf(workload) === undefined;
        return isNew && most > 0 ? namedGrant(market, workload, most) : [];
      });
    }),
  );
}

/**
 * For workloads that cost more than the budget together, and would cost less where the team only has to state something; for those that
 * have no room together, such as on a quota, all that it can.
 */
function grantsForInfeasible(infeasible: Infeasible, market: Market): Granted {
  if (infeasible.cause === 'limits') return nextGrants(infeasible.workloads, market.setting.granted);
  if (infeasible.cause !== 'budget') return nothing;
  const { workloads } = market.setting.environment;
  return new Map(
    infeasible.dearest.flatMap(({ workload: name, usd }) => {
      const workload = workloads.find(each => each.name === name);
      return workload ? namedGrant(market, workload, usd) : [];
    }),
  );
}

function namedGrant(market: Market, workload: Workload, underUsd: number): [string, Grant][] {
  const grant = grantFor(market, workload, underUsd);
  return grant ? [[workload.name, grant]] : [];
}

/** What is chosen another way, or the error where that fails, too. */
function orElse(other: () => Chosen, error: PlacementError): Chosen {
  try {
    return other();
  } catch (failure) {
    throw failure instanceof PlacementError ? error : failure;
  }
}

/**
 * The problem in which every workload has a place. What the team would have to state is taken for granted only for a workload
 * that nothing else can serve, or at a price that nobody would pay, so that what is stated already comes first: no more of it than
 * it takes.
 */
function problemOf(
  workloads: readonly Workload[],
  { offers, setting: known, grantArrangements, granted }: Granting,
  keptUsd: number,
): { market: Market; problem: JointProblem } {
  const setting = granted.size > 0 ? { ...known, granted } : known;
  const market = new Market(offers, setting);
  const problem = jointProblem(market, workloads, setting, keptUsd);
  const unserved = problem.withoutCandidate();
  if (unserved.length === 0) return { market, problem };
  const next = nextGrants(
    unserved.map(({ name }) => name),
    granted,
  );
  if (!grantArrangements || next.size < unserved.length) throw nothingServes(unserved, market);
  return problemOf(
    workloads,
    { offers, setting: known, grantArrangements, granted: new Map([...granted, ...next]) },
    keptUsd,
  );
}

interface Granting extends Pick<Task, 'offers' | 'setting' | 'grantArrangements'> {
  readonly granted: Granted;
}
