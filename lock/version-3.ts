import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import type { Unit } from '../placement/decision';
import type { Offer } from '../placement/offer';
import type { Setting } from '../placement/setting';
import { allOffers } from '../placement/venues';
import { plain } from './differences';
import { factsSchema, lockVersion } from './lock-form';
import { rebuildUnit, recordedPrices } from './rebuild';
import { placementSchema, unitSchema } from './version-2';

/** A lock from before the figures of sizes were recorded. */
export const version3Schema = z.looseObject({
  lockVersion: z.literal(3),
  facts: factsSchema,
  decision: z.looseObject({
    asOf: z.string(),
    units: z.array(unitSchema.extend({ sizing: z.undefined().optional() })),
    placements: z.array(placementSchema),
  }),
});

/** The same lock in today's form. @param environment the one of its facts */
export function fromVersion3(
  lock: z.output<typeof version3Schema>,
  environment: Environment,
  catalog: Catalog,
): unknown {
  const { asOf, placements, units } = lock.decision;
  const setting: Setting = { environment, catalog, asOf, isCommitted: true };
  const sized = withFigures(units, placements, allOffers(setting), setting);
  return { ...lock, lockVersion, decision: { ...lock.decision, units: sized } };
}

/**
 * Units with the figures that give their sizes, where those of today do. What they were sized by was not recorded, so others
 * are taken as they are.
 */
function withFigures(
  units: readonly z.output<typeof unitSchema>[],
  placements: readonly z.output<typeof placementSchema>[],
  offers: readonly Offer[],
  setting: Setting,
): object[] {
  return units.map(unit => {
    // What is no unit of these offers is told by the check that follows.
    const own = unit as unknown as Unit;
    const placed = placements.filter(each => each.unit === unit.id);
    const rebuilt = rebuildUnit(own, placed, offers, setting, recordedPrices(own));
    const isSame = rebuilt && isDeepStrictEqual(sizeOf(own), sizeOf(rebuilt.unit));
    return isSame && rebuilt.unit.sizing ? { ...unit, sizing: rebuilt.unit.sizing } : unit;
  });
}

function sizeOf(unit: Unit): unknown {
  return plain([unit.count, 'serves' in unit ? unit.serves : undefined]);
}
