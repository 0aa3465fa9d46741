import type { Quantisation } from '../catalog';
import type { Workload } from '../environment';
import { leastMachines } from '../sizing';
import type { Hardware } from '../sizing';
import { compare } from './compare';
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
    .flatMap(({ offers, verdicts, leastUsd }) =>
      offers.map((offer, i) => ({ offer, verdicts, each: leastUsd[i] ?? Infinity })),
    )
    .sort((a, b) => compare(a.each, b.each));
  const leastUsdFor = leastCosts(workload);
  const done: Evaluation[] = [];
  let lowest = Infinity;
  for (const { offer, verdicts, each } of fit) {
    if (each > lowest) break;
    if (lowest < Infinity && leastUsdFor(offer, each) > lowest) continue;
    const evaluation = sized(offer, verdicts, workload, setting);
    done.push(evaluation);
    if (misses(evaluation.verdicts) === fewest)
      lowest = Math.min(lowest, evaluation.size.monthlyUsd ?? Infinity);
  }
  const ranked = rankedFor(done, workload, setting);
  const [nearest] = ranked;
  if (!nearest) throw new Error(`the group ${key} is empty, which is a fault in the placement`);
  const feasible = ranked.filter(each => each.feasible);
  // A class is judged by one of its offers, and a pinned SKU is told apart from the SKU of another.
  return { key, feasible, nearest: workload.pin ? evaluateOffer(nearest.offer, workload, setting) : nearest };
}

/**
 * What offers cost at the least for one workload, which may need more than one machine, before they are sized. The same
 * weights on the same machine are the same in every region and way of paying.
 */
function leastCosts(workload: Workload): (offer: Offer, usdOfOne: number) => number {
  const known = new Map<Hardware, Map<Quantisation, number>>();
  return (offer, usdOfOne) => {
    if (offer.venue === 'hosted') return 0;
    const { hardware, quantisation } = offer;
    const own = known.get(hardware) ?? new Map<Quantisation, number>();
    known.set(hardware, own);
    const least = own.get(quantisation) ?? leastMachines(hardware, demandOf({ workload, offer }));
    own.set(quantisation, least);
    return cents(usdOfOne * least);
  };
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

/** What breaks the fewest rules first, then the better. */
function rankedFor(
  evaluations: readonly Evaluation[],
  workload: Workload,
  setting: Setting,
): readonly Evaluation[] {
  return evaluations
    .map(evaluation => ({
      misses: misses(evaluation.verdicts),
      merits: meritsOf(evaluation, workload, setting),
    }))
    .sort((a, b) => a.misses - b.misses || compareMerits(a.merits, b.merits, setting))
    .map(({ merits }) => merits.evaluation);
}

/** Cheaper first; then task quality, fewer machines, later retirement, name. */
export function compareEvaluations(
  a: Evaluation,
  b: Evaluation,
  workload: Workload,
  setting: Setting,
): number {
  return compareMerits(meritsOf(a, workload, setting), meritsOf(b, workload, setting), setting);
}

/** What evaluations are compared by. */
interface Merits {
  readonly evaluation: Evaluation;
  readonly usd: number;
  readonly quality: number;
}

function meritsOf(evaluation: Evaluation, workload: Workload, setting: Setting): Merits {
  const usd = evaluation.size.monthlyUsd ?? Infinity;
  return { evaluation, usd, quality: taskQuality(evaluation.offer, workload, setting) };
}

function compareMerits(a: Merits, b: Merits, setting: Setting): number {
  const [one, other] = [a.evaluation, b.evaluation];
  return (
    compare(a.usd, b.usd) ||
    b.quality - a.quality ||
    one.size.count - other.size.count ||
    compare(retirementOf(other.offer), retirementOf(one.offer)) ||
    compare(nameOf(one.offer, setting), nameOf(other.offer, setting))
  );
}
