import type { Workload } from '../environment';
import { billingKey, monthlyUsdOf } from './billing';
import { groupBy } from './group-by';
import { measureOf, scoreOf } from './quality';
import { judge } from './rules';
import { sizeUnit } from './size';
import type { UnitSize } from './size';
import type { Offer, Setting, Verdict } from './types';

/** An offer as it stands for one workload alone. */
export interface Evaluation {
  readonly offer: Offer;
  readonly size: UnitSize;
  /** All rules that had something to say, sizing and price included. */
  readonly verdicts: readonly Verdict[];
  readonly feasible: boolean;
}

/** Every offer of a group that matters: all feasible ones, cheapest first, or else the nearest miss. */
export interface Group {
  readonly key: string;
  readonly feasible: readonly Evaluation[];
  readonly nearest: Evaluation;
}

/** One group for each venue, provider and model, in the order of their keys. */
export function evaluate(offers: readonly Offer[], workload: Workload, setting: Setting): Group[] {
  const byKey = groupBy(offers, ({ venue, provider, model }) => `${venue}/${provider}/${model}`);
  return [...byKey]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => group(key, members, workload, setting));
}

/** One offer with every rule, sizing included. */
export function evaluateOffer(offer: Offer, workload: Workload, setting: Setting): Evaluation {
  return sized({ offer, judged: judge(offer, workload, setting) }, workload, setting);
}

interface Judged {
  readonly offer: Offer;
  readonly judged: readonly Verdict[];
}

/** Only the offers that break the fewest rules are sized: a larger machine mends no broken rule. */
function group(key: string, offers: readonly Offer[], workload: Workload, setting: Setting): Group {
  const judged = offers.map(offer => ({ offer, judged: judge(offer, workload, setting) }));
  const fewest = Math.min(...judged.map(each => misses(each.judged)));
  const fit = judged.filter(each => misses(each.judged) === fewest);
  const order = (a: Evaluation, b: Evaluation): number =>
    compareMisses(a, b) || compareEvaluations(a, b, workload, setting);
  if (fewest > 0)
    return {
      key,
      feasible: [],
      nearest: nearestOf(fit, fewest, order, judged => sized(judged, workload, setting)),
    };
  const ranked = fit.map(each => sized(each, workload, setting)).toSorted(order);
  const [nearest] = ranked;
  if (!nearest) throw new Error(`the group ${key} is empty, which is a fault in the placement`);
  return { key, feasible: ranked.filter(({ feasible }) => feasible), nearest };
}

/**
 * The first of broken offers in the given order. Sizing is dear and hundreds of machines break the same rule, so they are
 * sized from the cheapest on, until one that sizing does not break further costs less than any that is left can.
 */
function nearestOf(
  broken: readonly Judged[],
  fewest: number,
  order: (a: Evaluation, b: Evaluation) => number,
  size: (judged: Judged) => Evaluation,
): Evaluation {
  const [cheapest, ...others] = broken.toSorted((a, b) => compare(leastUsd(a.offer), leastUsd(b.offer)));
  if (!cheapest) throw new Error('a group without offers is asked for, which is a fault in the placement');
  let best = size(cheapest);
  for (const next of others) {
    if (misses(best.verdicts) === fewest && leastUsd(next.offer) > (best.size.monthlyUsd ?? Infinity)) break;
    const candidate = size(next);
    if (order(candidate, best) < 0) best = candidate;
  }
  return best;
}

/** What an offer costs at the least, before it is sized; unknown prices come last. */
export function leastUsd(offer: Offer): number {
  if (offer.venue === 'hosted') return 0;
  return monthlyUsdOf(offer, 1) ?? Infinity;
}

function sized({ offer, judged }: Judged, workload: Workload, setting: Setting): Evaluation {
  const size = sizeUnit([{ workload, offer }], setting);
  const verdicts = [...judged, ...size.verdicts];
  const feasible = size.monthlyUsd !== null && verdicts.every(({ verdict }) => verdict === 'pass');
  return { offer, size, verdicts, feasible };
}

/** A failure weighs more than what is merely unverified, and a place that the pin excludes more than all of that. */
function misses(verdicts: readonly Verdict[]): number {
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').length;
  const unknown = verdicts.filter(({ verdict }) => verdict === 'unverified').length;
  const excluded = verdicts.some(({ rule, verdict }) => rule === 'pin' && verdict === 'fail');
  return (excluded ? 10_000 : 0) + failed * 100 + unknown;
}

export function compareMisses(a: Evaluation, b: Evaluation): number {
  return misses(a.verdicts) - misses(b.verdicts);
}

/** Cheaper first; then task quality, fewer machines, later retirement, name. */
export function compareEvaluations(
  a: Evaluation,
  b: Evaluation,
  workload: Workload,
  setting: Setting,
): number {
  return (
    compare(a.size.monthlyUsd ?? Infinity, b.size.monthlyUsd ?? Infinity) ||
    compareOffers(a, b, workload, setting)
  );
}

function compareOffers(a: Evaluation, b: Evaluation, workload: Workload, setting: Setting): number {
  return (
    quality(b.offer, workload, setting) - quality(a.offer, workload, setting) ||
    a.size.count - b.size.count ||
    compare(retirement(b.offer), retirement(a.offer)) ||
    compare(a.offer.model, b.offer.model) ||
    place(a.offer, setting) - place(b.offer, setting) ||
    compare(nameOf(a.offer), nameOf(b.offer))
  );
}

const unmeasured = -1e6;

function quality(offer: Offer, workload: Workload, { catalog, environment }: Setting): number {
  if ('weights' in offer && offer.weights.id !== null) {
    const measured = environment.weights[offer.weights.id]?.measuredQuality;
    if (measured !== undefined) return measured;
  }
  const model = offer.venue === 'hosted' ? offer.hosted.name : offer.open.id;
  return scoreOf(catalog, model, measureOf(workload)) ?? unmeasured;
}

/** No retirement date is later than any. */
function retirement(offer: Offer): string {
  return (offer.venue === 'hosted' ? offer.hosted.lifecycle.retirementDate : null) ?? '9999-12-31';
}

/** The environment lists its locations in the order that it prefers. */
function place(offer: Offer, { environment }: Setting): number {
  return (environment.azure?.locations ?? []).indexOf(offer.location);
}

function nameOf(offer: Offer): string {
  const weights = 'quantisation' in offer ? offer.quantisation.name : '';
  return [
    offer.venue,
    offer.provider,
    offer.version,
    offer.sku,
    offer.location,
    weights,
    'device' in offer ? offer.device : '',
    offer.venue === 'vm' ? billingKey(offer.billing) : '',
  ].join('/');
}

function compare<T extends string | number>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
