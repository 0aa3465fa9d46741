import type { Workload } from '../config/environment';
import { compare, groupBy } from './collections';
import { groupKeyOf } from './offer';
import type { Offer, OfferClass } from './offer';
import { judge, passes, seenBy } from './rules';
import type { Setting } from './setting';
import { venueOf } from './venues';
import type { Verdict } from './verdict';

/** A class with its offers. */
interface ClassOnOffer {
  readonly class: OfferClass;
  /** Those worth sizing: none that another beats in everything and costs less. At least one. */
  readonly offers: readonly Offer[];
}

/** An offer with what it costs at the least, before it is sized, USD a month; Infinity where the price is unknown. */
interface RankedOffer {
  readonly offer: Offer;
  readonly leastUsd: number;
  /** Index of its class in the group. */
  readonly classIndex: number;
}

/** The classes of one venue, provider and model, with all their offers, the cheapest first. */
interface OfferGroup {
  readonly key: string;
  readonly classes: readonly ClassOnOffer[];
  readonly ranked: readonly RankedOffer[];
}

/** A group with what the rules say of each class for one workload. */
export interface JudgedGroup extends OfferGroup {
  readonly verdicts: readonly (readonly Verdict[])[];
}

/** All offers, sorted into classes once, so that rules run once for a class and a workload. */
export class Market {
  /** In the order of their keys. */
  private readonly groups: readonly OfferGroup[];
  private latest?: { readonly workload: Workload; readonly groups: readonly JudgedGroup[] };

  constructor(
    offers: readonly Offer[],
    readonly setting: Setting,
  ) {
    const byGroup = groupBy(offers, groupKeyOf);
    const pinned = setting.environment.workloads.flatMap(({ pin }) => pin?.sku ?? []);
    const keep = new Set([...pinned, ...(setting.incumbents?.skus ?? [])]);
    this.groups = [...byGroup]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, members]) => groupOf(key, classesOf(members, keep, setting)));
  }

  /** Every group with its verdicts. What explains one workload asks several times, so its answer is remembered. */
  judged(workload: Workload): readonly JudgedGroup[] {
    if (this.latest?.workload !== workload) {
      const groups = this.groups.map(whole => {
        const group = split(whole, workload);
        return { ...group, verdicts: group.classes.map(each => judge(each.class, workload, this.setting)) };
      });
      this.latest = { workload, groups };
    }
    return this.latest.groups;
  }

  /** Classes that no rule forbids. */
  passing(workload: Workload): ClassOnOffer[] {
    return this.groups
      .flatMap(group => split(group, workload).classes)
      .filter(each => passes(each.class, workload, this.setting));
  }
}

function classesOf(offers: readonly Offer[], keep: ReadonlySet<string>, setting: Setting): ClassOnOffer[] {
  return [...groupBy(offers, offer => offer.class)].map(([own, members]) => ({
    class: own,
    offers: venueOf(own).candidates.worthSizing(members, keep, setting),
  }));
}

function groupOf(key: string, classes: readonly ClassOnOffer[]): OfferGroup {
  const ranked = classes.flatMap(({ offers }, classIndex) =>
    offers.map(offer => ({ offer, leastUsd: venueOf(offer).candidates.leastUsd(offer), classIndex })),
  );
  return { key, classes, ranked: ranked.sort((a, b) => compare(a.leastUsd, b.leastUsd)) };
}

/** A pinned SKU parts a class in two. */
function split(group: OfferGroup, workload: Workload): OfferGroup {
  const { pin } = workload;
  if (pin?.sku === undefined || group.classes.every(each => each.class.sku !== null)) return group;
  const parts = group.classes.flatMap(each =>
    [
      each.offers.filter(({ sku }) => sku === pin.sku),
      each.offers.filter(({ sku }) => sku !== pin.sku),
    ].flatMap(offers => {
      const [first] = offers;
      return first ? [{ class: seenBy(workload, each.class, first.sku), offers }] : [];
    }),
  );
  return groupOf(group.key, parts);
}
