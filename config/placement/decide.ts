import type { Catalog } from '../catalog';
import type { Decision, Warning } from '../decision';
import type { Environment } from '../environment';
import { chooseOffers } from './choose-offers';
import type { Demand } from './choose-offers';
import { evaluate } from './evaluate';
import type { Group } from './evaluate';
import { placementsOf } from './explanation';
import { cents, daysBetween, usd } from './figures';
import { allOffers } from './offers';
import { PlacementError, placementError, unplaceable } from './placement-error';
import type { Setting } from './types';
import { spotWarnings } from './spot-warnings';
import { unitsOf } from './units';
import type { SizedUnit } from './units';

export interface DecideOptions {
  /** Day to decide for, YYYY-MM-DD: what is retired by then is not chosen. */
  readonly asOf: string;
}

/**
 * Gives each workload its place: of all offers that break no rule, those that together cost least.
 *
 * Pure and the same to the byte for equal input, in whatever order the workloads stand.
 *
 * @throws {PlacementError} when nothing can serve a workload, with what came nearest, or when the budget is too small
 */
export function decide(environment: Environment, catalog: Catalog, { asOf }: DecideOptions): Decision {
  const setting: Setting = { environment, catalog, asOf };
  const offers = allOffers(setting);
  const workloads = environment.workloads.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const groups = new Map(workloads.map(workload => [workload.name, evaluate(offers, workload, setting)]));
  const demands = workloads.map((workload): Demand => ({
    workload,
    options: optionsOf(groups.get(workload.name) ?? []),
  }));
  const unserved = demands.filter(({ options }) => options.length === 0);
  if (unserved.length > 0) {
    throw placementError(
      environment.name,
      unserved.map(({ workload }) => unplaceable(workload, groups.get(workload.name) ?? [])),
    );
  }
  const choices = chooseOffers(demands, setting);
  if (!choices)
    throw new PlacementError(
      `${environment.name}: each workload can be served alone, but not all together: a device's memory or a quota is too small for those that need it`,
    );
  const units = unitsOf(choices, setting);
  const monthlyUsd = cents(units.reduce((sum, { unit }) => sum + unit.monthlyUsd, 0));
  const placements = units
    .flatMap(unit => placementsOf(unit, groups, setting))
    .toSorted((a, b) => (a.workload < b.workload ? -1 : 1));
  checkBudget(environment, monthlyUsd, placements);
  return {
    environment: environment.name,
    asOf,
    monthlyUsd,
    units: units.map(({ unit }) => unit),
    placements,
    warnings: warningsOf(units, setting),
  };
}

function optionsOf(groups: readonly Group[]): Demand['options'] {
  return groups.flatMap(({ feasible }) => feasible);
}

function checkBudget(
  { name, budget }: Environment,
  monthlyUsd: number,
  placements: Decision['placements'],
): void {
  if (!budget || monthlyUsd <= budget.monthlyUsd) return;
  const dearest = placements
    .toSorted((a, b) => b.monthlyUsd - a.monthlyUsd || (a.workload < b.workload ? -1 : 1))
    .slice(0, 3);
  const named = dearest.map(({ workload, monthlyUsd: cost }) => `${workload} ${usd(cost)}`).join(', ');
  throw new PlacementError(
    `${name}: budget.monthlyUsd: at least ${usd(monthlyUsd)} a month is needed, got ${usd(budget.monthlyUsd)}, ${usd(monthlyUsd - budget.monthlyUsd)} too little; the dearest are ${named}: raise the budget or relax what they require`,
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
