import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import { compare } from './collections';
import type { Decision } from './decision';
import { placementsOf } from './explanation';
import { cents } from './figures';
import { jointProblem } from './joint/build';
import { choose } from './joint/choose';
import { Market } from './market';
import { optimalityOf } from './optimality';
import { infeasibleError, nothingServes } from './placement-error';
import type { Setting } from './setting';
import { loadSolver } from './solver/highs';
import type { Limits } from './solver/problem';
import type { NamedUnit } from './unit-ids';
import { unitsOf } from './units';
import { allOffers } from './venues';
import { warningsOf } from './warnings';

/** How a decision is made. */
export interface DecideOptions {
  /** Day to decide for, YYYY-MM-DD: what is retired by then is not chosen. */
  readonly asOf: string;
  /** What the search may spend. @default - until it is proven that nothing costs less, within 20,000 nodes */
  readonly limits?: Limits;
  /** Units that are deployed, whose ids are kept, so that nothing is made anew under another name. @default - none */
  readonly named?: readonly NamedUnit[];
  /** Told of each step that is done, in this order. @default nobody is told */
  readonly onStep?: (done: DecisionStep) => void;
}

/** Candidates: what may be chosen is known; search: it is chosen; explanations: everything else is compared with it. */
export type DecisionStep = 'candidates' | 'search' | 'explanations';

/**
 * Gives each workload its place: of all offers that break no rule, those that together cost least. Equal costs go to the
 * better quality for the task, then to fewer machines, later retirement, and the name.
 *
 * Pure and the same to the byte for equal input, in whatever order the workloads stand, unless a limit in seconds strikes.
 *
 * @throws {PlacementError} when nothing can serve a workload, with what came nearest, or when the budget is too small
 */
export async function decide(
  environment: Environment,
  catalog: Catalog,
  { asOf, limits = {}, named, onStep }: DecideOptions,
): Promise<Decision> {
  const setting: Setting = { environment, catalog, asOf };
  const workloads = environment.workloads.toSorted((a, b) => compare(a.name, b.name));
  const offers = allOffers(setting);
  const market = new Market(offers, setting);

  const problem = jointProblem(market, workloads, setting);
  const unserved = problem.withoutCandidate();
  if (unserved.length > 0) throw nothingServes(unserved, market);
  onStep?.('candidates');

  const chosen = choose(problem, await loadSolver(), limits);
  onStep?.('search');
  if ('status' in chosen) throw infeasibleError(chosen, market);

  const units = unitsOf(chosen.pools, setting, named);
  const placements = placementsOf(units, market);
  onStep?.('explanations');

  const monthlyUsd = cents(units.reduce((sum, { unit }) => sum + unit.monthlyUsd, 0));
  return {
    environment: environment.name,
    asOf,
    monthlyUsd,
    optimality: optimalityOf(chosen.solution, monthlyUsd),
    units: units.map(({ unit }) => unit),
    placements,
    warnings: warningsOf(units, setting),
  };
}
