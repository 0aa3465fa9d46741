import type { Workload } from '../config/environment';
import { leastUsd } from './billing';
import { compare } from './compare';
import { withoutBeatenMachines } from './machine-dimensions';
import { groupBy } from './group-by';
import { judge, passes } from './rules';
import { ruleClassOf } from './rules/rule-class';
import type { Offer, Setting, Verdict } from './types';

/** Offers of one venue, provider and model that rules judge alike. */
export interface OfferClass {
  readonly group: string;
  /** Those worth sizing: none that another beats in everything and costs less. At least one. */
  readonly offers: readonly Offer[];
}

/** An offer with what it costs at the least, before it is sized, USD a month; Infinity where the price is unknown. */
export interface RankedOffer {
  readonly offer: Offer;
  readonly leastUsd: number;
  /** Index of its class in the group. */
  readonly classIndex: number;
}

/** The classes of one venue, provider and model, with all their offers, the cheapest first. */
interface OfferGroup {
  readonly key: string;
  readonly classes: readonly OfferClass[];
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

  constructor(
    offers: readonly Offer[],
    readonly setting: Setting,
  ) {
    const byGroup = groupBy(offers, groupKeyOf);
    const pinned = new Set(setting.environment.workloads.flatMap(({ pin }) => pin?.sku ?? []));
    this.groups = [...byGroup]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, members]) => groupOf(key, classesOf(key, members, pinned)));
  }

  /** Every group with its verdicts. */
  *judged(workload: Workload): Iterable<JudgedGroup> {
    for (const whole of this.groups) {
      const group = split(whole, workload);
      yield { ...group, verdicts: group.classes.map(each => judge(first(each), workload, this.setting)) };
    }
  }

  /** Classes that no rule forbids. */
  passing(workload: Workload): OfferClass[] {
    return this.groups
      .flatMap(group => split(group, workload).classes)
      .filter(each => passes(first(each), workload, this.setting));
  }
}

function first({ group, offers: [offer] }: OfferClass): Offer {
  if (!offer) throw new Error(`a class of ${group} is empty, which is a fault in the placement`);
  return offer;
}

/** What an alternative is listed under. */
export function groupKeyOf({ venue, provider, model }: Offer): string {
  return `${venue}/${provider}/${model}`;
}

function classesOf(group: string, offers: readonly Offer[], pinned: ReadonlySet<string>): OfferClass[] {
  return [...groupBy(offers, ruleClassOf).values()].map(members => ({
    group,
    offers: withoutBeatenMachines(members, pinned),
  }));
}

function groupOf(key: string, classes: readonly OfferClass[]): OfferGroup {
  const ranked = classes.flatMap(({ offers }, classIndex) =>
    offers.map(offer => ({ offer, leastUsd: leastUsd(offer), classIndex })),
  );
  return { key, classes, ranked: ranked.sort((a, b) => compare(a.leastUsd, b.leastUsd)) };
}

/** A pinned SKU parts a class in two. */
function split(group: OfferGroup, { pin }: Workload): OfferGroup {
  if (pin?.sku === undefined || group.classes.every(({ offers }) => offers.length === 1)) return group;
  const parts = group.classes.flatMap(each =>
    [
      each.offers.filter(({ sku }) => sku === pin.sku),
      each.offers.filter(({ sku }) => sku !== pin.sku),
    ].flatMap(offers => (offers.length > 0 ? [{ ...each, offers }] : [])),
  );
  return groupOf(group.key, parts);
}

const markets = new WeakMap<readonly Offer[], Market>();

/** The market of a list of offers; the same list is sorted once. */
export function marketOf(offers: readonly Offer[], setting: Setting): Market {
  const known = markets.get(offers);
  if (known?.setting === setting) return known;
  const market = new Market(offers, setting);
  markets.set(offers, market);
  return market;
}
