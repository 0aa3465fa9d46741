import type { Decision } from '../placement/decision';
import { assumption, factorRange } from './explanation';
import type { ExplainedPlacement, Explanation } from './explanation';
import { factorTolerance } from './break-even';

/**
 * An explained decision as `berth explain --json` prints it. The shape is a promise to scripts: keys may be added, none
 * changes.
 */
export function renderJson(explanation: Explanation): string {
  const { environment, asOf, monthlyUsd, budgetUsd, optimality, warnings = [] } = explanation;
  const traffic = { factors: factorRange, tolerance: factorTolerance, assumption };
  const value = {
    environment,
    asOf,
    monthlyUsd,
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
    optimality,
    units: unitsOf(explanation),
    placements: explanation.placements.map(placementOf),
    ...(explanation.toState ? { toState: explanation.toState } : {}),
    warnings,
    traffic,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function unitsOf({ units }: Decision) {
  return units.map(unit => ({
    id: unit.id,
    offer: unit.offer,
    venue: unit.venue,
    provider: unit.provider,
    model: unit.model,
    version: unit.version,
    sku: unit.sku,
    count: unit.count,
    location: unit.location,
    monthlyUsd: unit.monthlyUsd,
    priceDate: unit.priceDate,
    ...('billing' in unit && unit.billing ? { billing: unit.billing } : {}),
  }));
}

function placementOf(placement: ExplainedPlacement) {
  const { outlook } = placement;
  return {
    workload: placement.workload,
    unit: placement.unit,
    venue: placement.venue,
    model: placement.model,
    monthlyUsd: placement.monthlyUsd,
    reasons: placement.reasons,
    alternatives: placement.alternatives,
    variants: placement.variants,
    moreVariants: placement.moreVariants,
    addedUsd: outlook.addedUsd,
    ...(placement.stays ? { stays: placement.stays } : {}),
    ...(placement.leaves ? { leaves: placement.leaves } : {}),
    ...(placement.onlyLacks ? { onlyLacks: placement.onlyLacks } : {}),
    runnerUp: outlook.runnerUp,
    breakEven: outlook.breakEven,
    traffic: outlook.traffic,
  };
}
