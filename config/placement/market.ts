import type { Workload } from '../environment';
import { leastUsd } from './billing';
import { compare } from './compare';
import { withoutBeatenMachines } from './dominance';
import { groupBy } from './group-by';
import { judge, passes } from './rules';
import { ruleClassOf } from './rules/rule-class';
import type { Offer, Setting, Verdict } from './types';

/** Offers of one venue, provider and model that rules judge alike. */
export interface OfferClass {
  readonly group: string;
  /** Those worth sizing: none that another beats in everything and costs less. At least one, the cheapest first. */
  readonly offers: readonly Offer[];
  /** What each of them costs at the least, before it is sized, USD a month; Infinity where the price is unknown. */
  readonly leastUsd: readonly number[];
}

/** A class with what the rules say of it for one workload. */
export interface JudgedClass extends OfferClass {
  readonly verdicts: readonly Verdict[];
}

/** All offers, sorted into classes once, so that rules run once for a class and a workload. */
export class Market {
  /** By group, in the order of their keys. */
  private readonly groups: ReadonlyMap<string, readonly OfferClass[]>;

  constructor(
    offers: readonly Offer[],
    readonly setting: Setting,
  ) {
    const byGroup = groupBy(offers, groupKeyOf);
    const pinned = new Set(setting.environment.workloads.flatMap(({ pin }) => pin?.sku ?? []));
    this.groups = new Map(
      [...byGroup]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([group, members]) => [group, classesOf(group, members, pinned)]),
    );
  }

  /** Every class with its verdicts, by group. */
  *judged(workload: Workload): Iterable<readonly [group: string, classes: readonly JudgedClass[]]> {
    for (const [group, classes] of this.groups) {
      const parts = classes.flatMap(each => split(each, workload));
      yield [group, parts.map(each => ({ ...each, verdicts: judge(first(each), workload, this.setting) }))];
    }
  }

  /** Classes that no rule forbids. */
  passing(workload: Workload): OfferClass[] {
    return [...this.groups.values()]
      .flat()
      .flatMap(each => split(each, workload))
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
  return [...groupBy(offers, ruleClassOf).values()].map(members =>
    classOf(group, withoutBeatenMachines(members, pinned)),
  );
}

function classOf(group: string, offers: readonly Offer[]): OfferClass {
  const priced = offers.map(offer => ({ offer, usd: leastUsd(offer) }));
  const ranked = priced.sort((a, b) => compare(a.usd, b.usd));
  return { group, offers: ranked.map(({ offer }) => offer), leastUsd: ranked.map(({ usd }) => usd) };
}

/** A pinned SKU parts a class in two. */
function split(each: OfferClass, { pin }: Workload): OfferClass[] {
  if (pin?.sku === undefined || each.offers.length === 1) return [each];
  const parts = [
    each.offers.filter(({ sku }) => sku === pin.sku),
    each.offers.filter(({ sku }) => sku !== pin.sku),
  ];
  return parts.filter(offers => offers.length > 0).map(offers => classOf(each.group, offers));
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
