import type { Workload } from '../config/environment';
import type { Assignment } from './candidate';
import { cents } from './figures';
import { jointProblem } from './joint/build';
import { choose } from './joint/choose';
import type { JointProblem } from './joint/joint-problem';
import { stay } from './joint/stay';
import type { Stay } from './joint/stay';
import { cheapestArranged } from './lacking';
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
 * @param arranged whom what the team can arrange is granted. @default - those that nothing else can serve, and then those that it saves much
 */
function attempt(task: Task, kept: readonly Pool[], arranged?: ReadonlySet<string>): Chosen {
  const { setting, solver, limits, onCandidates } = task;
  const names = new Set(kept.flat().map(({ workload }) => workload.name));
  const workloads = task.workloads.filter(({ name }) => !names.has(name));
  const keptUsd = kept.reduce((sum, pool) => sum + usdAsItIs(pool, setting), 0);
  const offers = task.offers.filter(offer => !kept.some(pool => isTakenBy(pool, offer)));
  const { market, problem } = problemOf(workloads, { ...task, offers, arranged }, keptUsd);
  onCandidates();
  const cheapest = choose(problem, solver, limits);
  const mayGrant = task.grantArrangements && arranged === undefined;
  const granting = (more: readonly string[]) =>
    attempt(task, kept, new Set([...(market.setting.arranged ?? []), ...more]));
  if ('status' in cheapest) {
    const error = infeasibleError(withKeptBudget(cheapest, keptUsd), market);
    const cheaper = mayGrant ? overBudgetIn(cheapest, market) : [];
    if (cheaper.length === 0) throw error;
    return orElse(() => granting(cheaper), error);
  }
  const { choice, stays } = stay(problem, cheapest, solver, limits);
  const tooDearOnes = mayGrant ? tooDearIn(choice.pools, market) : [];
  if (tooDearOnes.length > 0) return granting(tooDearOnes);
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

/** Workloads that are not deployed yet and would cost far more than where the team only has to arrange something. */
function tooDearIn(pools: readonly Pool[], market: Market): string[] {
  const { setting } = market;
  return pools.flatMap(pool => {
    const shares = sharesOf(sizeUnit(pool, setting), pool);
    return pool.flatMap(({ workload }, i) => {
      const usd = shares[i] ?? 0;
      const most = Math.min(usd - tooDear.usd, usd / tooDear.times);
      const isNew = setting.incumbents?.unitOf(workload) === undefined;
      return isNew && most > 0 && cheapestArranged(market, workload, most) ? [workload.name] : [];
    });
  });
}

/** Workloads that would cost less where the team only has to arrange something, of those that cost more than the budget together. */
function overBudgetIn(infeasible: Infeasible, market: Market): string[] {
  if (infeasible.cause !== 'budget') return [];
  const { workloads } = market.setting.environment;
  return infeasible.dearest.flatMap(({ workload: name, usd }) => {
    const workload = workloads.find(each => each.name === name);
    return workload && cheapestArranged(market, workload, usd) ? [name] : [];
  });
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
 * The problem in which every workload has a place. What the team can arrange is taken for granted only for a workload that
 * nothing else can serve, or at a price that nobody would pay, so that what is arranged already comes first.
 */
function problemOf(
  workloads: readonly Workload[],
  { offers, setting, grantArrangements, arranged }: Granting,
  keptUsd: number,
): { market: Market; problem: JointProblem } {
  if (arranged) return granted(workloads, offers, { ...setting, arranged }, keptUsd);
  const market = new Market(offers, setting);
  const problem = jointProblem(market, workloads, setting, keptUsd);
  const unserved = problem.withoutCandidate();
  if (unserved.length === 0) return { market, problem };
  if (!grantArrangements) throw nothingServes(unserved, market);
  const names = new Set(unserved.map(({ name }) => name));
  return granted(workloads, offers, { ...setting, arranged: names }, keptUsd);
}

interface Granting extends Pick<Task, 'offers' | 'setting' | 'grantArrangements'> {
  readonly arranged: ReadonlySet<string> | undefined;
}

function granted(
  workloads: readonly Workload[],
  offers: readonly Offer[],
  setting: Setting,
  keptUsd: number,
): { market: Market; problem: JointProblem } {
  const market = new Market(offers, setting);
  const problem = jointProblem(market, workloads, setting, keptUsd);
  const hopeless = problem.withoutCandidate();
  if (hopeless.length > 0) throw nothingServes(hopeless, market);
  return { market, problem };
}
