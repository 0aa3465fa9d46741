import type { Catalog } from '../catalog';
import type { Decision, Warning } from './decision';
import type { Environment, Workload } from '../config/environment';
import { apiWarnings } from './api-warnings';
import { loadSolver } from './solver/highs';
import type { Infeasible, Limits } from './solver/problem';
import { evaluate } from './evaluate';
import { placementsOf } from './explanation';
import { cents, daysBetween, usd } from './figures';
import { jointProblem } from './joint/build';
import { choose } from './joint/choose';
import { marketOf } from './market';
import { allOffers } from './offers';
import { optimalityOf } from './optimality';
import { PlacementError, placementError, unplaceable } from './placement-error';
import type { Setting } from './setting';
import { spotWarnings } from './spot-warnings';
import type { NamedUnit } from './unit-ids';
import { unitsOf } from './units';
import type { SizedUnit } from './units';

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

/** Seats: what may be chosen is known; search: it is chosen; explanations: everything else is compared with it. */
export type DecisionStep = 'seats' | 'search' | 'explanations';

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
  const offers = allOffers(setting);
  const workloads = environment.workloads.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const joint = jointProblem(marketOf(offers, setting), workloads, setting);
  const unserved = joint.unseated();
  const nothingServes = (some: readonly Workload[]): PlacementError =>
    placementError(
      environment.name,
      some.map(workload => unplaceable(workload, evaluate(offers, workload, setting))),
    );
  if (unserved.length > 0) throw nothingServes(unserved);
  onStep?.('seats');
  const chosen = choose(joint, await loadSolver(), limits);
  onStep?.('search');
  if ('status' in chosen)
    throw chosen.cause === 'no-offer'
      ? nothingServes(workloads.filter(({ name }) => chosen.workloads.includes(name)))
      : togetherError(environment, chosen);
  const units = unitsOf(chosen.pools, setting, named);
  const placements = units
    .flatMap(unit => placementsOf(unit, workload => evaluate(offers, workload, setting), setting))
    .toSorted((a, b) => (a.workload < b.workload ? -1 : 1));
  onStep?.('explanations');
  const monthlyUsd = cents(units.reduce((sum, { unit }) => sum + unit.monthlyUsd, 0));
  return {
    environment: environment.name,
    asOf,
    monthlyUsd,
    optimality: optimalityOf(chosen.solution, monthlyUsd),
    units: units.map(({ unit }) => unit),
    placements,
    warnings: [...warningsOf(units, setting), ...apiWarnings(environment, catalog.armApis, asOf)],
  };
}

/** Each workload can be served alone, and all together cannot, or not within the budget. */
function togetherError(
  { name }: Environment,
  infeasible: Exclude<Infeasible, { cause: 'no-offer' }>,
): PlacementError {
  if (infeasible.cause !== 'budget') {
    return new PlacementError(
      `${name}: ${infeasible.workloads.join(', ')}: each can be served alone, but not all together: a device's memory or a quota is too small for those that need it`,
    );
  }
  const { budgetUsd, cheapest, dearest, proven } = infeasible;
  const named = dearest
    .slice(0, 3)
    .map(each => `${each.workload} ${usd(each.usd)}`)
    .join(', ');
  const needed = proven
    ? `at least ${usd(cheapest.usd)} a month is needed`
    : `the cheapest placement found costs ${usd(cheapest.usd)} a month, and none is proven to cost less than ${usd(cheapest.bound)}`;
  return new PlacementError(
    `${name}: budget.monthlyUsd: ${needed}, got ${usd(budgetUsd)}, ${usd(cheapest.usd - budgetUsd)} too little; the dearest are ${named}: raise the budget or relax what they require`,
  );
}

/** What is allowed, and still better known. */
function warningsOf(units: readonly SizedUnit[], { environment, asOf }: Setting): Warning[] {
  return units.flatMap(sized => {
    const { unit, members } = sized;
    const age = unit.priceDate === null ? 0 : daysBetween(unit.priceDate, asOf);
    const stale =
      age > environment.maxPriceAgeDays
        ? [
            {
              subject: unit.id,
              rule: 'price-age',
              message: `its price was read on ${unit.priceDate}, ${age} days ago, and maxPriceAgeDays is ${environment.maxPriceAgeDays}`,
            },
          ]
        : [];
    const verdicts = members
      .flatMap(({ evaluation }) => evaluation.verdicts)
      .filter(({ rule }) => rule === 'retirement');
    return [
      ...stale,
      ...spotWarnings(sized),
      ...verdicts.slice(0, 1).map(({ rule, message }) => ({ subject: unit.id, rule, message })),
    ];
  });
}
