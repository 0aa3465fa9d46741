import type { Workload } from '../config/environment';
import type { Alternative, OnlyLacking } from './decision';
import { candidateOf } from './evaluate';
import { grantsBeyond, isGranted } from './granting';
import type { Grant } from './granting';
import type { JudgedGroup, Market } from './market';
import type { Remedy, Verdict } from './verdict';
import { venueOf } from './venues';

/** Where nothing else keeps a place out: what the team could state so that it counts. */
function remediesOf(verdicts: readonly Verdict[]): readonly Remedy[] | undefined {
  const missing = verdicts.filter(({ verdict }) => verdict !== 'pass');
  const remedies = missing.flatMap(({ remedy }) => remedy ?? []);
  return missing.length > 0 && remedies.length === missing.length ? remedies : undefined;
}

/** An alternative's part of it. */
export function lacksOf(verdicts: readonly Verdict[]): Pick<Alternative, 'lacks'> {
  const lacks = remediesOf(verdicts);
  return lacks ? { lacks } : {};
}

/**
 * The cheapest place for a workload alone that breaks nothing but what the team could state, and costs less than this; of
 * several that cost the same, the one that lacks least.
 * @param underUsd USD a month
 */
export function cheapestLacking(
  market: Market,
  workload: Workload,
  underUsd: number,
): OnlyLacking | undefined {
  const cheapest = (couldCount: Counts) => cheapestOf(market, workload, underUsd, couldCount);
  // A model of which nothing is known to say how good it is comes last: it may be a toy.
  const best = cheapest(all => !all.some(isOfUnknownQuality)) ?? cheapest(() => true);
  return best && { ...best, savesUsd: underUsd - best.monthlyUsd };
}

/** What has to be granted to a workload, beyond what is, so that some place costs less than this. */
export function grantFor(market: Market, workload: Workload, underUsd: number): Grant | undefined {
  const more = grantsBeyond(market.setting.granted?.get(workload.name));
  const isEnough = (grant: Grant) =>
    cheapestOf(market, workload, underUsd, all => all.every(verdict => passesWith(verdict, grant)));
  // The last grant has all before it, and mostly there is nothing.
  const last = more.at(-1);
  return last && isEnough(last) && more.find(isEnough);
}

function passesWith({ verdict, remedy }: Verdict, grant: Grant): boolean {
  return verdict === 'pass' || isGranted(remedy?.how, grant);
}

function cheapestOf(
  market: Market,
  workload: Workload,
  underUsd: number,
  couldCount: Counts,
): OnlyLacking | undefined {
  return market
    .judged(workload)
    .reduce<OnlyLacking | undefined>(
      (best, group) => cheapestIn(group, workload, market, { best, underUsd, couldCount }),
      undefined,
    );
}

function isOfUnknownQuality({ rule, verdict }: Verdict): boolean {
  return rule === 'quality' && verdict === 'unverified';
}

/** Whether a place that is judged so may be named. */
type Counts = (verdicts: readonly Verdict[]) => boolean;

interface Wanted {
  /** The best so far. */
  readonly best: OnlyLacking | undefined;
  readonly underUsd: number;
  readonly couldCount: Counts;
}

/** The best of a group, or the one before it. */
function cheapestIn(
  { ranked, verdicts }: JudgedGroup,
  workload: Workload,
  { setting }: Market,
  { best: before, underUsd, couldCount }: Wanted,
): OnlyLacking | undefined {
  let best = before;
  const [first] = ranked;
  if (!first) return best;
  const leastUsdFor = venueOf(first.offer).candidates.leastUsdFor(workload);
  const isBetter = (usd: number, lacks: number): boolean =>
    usd < underUsd &&
    (best === undefined || usd < best.monthlyUsd || (usd === best.monthlyUsd && lacks < best.lacks.length));
  for (const { offer, leastUsd, classIndex } of ranked) {
    if (!isBetter(leastUsd, 0)) break;
    const judged = verdicts[classIndex] ?? [];
    const lacking = judged.filter(({ verdict }) => verdict !== 'pass');
    if (lacking.some(({ remedy }) => !remedy) || !couldCount(judged)) continue;
    if (!isBetter(leastUsdFor.of(offer, leastUsd), lacking.length)) continue;
    const { size, verdicts: all } = candidateOf(offer, workload, setting);
    const lacks = remediesOf(all);
    const { monthlyUsd } = size;
    if (!lacks || !couldCount(all) || monthlyUsd === null || !isBetter(monthlyUsd, lacks.length)) continue;
    const { venue, provider, model, sku } = offer;
    best = { venue, provider, model, sku, place: offer.class.place.name, monthlyUsd, savesUsd: 0, lacks };
  }
  return best;
}
