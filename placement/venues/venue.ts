import { isDeepStrictEqual } from 'node:util';
import type { Environment, Workload } from '../../config/environment';
import type { Assignment, Recorded, UnitSize } from '../candidate';
import type { JointProblem } from '../joint/joint-problem';
import type { Offer, VenueTraits } from '../offer';
import type { Setting } from '../setting';
import type { Provider, UnitBase } from '../unit';
import type { Venue } from './names';
import { firstOf } from '../collections';

/** Offers that no rule keeps from a workload, class by class. */
export type Passing<O extends Offer> = ReadonlyMap<Workload, readonly (readonly O[])[]>;

/** What offers cost at the least for one workload, USD a month. */
export interface LeastUsd<O extends Offer> {
  /** @param usdOfOne what the offer costs at the least for any workload */
  of(offer: O, usdOfOne: number): number;
}

/** How offers of a venue become candidates: sized and priced. */
export interface Candidates<O extends Offer> {
  /**
   * Sizes the unit that all these workloads share. Their offers have the same unit key.
   * @param recorded what counts of a unit that was placed before. @default - nothing
   */
  size(assignments: readonly Assignment<O>[], setting: Setting, recorded?: Recorded): UnitSize;
  /** What an offer costs at the least, before it is sized, USD a month; Infinity where the price is unknown. */
  leastUsd(offer: O): number;
  /** The same for one workload, which may need more. */
  leastUsdFor(workload: Workload): LeastUsd<O>;
  /** Whether the cost grows in proportion to traffic. */
  isPerToken(offer: O): boolean;
  /** Whether it could be had as spot, but for a price that nobody lists. */
  lacksSpotPrice(offer: O): boolean;
  /** Of one class, those worth sizing. @param keep SKUs that are kept all the same, such as pinned ones */
  worthSizing(offers: readonly O[], keep: ReadonlySet<string>, setting: Setting): readonly O[];
  /** Adds every way to serve the workloads here to the problem of placing them together. */
  join(joint: JointProblem, passing: Passing<O>): void;
}

/** How a venue reads in a sentence. */
export interface Phrases<U extends UnitBase> {
  /** The venue in a word or two. */
  name(provider: Provider): string;
  /** In which it is drawn, on light and on dark paper; each with a contrast of 4.5 to it. */
  readonly colours: Readonly<Partial<Record<Provider, readonly [light: string, dark: string]>>>;
  /** How large a unit is: its count and SKU, or what else tells. */
  size(unit: Pick<UnitBase, 'sku' | 'count'>): string;
  /** Where a unit stands. */
  where(unit: U): string;
  /** What joins a model to its size: the same model `on` 2 × NC4as, `as` DataZoneStandard. */
  readonly preposition: 'on' | 'as';
  /** Whether more traffic may take more of the same. */
  readonly growsByCount: boolean;
}

/** All that the engine knows of one venue. */
export interface VenueDefinition<
  O extends Offer = Offer,
  U extends UnitBase = UnitBase,
  V extends Venue = Venue,
> {
  readonly name: V;
  readonly traits: VenueTraits;
  /** Everything that the catalogue and the environment offer here to any workload. */
  offers(setting: Setting): O[];
  readonly candidates: Candidates<O>;
  /**
   * Whether what is deployed as the one takes the change to the other while it serves, so that it keeps its id. Parts of
   * the one before that could not be read count as equal.
   * @param staysWhole whether all workloads of the one before are on the one after
   */
  inPlace(before: Partial<U>, after: U, staysWhole: boolean): boolean;
  /**
   * What else stands where a unit does, under names of their own, so that a unit which is one of them takes its name.
   * @default - nothing
   */
  beside?(
    unit: Pick<U, 'id' | 'sku' | 'location'>,
    environment: Environment,
  ): readonly Pick<UnitBase, 'id' | 'offer' | 'model' | 'version'>[];
  /**
   * Whether its units have identities in Entra ID that are named after them, as those of workloads are after the workload, so
   * that no unit may have the name of one.
   */
  readonly hasIdentities: boolean;
  /** The unit of some workloads, from their offers and their size. They have the same unit key. */
  toUnit(id: string, members: readonly Assignment<O>[], size: UnitSize): U;
  readonly phrases: Phrases<U>;
}

/** What every unit has, from its members. */
export function unitBaseOf<V extends Venue, P extends Provider>(
  id: string,
  venue: V,
  members: readonly Assignment<Offer & { readonly provider: P }>[],
  size: UnitSize,
) {
  const first = firstOf(members, 'a unit without workloads');
  const { sku, location, provider, identity } = first.offer;
  return {
    id,
    offer: identity.unitKey,
    venue,
    provider,
    model: distinct(members.map(({ offer }) => offer.model)).join(' + '),
    version: distinct(members.map(({ offer }) => offer.version)).join(' + '),
    sku,
    count: size.count,
    location,
    monthlyUsd: size.monthlyUsd ?? 0,
    priceDate: size.priceDate,
    prices: size.prices,
    ...(size.pool?.figures ? { sizing: size.pool.figures } : {}),
  };
}

/** Whether two units say the same of some keys; what is not known of the one before counts as equal. */
export function isSameIn<U extends UnitBase>(
  before: Partial<U>,
  after: U,
  keys: readonly (keyof U)[],
): boolean {
  return keys.every(key => before[key] === undefined || isDeepStrictEqual(before[key], after[key]));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
