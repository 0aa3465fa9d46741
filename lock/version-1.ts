import { z } from 'zod';
import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import type { Unit, UnitPrices } from '../placement/decision';
import { allOffers } from '../placement/venues';
import type { Setting } from '../placement/setting';
import { settledConditions } from './conditions';
import { deployedByVersion1 } from './deployed';
import { factsSchema } from './lock-form';
import { rebuildUnit } from './rebuild';
import { placementSchema, unitSchema, withOffers } from './version-2';

/** A lock as release 0.1 wrote it: without prices, and with an explanation. */
export const version1Schema = z.strictObject({
  lockVersion: z.literal(1),
  moves: z.array(z.unknown()),
  decision: z.looseObject({
    asOf: z.string(),
    units: z.array(unitSchema),
    placements: z.array(placementSchema.extend({ venue: z.string(), monthlyUsd: z.number() })),
  }),
  facts: factsSchema,
});

type Version1 = z.output<typeof version1Schema>;

/**
 * The same lock in the form of version 3. Its prices were not recorded, so they are those of the catalogue: while these are what
 * it was placed by, the check finds its costs right, and the lock is built on as it is.
 *
 * @param environment the one of its facts
 */
export function fromVersion1(
  { moves, decision, facts }: Version1,
  environment: Environment,
  catalog: Catalog,
): unknown {
  const { placements, units, environment: name, asOf, monthlyUsd, optimality } = decision;
  const setting: Setting = { environment, catalog, asOf, isCommitted: true };
  const offers = allOffers(setting);
  return {
    lockVersion: 3,
    deployed: deployedByVersion1,
    moves,
    ...settledConditions,
    facts,
    decision: {
      environment: name,
      asOf,
      monthlyUsd,
      optimality,
      placements: placements.map(({ workload, unit, venue, model, monthlyUsd }) => ({
        workload,
        unit,
        venue,
        model,
        monthlyUsd,
      })),
      units: withOffers({ asOf, units, placements }, environment, offers).map(unit => {
        const placed = placements.filter(each => each.unit === unit.id);
        // What is no unit of these offers is told by the check that follows.
        const rebuilt = rebuildUnit(unit as unknown as Unit, placed, offers, setting);
        return { ...unit, prices: readOn(unit.priceDate, rebuilt?.size.prices ?? null) };
      }),
    },
  };
}

/** Prices of the day that the lock was priced on: where they give its costs, they were the same then. */
function readOn(day: unknown, prices: UnitPrices | null): UnitPrices | null {
  if (prices === null || typeof day !== 'string') return prices;
  if (prices.per === 'hour') return { ...prices, asOf: day };
  const workloads = Object.entries(prices.workloads).map(
    ([name, price]) => [name, { ...price, asOf: day }] as const,
  );
  return { ...prices, workloads: Object.fromEntries(workloads) };
}
