import type { Workload } from '../config/environment';
import { isFeasible } from './candidate';
import type { Candidate } from './candidate';
import { compare, firstOf } from './collections';
import type { JudgedGroup, Market } from './market';
import type { Offer } from './offer';
import { judgeOffer } from './rules';
import type { Setting } from './setting';
import { nameOf, retirementOf, taskQuality } from './ties';
import { sizeUnit } from './units';
import { venueOf } from './venues';
import type { Verdict } from './verdict';

/** The offers of one venue, provider and model that matter for one workload. */
export interface CandidateGroup {
  readonly key: string;
  /** Feasible ones, the cheapest first. Machines that cost more than the cheapest may be left out. */
  readonly feasible: readonly Candidate[];
  /** The cheapest feasible one, or what breaks the least. */
  readonly nearest: Candidate;
}

/** Where a workload alone could be: one group for each venue, provider and model, in the order of their keys. */
export function evaluate(market: Market, workload: Workload): CandidateGroup[] {
  return market.judged(workload).map(judged => evaluateGroup(judged, workload, market.setting));
}

/** One offer with every rule, sizing included. */
export function candidateOf(offer: Offer, workload: Workload, setting: Setting): Candidate {
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
): CandidateGroup {
  const broken = judged.map(misses);
  const fewest = Math.min(...broken);
  // A group is of one venue.
  const leastUsdFor = venueOf(
    firstOf(offers, `the group ${key} without offers`).offer,
  ).candidates.leastUsdFor(workload);
  const done: Candidate[] = [];
  let lowest = Infinity;
  for (const { offer, leastUsd, classIndex } of offers) {
    if (leastUsd > lowest) break;
    if (broken[classIndex] !== fewest) continue;
    if (lowest < Infinity && leastUsdFor.of(offer, leastUsd) > lowest) continue;
    const candidate = sized(offer, judged[classIndex] ?? [], workload, setting);
    done.push(candidate);
    if (misses(candidate.verdicts) === fewest)
      lowest = Math.min(lowest, candidate.size.monthlyUsd ?? Infinity);
  }
  const ranked = rankedFor(done, workload, setting);
  const nearest = firstOf(ranked, `the group ${key} without candidates`);
  const feasible = ranked.filter(each => each.feasible);
  return { key, feasible, nearest };
}

function sized(offer: Offer, judged: readonly Verdict[], workload: Workload, setting: Setting): Candidate {
  const size = sizeUnit([{ workload, offer }], setting);
  const verdicts = [...judged, ...size.verdicts];
  const feasible = isFeasible({ ...size, verdicts });
  return { offer, size, verdicts, feasible };
}

/**
 * A failure weighs more than what the team could state, what is unknown and nobody could state more than a failure of which the
 * extent is known, and a place that the pin excludes more than all of that.
 */
function misses(verdicts: readonly Verdict[]): number {
  const missing = verdicts.filter(({ verdict }) => verdict !== 'pass');
  const weight = ({ verdict, remedy }: Verdict): number => (verdict === 'fail' ? 100 : remedy ? 1 : 101);
  const excluded = verdicts.some(({ rule, verdict }) => rule === 'pin' && verdict === 'fail');
  return (excluded ? 10_000 : 0) + missing.reduce((sum, each) => sum + weight(each), 0);
}

export function compareMisses(a: Candidate, b: Candidate): number {
  return misses(a.verdicts) - misses(b.verdicts);
}

/** What breaks the fewest rules first, then the better. */
function rankedFor(
  candidates: readonly Candidate[],
  workload: Workload,
  setting: Setting,
): readonly Candidate[] {
  return candidates
    .map(candidate => meritsOf(candidate, workload, setting))
    .sort((a, b) => a.misses - b.misses || compareMerits(a, b))
    .map(({ candidate }) => candidate);
}

/** Cheaper first; then task quality, fewer machines, later retirement, name. */
export function compareCandidates(a: Candidate, b: Candidate, workload: Workload, setting: Setting): number {
  return compareMerits(meritsOf(a, workload, setting), meritsOf(b, workload, setting));
}

/** What candidates are compared by. */
interface Merits {
  readonly candidate: Candidate;
  readonly misses: number;
  readonly usd: number;
  readonly quality: number;
  /** Asked for where all else is equal, which is rare. */
  readonly name: () => string;
}

function meritsOf(candidate: Candidate, workload: Workload, setting: Setting): Merits {
  let name: string | undefined;
  return {
    candidate,
    misses: misses(candidate.verdicts),
    usd: candidate.size.monthlyUsd ?? Infinity,
    quality: taskQuality(candidate.offer, workload, setting),
    name: () => (name ??= nameOf(candidate.offer, setting)),
  };
}

function compareMerits(a: Merits, b: Merits): number {
  return (
    compare(a.usd, b.usd) ||
    b.quality - a.quality ||
    a.candidate.size.count - b.candidate.size.count ||
    compare(retirementOf(b.candidate.offer), retirementOf(a.candidate.offer)) ||
    compare(a.name(), b.name())
  );
}
