import type { Catalog } from '../catalog';
import type { Decision, Placement } from '../placement/decision';
import type { Environment, Workload } from '../config/environment';
import { rebuildUnit } from '../lock/rebuild';
import { evaluate } from '../placement/evaluate';
import { alternative, compareAlternatives } from '../placement/explanation';
import { cents } from '../placement/figures';
import { grantedIn } from '../placement/granting';
import { Market } from '../placement/market';
import { groupBy } from '../placement/collections';
import { allOffers } from '../placement/venues';
import type { Assignment } from '../placement/candidate';
import { groupKeyOf } from '../placement/offer';
import type { Offer, OfferClass } from '../placement/offer';
import { passes, seenBy } from '../placement/rules';
import type { Setting } from '../placement/setting';
import { Contender } from './contender';
import type { ExplainedAlternative, ExplainedPlacement, Explanation } from './explanation';
import { outlookOf } from './outlook';
import { verifyOf } from './verify';

/** How much an explanation looks at. */
export interface ExplainOptions {
  /** Whether to follow the cost at every venue over all traffic, as a plot needs it. @default false */
  readonly curves?: boolean;
}

const variantsShown = 8;

/** A workload with the offer that the decision gave it. */
interface Placed {
  readonly workload: Workload;
  readonly placement: Placement;
  readonly offer: Offer;
}

/**
 * Adds to a decision how it would change: runner-up, break-even and the answer at other traffic for each workload, and
 * what would verify each alternative that nobody verified. Pure, and the same to the byte for equal input.
 *
 * @param environment the one that the decision was made for
 */
export function explain(
  decision: Decision,
  environment: Environment,
  catalog: Catalog,
  { curves = false }: ExplainOptions = {},
): Explanation {
  const granted = grantedIn(decision.toState ?? []);
  const setting: Setting = { environment, catalog, asOf: decision.asOf, granted };
  const offers = allOffers(setting);
  const placed = placedIn(decision, offers, setting);
  return {
    ...decision,
    ...(environment.budget ? { budgetUsd: environment.budget.monthlyUsd } : {}),
    placements: placed.map((each): ExplainedPlacement => {
      const contenders = contendersOf(each, placed, offers, setting);
      const chosen = contenders.find(({ offer }) => offer === each.offer);
      if (!chosen)
        throw new Error(`${each.workload.name} is where it may not be, which is a fault in the placement`);
      const { description } = each.workload;
      return {
        ...each.placement,
        ...(description === undefined ? {} : { description }),
        alternatives: each.placement.alternatives.map(other => explained(other, each.placement)),
        ...variantsOf(each, offers, setting),
        outlook: outlookOf(each.workload, chosen, contenders, setting, { curves }),
      };
    }),
  };
}

/** In the order of the decision's placements. */
function placedIn(
  { units, placements }: Decision,
  offers: readonly Offer[],
  setting: Setting,
): readonly Placed[] {
  const assignments = units.flatMap(unit => {
    const placed = placements.filter(placement => placement.unit === unit.id);
    return rebuildUnit(unit, placed, offers, setting)?.assignments ?? [];
  });
  const assignmentOf = new Map(assignments.map(each => [each.workload.name, each]));
  return placements.map((placement): Placed => {
    const assignment = assignmentOf.get(placement.workload);
    if (!assignment)
      throw new Error(`${placement.workload} was decided for another environment or catalogue`);
    return { ...assignment, placement };
  });
}

/** Every offer that breaks no rule, beside the workloads that are there already. */
function contendersOf(
  { workload, offer: chosen, placement }: Placed,
  placed: readonly Placed[],
  offers: readonly Offer[],
  setting: Setting,
): Contender[] {
  const others = placed.filter(each => each.workload !== workload);
  const othersOn = (offer: Offer): Assignment[] => {
    const alike = others.filter(each => each.offer.identity.unitKey === offer.identity.unitKey);
    // Of several pools of one kind it is its own, or else the first.
    const unit = offer === chosen ? placement.unit : alike[0]?.placement.unit;
    return alike
      .filter(each => each.placement.unit === unit)
      .map(each => ({ workload: each.workload, offer: each.offer }));
  };
  const isAllowed = allowedTo(workload, setting);
  const all = offers
    .filter(offer => offer === chosen || isAllowed(offer))
    .map(offer => new Contender(offer, workload, othersOn(offer), setting));
  const cheapest = cheapestByHardware(all);
  return all.filter(
    each => each.offer === chosen || !each.isAlone || each.atLeast(0) <= leastOf(each, cheapest),
  );
}

/** The same weights on the same machine cost least where its hour does, at any traffic: dearer regions never win. */
function cheapestByHardware(contenders: readonly Contender[]): Map<string, number> {
  const least = new Map<string, number>();
  for (const contender of contenders) {
    const key = hardwareOf(contender.offer);
    if (key !== undefined) least.set(key, Math.min(least.get(key) ?? Infinity, contender.atLeast(0)));
  }
  return least;
}

function leastOf({ offer }: Contender, cheapest: ReadonlyMap<string, number>): number {
  return cheapest.get(hardwareOf(offer) ?? '') ?? Infinity;
}

/** Undefined where only one place has it, or nothing tells its parts apart. */
function hardwareOf(offer: Offer): string | undefined {
  const { weights } = offer.class;
  if (!weights || offer.identity.device !== '') return undefined;
  return `${groupKeyOf(offer)}/${offer.version}/${offer.sku}/${weights.quantisation.name}/${offer.identity.billing}`;
}

/** Stops at the first rule that does not pass, unlike a decision, which reports them all; each class is judged once. */
function allowedTo(workload: Workload, setting: Setting): (offer: Offer) => boolean {
  const known = new Map<OfferClass, boolean>();
  return offer => {
    const seen = seenBy(workload, offer.class, offer.sku);
    const allowed = known.get(seen) ?? passes(seen, workload, setting);
    known.set(seen, allowed);
    return allowed;
  };
}

/** The model where it is, as other SKUs: one for each, its cheapest. */
function variantsOf({ workload, placement, offer }: Placed, offers: readonly Offer[], setting: Setting) {
  const family = offers.filter(other => groupKeyOf(other) === groupKeyOf(offer) && other.sku !== offer.sku);
  const bySku = [...groupBy(family, ({ sku }) => sku).values()];
  const all = bySku
    .flatMap(members => evaluate(new Market(members, setting), workload))
    .map(group => explained(alternative(group, placement.monthlyUsd, placement.stays), placement))
    .toSorted(compareAlternatives);
  return { variants: all.slice(0, variantsShown), moreVariants: Math.max(0, all.length - variantsShown) };
}

function explained(other: Placement['alternatives'][number], placement: Placement): ExplainedAlternative {
  const { verdict, monthlyUsd } = other;
  return {
    ...other,
    gapUsd: verdict === 'dearer' && monthlyUsd !== null ? cents(monthlyUsd - placement.monthlyUsd) : null,
    because: other.because.map(reason =>
      verdict === 'unverified' ? { ...reason, verify: verifyOf(reason, other) } : reason,
    ),
  };
}
