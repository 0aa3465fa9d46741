import type { Workload } from '../environment';
import { leastMachines } from '../sizing';
import { compare } from './compare';
import { monthlyUsdOf } from './billing';
import { cents } from './figures';
import { marketOf } from './market';
import type { JudgedClass } from './market';
import { judge } from './rules';
import { sizeUnit } from './size';
import type { UnitSize } from './size';
import { demandOf } from './size-machines';
import { nameOf, retirementOf, taskQuality } from './ties';
import type { Offer, Setting, Verdict } from './types';

/** An offer as it stands for one workload alone. */
export interface Evaluation {
  readonly offer: Offer;
  readonly size: UnitSize;
  /** All rules that had something to say, sizing and price included. */
  readonly verdicts: readonly Verdict[];
  readonly feasible: boolean;
}

/** A workload and the offer it is placed on. */
export interface Choice {
  readonly workload: Workload;
  readonly evaluation: Evaluation;
}

/** The offers of one venue, provider and model that matter for one workload. */
export interface Group {
  readonly key: string;
  /** Feasible ones, the cheapest first. Machines that cost more than the cheapest may be left out. */
  readonly feasible: readonly Evaluation[];
  /** The cheapest feasible one, or what breaks the least. */
  readonly nearest: Evaluation;
}

/** One group for each venue, provider and model, in the order of their keys. */
export function evaluate(offers: readonly Offer[], workload: Workload, setting: Setting): Group[] {
  const classes = marketOf(offers, setting).judged(workload);
  return Array.from(classes, ([key, members]) => group(key, members, workload, setting));
}

/** One offer with every rule, sizing included. */
export function evaluateOffer(offer: Offer, workload: Workload, setting: Setting): Evaluation {
  return sized(offer, judge(offer, workload, setting), workload, setting);
}

/**
 * Only the offers that break the fewest rules are sized: a larger machine mends no broken rule. Sizing is dear and many
 * machines serve alike, so they are sized from the cheapest on, until one that sizing does not break costs less than any
 * that is left can.
 */
function group(key: string, classes: readonly JudgedClass[], workload: Workload, setting: Setting): Group {
  const fewest = Math.min(...classes.map(each => misses(each.verdicts)));
  const fit = classes
    .filter(each => misses(each.verdicts) === fewest)
    .flatMap(({ offers, verdicts }) => offers.map(offer => ({ offer, verdicts, each: leastUsd(offer) })))
    .toSorted((a, b) => compare(a.each, b.each));
  const done: Evaluation[] = [];
  let lowest = Infinity;
  for (const { offer, verdicts, each } of fit) {
    if (each > lowest) break;
    if (lowest < Infinity && leastUsdFor(offer, each, workload) > lowest) continue;
    const evaluation = sized(offer, verdicts, workload, setting);
    done.push(evaluation);
    if (misses(evaluation.verdicts) === fewest)
      lowest = Math.min(lowest, evaluation.size.monthlyUsd ?? Infinity);
  }
  const ranked = done.toSorted((a, b) => compareMisses(a, b) || compareEvaluations(a, b, workload, setting));
  const [nearest] = ranked;
  if (!nearest) throw new Error(`the group ${key} is empty, which is a fault in the placement`);
  const feasible = ranked.filter(each => each.feasible);
  // A class is judged by one of its offers, and a pinned SKU is told apart from the SKU of another.
  return { key, feasible, nearest: workload.pin ? evaluateOffer(nearest.offer, workload, setting) : nearest };
}

/** What an offer costs at the least, before it is sized; unknown prices come last. */
export function leastUsd(offer: Offer): number {
  return offer.venue === 'hosted' ? 0 : (monthlyUsdOf(offer, 1) ?? Infinity);
}

/** The same for one workload, which may need more than one machine. */
function leastUsdFor(offer: Offer, usdOfOne: number, workload: Workload): number {
  if (offer.venue === 'hosted') return 0;
  return cents(usdOfOne * leastMachines(offer.hardware, demandOf({ workload, offer })));
}

function sized(offer: Offer, judged: readonly Verdict[], workload: Workload, setting: Setting): Evaluation {
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
    taskQuality(b.offer, workload, setting) - taskQuality(a.offer, workload, setting) ||
    a.size.count - b.size.count ||
    compare(retirementOf(b.offer), retirementOf(a.offer)) ||
    compare(nameOf(a.offer, setting), nameOf(b.offer, setting))
  );
}
