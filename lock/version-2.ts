import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import { switchingOf } from '../placement/billing';
import { groupBy } from '../placement/collections';
import type { EngineBuild } from '../placement/decision';
import type { Offer } from '../placement/offer';
import { engineBuildFor } from '../placement/pools/served-models';
import { allOffers } from '../placement/venues';
import { settledConditions } from './conditions';
import { factsSchema } from './lock-form';

/** A unit as locks of version 1 and 2 have it: neither says which offer it is, nor which engine it installs. */
export const unitSchema = z.looseObject({
  id: z.string(),
  venue: z.string(),
  sku: z.string(),
  location: z.string(),
  version: z.string(),
  billing: z.string().optional(),
  schedule: z.unknown().optional(),
  device: z.string().optional(),
});
type OldUnit = z.output<typeof unitSchema>;

/** A placement, as far as it says on which offer it is. */
export const placementSchema = z.looseObject({ workload: z.string(), unit: z.string(), model: z.string() });

export const version2Schema = z.looseObject({
  lockVersion: z.literal(2),
  facts: factsSchema,
  decision: z.looseObject({
    asOf: z.string(),
    units: z.array(unitSchema),
    placements: z.array(placementSchema),
  }),
});

/** What of a lock says on which offers its units are. */
type OldDecision = z.output<typeof version2Schema>['decision'];

/** The same lock in the form of version 3. @param environment the one of its facts */
export function fromVersion2(
  lock: z.output<typeof version2Schema>,
  environment: Environment,
  catalog: Catalog,
): unknown {
  const offers = allOffers({ environment, catalog, asOf: lock.decision.asOf });
  const units = withOffers(lock.decision, environment, offers);
  return { ...lock, lockVersion: 3, ...settledConditions, decision: { ...lock.decision, units } };
}

/** The units with the offer and the engine of each; what none of the offers is like is on an unknown one, which the check tells. */
export function withOffers(
  { units, placements }: OldDecision,
  environment: Environment,
  offers: readonly Offer[],
): (OldUnit & { readonly offer: string; readonly engine?: EngineBuild | null })[] {
  return units.map(unit => {
    const models = placements.filter(each => each.unit === unit.id).map(({ model }) => model);
    const [offer] = offersOf(unit, new Set(models), offers);
    const need = offer?.class.weights?.engine;
    return {
      ...unit,
      offer: offer?.identity.unitKey ?? 'unknown',
      ...(need ? { engine: engineBuildFor(need, environment) } : {}),
    };
  });
}

/** Offers that are what the unit says of itself, of one kind that has all its models. */
function offersOf(unit: OldUnit, models: ReadonlySet<string>, offers: readonly Offer[]): readonly Offer[] {
  const alike = offers.filter(offer => models.has(offer.model) && isLike(unit, offer));
  const kinds = [...groupBy(alike, ({ identity }) => identity.unitKey).values()];
  return kinds.find(kind => new Set(kind.map(({ model }) => model)).size === models.size) ?? [];
}

function isLike(
  unit: OldUnit,
  { venue, sku, location, version, identity, class: { billing } }: Offer,
): boolean {
  const paid = unit.billing ?? 'on-demand';
  return (
    venue === unit.venue &&
    sku === unit.sku &&
    location === unit.location &&
    unit.version.split(' + ').includes(version) &&
    identity.device === (unit.device ?? '') &&
    (billing?.kind ?? 'on-demand') === paid &&
    (billing?.kind !== 'scheduled' || isDeepStrictEqual(switchingOf(billing.hours), unit.schedule))
  );
}
