import type { Workload } from '../config/environment';
import { isFeasible } from './candidate';
import type { UnitSize } from './candidate';
import { compare } from './compare';
import { marketOf } from './market';
import type { JudgedGroup } from './market';
import type { Offer } from './offer';
import { judgeOffer } from './rules';
import type { Setting } from './setting';
import { sizeUnit } from './size';
import { nameOf, retirementOf, taskQuality } from './ties';
import { venueOf } from './venues';
import type { Verdict } from './verdict';

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
  return Array.from(marketOf(offers, setting).judged(workload), judged =>
    evaluateGroup(judged, workload, setting),
  );
}

/** One offer with every rule, sizing included. */
export function evaluateOffer(offer: Offer, workload: Workload, setting: Setting): Evaluation {
  return sized(offer, judgeOffer(offer, workload, setting), workload, setting);
}

/**
 * Only the offers that break the fewest rules are sized: a larger machine mends no broken rule. Sizing is dear and many
 * machines serve alike, so they are sized from the cheapest on, until one that sizing does not break costs less than any
 * that is left can.
 */
function evaluateGroup(
  { key, ranked: offers, verdicts: judged }: JudgedGroup,
  workload: Workload,
  setting: Setting,
): Group {
  const broken = judged.map(misses);
  const fewest = Math.min(...broken);
  const [cheapest] = offers;
  if (!cheapest) throw new Error(`the group ${key} is empty, which is a fault in the placement`);
  // A group is of one venue.
  const leastUsdFor = venueOf(cheapest.offer).candidates.leastUsdFor(workload);
  const done: Evaluation[] = [];
  let lowest = Infinity;
  for (const { offer, leastUsd, classIndex } of offers) {
    if (leastUsd > lowest) break;
    if (broken[classIndex] !== fewest) continue;
    if (lowest < Infinity && leastUsdFor.of(offer, leastUsd) > lowest) continue;
    const evaluation = sized(offer, judged[classIndex] ?? [], workload, setting);
    done.push(evaluation);
    if (misses(evaluation.verdicts) === fewest)
      lowest = Math.min(lowest, evaluation.size.monthlyUsd ?? Infinity);
  }
  const ranked = rankedFor(done, workload, setting);
  const [nearest] = ranked;
  if (!nearest) throw new Error(`the group ${key} is empty, which is a fault in the placement`);
  const feasible = ranked.filter(each => each.feasible);
  return { key, feasible, nearest };
}

function sized(offer: Offer, judged: readonly Verdict[], workload: Workload, setting: Setting): Evaluation {
  const size = sizeUnit([{ workload, offer }], setting);
  const verdicts = [...judged, ...size.verdicts];
  const feasible = isFeasible({ ...size, verdicts });
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
    .map(evaluation => meritsOf(evaluation, workload, setting))
    .sort((a, b) => a.misses - b.misses || compareMerits(a, b))
    .map(({ evaluation }) => evaluation);
}

/** Cheaper first; then task quality, fewer machines, later retirement, name. */
export function compareEvaluations(
  a: Evaluation,
  b: Evaluation,
  workload: Workload,
  setting: Setting,
): number {
  return compareMerits(meritsOf(a, workload, setting), meritsOf(b, workload, setting));
}

/** What evaluations are compared by. */
interface Merits {
  readonly evaluation: Evaluation;
  readonly misses: number;
  readonly usd: number;
  readonly quality: number;
  /** Asked for where all else is equal, which is rare. */
  readonly name: () => string;
}

function meritsOf(evaluation: Evaluation, workload: Workload, setting: Setting): Merits {
  let name: string | undefined;
  return {
    evaluation,
    misses: misses(evaluation.verdicts),
    usd: evaluation.size.monthlyUsd ?? Infinity,
    quality: taskQuality(evaluation.offer, workload, setting),
    name: () => (name ??= nameOf(evaluation.offer, setting)),
  };
}

function compareMerits(a: Merits, b: Merits): number {
  return (
    compare(a.usd, b.usd) ||
    b.quality - a.quality ||
    a.evaluation.size.count - b.evaluation.size.count ||
    compare(retirementOf(b.evaluation.offer), retirementOf(a.evaluation.offer)) ||
    compare(a.name(), b.name())
  );
}
