import type { Workload } from '../config/environment';
import type { Alternative, OnlyLacking } from './decision';
import { candidateOf } from './evaluate';
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
 * The cheapest place for a workload alone that breaks nothing but what the team could state, and costs less than this.
 * @param underUsd USD a month
 */
export function cheapestLacking(
  market: Market,
  workload: Workload,
  underUsd: number,
): OnlyLacking | undefined {
  const groups = market.judged(workload);
  const cheapest = (couldCount: (verdicts: readonly Verdict[]) => boolean): OnlyLacking | undefined =>
    groups.reduce<OnlyLacking | undefined>(
      (best, group) => cheapestIn(group, workload, market, best?.monthlyUsd ?? underUsd, couldCount) ?? best,
      undefined,
    );
  // A model of which nothing is known to say how good it is comes last: it may be a toy.
  const best = cheapest(all => !all.some(isOfUnknownQuality)) ?? cheapest(() => true);
  return best && { ...best, savesUsd: underUsd - best.monthlyUsd };
}

function isOfUnknownQuality({ rule, verdict }: Verdict): boolean {
  return rule === 'quality' && verdict === 'unverified';
}

function cheapestIn(
  { ranked, verdicts }: JudgedGroup,
  workload: Workload,
  { setting }: Market,
  underUsd: number,
  mayCount: (verdicts: readonly Verdict[]) => boolean,
): OnlyLacking | undefined {
  let best: OnlyLacking | undefined;
  const [first] = ranked;
  if (!first) return undefined;
  const leastUsdFor = venueOf(first.offer).candidates.leastUsdFor(workload);
  for (const { offer, leastUsd, classIndex } of ranked) {
    const most = best?.monthlyUsd ?? underUsd;
    if (leastUsd >= most) break;
    const judged = verdicts[classIndex] ?? [];
    const couldCount =
      judged.every(({ verdict, remedy }) => verdict === 'pass' || remedy) && mayCount(judged);
    if (!couldCount || leastUsdFor.of(offer, leastUsd) >= most) continue;
    const { size, verdicts: all } = candidateOf(offer, workload, setting);
    const lacks = remediesOf(all);
    const { monthlyUsd } = size;
    if (!lacks || monthlyUsd === null || monthlyUsd >= most) continue;
    const { venue, provider, model, sku } = offer;
    best = { venue, provider, model, sku, place: offer.class.place.name, monthlyUsd, savesUsd: 0, lacks };
  }
  return best;
}
