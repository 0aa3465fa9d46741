import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import { chosenOf } from './attempt';
import { compare } from './collections';
import type { Decision } from './decision';
import { placementsOf } from './explanation';
import { cents } from './figures';
import { Incumbents } from './incumbents';
import type { DeployedUnit } from './incumbents';
import { optimalityOf } from './optimality';
import { requireRoom } from './placement-error';
import type { Setting } from './setting';
import { statementsOf } from './statements';
import { loadSolver } from './solver/highs';
import type { Limits } from './solver/problem';
import { standingOf } from './standing';
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
  /**
   * What is deployed: it stays unless a requirement breaks, or moving saves what `moveWhen` of the environment states. @default - nothing:
   * all is decided anew
   */
  readonly deployed?: readonly DeployedUnit[];
  /**
   * Whether a workload that nothing can serve yet, or at a price that nobody would pay, is placed as if its team had arranged what it can arrange, which `toState`
   * of the decision then says. Otherwise it is an error. @default true
   */
  readonly grantArrangements?: boolean;
  /** Told of each step that is done, in this order; of the first again where it is chosen anew, as with machines that stay. @default nobody is told */
  readonly onStep?: (done: DecisionStep) => void;
}

/** Candidates: what may be chosen is known; search: it is chosen; explanations: everything else is compared with it. */
export type DecisionStep = 'candidates' | 'search' | 'explanations';

/**
 * Gives each workload its place: of all offers that break no rule, those that together cost least. Equal costs go to the
 * better quality for the task, then to fewer machines, later retirement, and the name. What is deployed stays unless that saves
 * enough.
 *
 * Pure and the same to the byte for equal input, in whatever order the workloads stand, unless a limit in seconds strikes.
 *
 * @throws {PlacementError} when nothing can serve a workload, with what came nearest, or when the budget is too small
 */
export async function decide(
  environment: Environment,
  catalog: Catalog,
  { asOf, limits = {}, named, deployed = [], onStep, grantArrangements = true }: DecideOptions,
): Promise<Decision> {
  const anew: Setting = { environment, catalog, asOf };
  const offers = allOffers(anew);
  const standing = standingOf(deployed, offers, anew);
  const incumbents = standing.length > 0 ? new Incumbents(standing, environment) : undefined;
  const { market, pools, kept, stays, solution, isDearer } = chosenOf({
    workloads: environment.workloads.toSorted((a, b) => compare(a.name, b.name)),
    offers,
    setting: incumbents ? { ...anew, incumbents } : anew,
    solver: await loadSolver(),
    limits,
    grantArrangements,
    onCandidates: () => onStep?.('candidates'),
  });
  const { setting } = market;
  onStep?.('search');

  const units = unitsOf(pools, setting, named);
  const placements = placementsOf(units, market, stays);
  onStep?.('explanations');

  const placed = units.map(({ unit }) => unit);
  requireRoom(environment, placed);
  const toState = statementsOf(units, setting);
  const monthlyUsd = cents(placed.reduce((sum, unit) => sum + unit.monthlyUsd, 0));
  return {
    environment: environment.name,
    asOf,
    monthlyUsd,
    optimality: optimalityOf(solution, monthlyUsd, isDearer),
    units: placed,
    placements,
    ...(toState.length > 0 ? { toState } : {}),
    warnings: warningsOf(units, setting, kept.flat()),
  };
}
