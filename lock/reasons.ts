import type { Catalog } from '../catalog';
import { ConfigError } from '../config/parse/problem';
import { allOffers } from '../placement/venues';
import { judge } from '../placement/rules';
import type { Reason } from '../placement/decision';
import type { Setting } from '../placement/setting';
import { environmentOfFacts } from './facts';
import type { Lock } from './lock';
import { rebuildUnit } from './rebuild';

/**
 * The lock with what the rules say of each placement by the catalogue of today, which no lock holds. A placement that is no
 * longer offered has no reasons.
 */
export function withReasons(lock: Lock, catalog: Catalog): Lock {
  const reasons = reasonsByWorkload(lock, catalog);
  const placements = lock.decision.placements.map(placement => ({
    ...placement,
    reasons: reasons.get(placement.workload) ?? [],
  }));
  return { ...lock, decision: { ...lock.decision, placements } };
}

function reasonsByWorkload(lock: Lock, catalog: Catalog): ReadonlyMap<string, readonly Reason[]> {
  const { facts, decision } = lock;
  try {
    const environment = environmentOfFacts(facts, 'facts');
    const setting: Setting = { environment, catalog, asOf: decision.asOf, isCommitted: true };
    const offers = allOffers(setting);
    const assignments = decision.units.flatMap(unit => {
      const placed = decision.placements.filter(placement => placement.unit === unit.id);
      return rebuildUnit(unit, placed, offers, setting)?.assignments ?? [];
    });
    return new Map(
      assignments.map(({ workload, offer }) => [
        workload.name,
        judge(offer.class, workload, setting).map(({ rule, message }) => ({ rule, message })),
      ]),
    );
  } catch (error) {
    if (error instanceof ConfigError) return new Map();
    throw error;
  }
}
