import type { Decision } from '../decision';

/**
 * A decision as `berth explain --json` prints it. The shape is a promise to scripts: keys may be added, none changes.
 */
export function renderJson(decision: Decision): string {
  const { environment, asOf, monthlyUsd } = decision;
  const units = decision.units.map(unit => ({
    id: unit.id,
    venue: unit.venue,
    provider: unit.provider,
    model: unit.model,
    version: unit.version,
    sku: unit.sku,
    count: unit.count,
    location: unit.location,
    monthlyUsd: unit.monthlyUsd,
  }));
  const placements = decision.placements.map(placement => ({
    workload: placement.workload,
    unit: placement.unit,
    venue: placement.venue,
    model: placement.model,
    monthlyUsd: placement.monthlyUsd,
    reasons: placement.reasons,
    alternatives: placement.alternatives,
  }));
  return `${JSON.stringify({ environment, asOf, monthlyUsd, units, placements }, null, 2)}\n`;
}
