import type { Alternative, Placement, Reason, Staying } from './decision';
import type { Candidate } from './candidate';
import { compare } from './collections';
import { evaluate } from './evaluate';
import type { CandidateGroup } from './evaluate';
import { cents, usd } from './figures';
import { cheapestLacking, lacksOf } from './lacking';
import { leavingOf } from './leaving';
import type { Stay } from './joint/stay';
import type { Market } from './market';
import { groupKeyOf } from './offer';
import { tuningCompared } from './tuning-compared';
import { sharesOf } from './units';
import type { Member, SizedUnit } from './units';
import { waitingReasons } from './waiting';

/** Why each workload is where it is, and what else it could have been, in the order of their names. */
export function placementsOf(
  units: readonly SizedUnit[],
  market: Market,
  stays: readonly Stay[] = [],
): Placement[] {
  const staying = new Map(stays.flatMap(each => stayingOf(each)));
  return units
    .flatMap(sized => {
      const shares = sharesOf(sized.size, sized.members);
      return sized.members.map((member, i) =>
        placementOf(member, sized, shares[i] ?? 0, market, staying.get(member.workload.name)),
      );
    })
    .toSorted((a, b) => compare(a.workload, b.workload));
}

/** What each of those that stay could be instead. */
function stayingOf({ staying, instead, savesUsd, movesFromUsd }: Stay): [string, Staying][] {
  const names = instead.map(({ workload }) => workload.name).toSorted(compare);
  return staying.flatMap(({ workload }): [string, Staying][] => {
    const offer = instead.find(each => each.workload === workload)?.offer;
    if (!offer) return [];
    const { venue, provider, model, sku, location } = offer;
    const together = names.filter(name => name !== workload.name);
    const where = { venue, provider, model, sku, location };
    return [[workload.name, { ...where, savesUsd, movesFromUsd, together }]];
  });
}

function placementOf(
  member: Member,
  sized: SizedUnit,
  monthlyUsd: number,
  market: Market,
  stays?: Staying,
): Placement {
  const { workload, offer } = member;
  const onlyLacks = cheapestLacking(market, workload, monthlyUsd);
  const leaves = leavingOf(member, market);
  const others = evaluate(market, workload).filter(({ key }) => key !== groupKeyOf(offer));
  return {
    workload: workload.name,
    ...(workload.partOf === undefined ? {} : { partOf: workload.partOf }),
    ...(Array.isArray(workload.sites) ? { sites: workload.sites } : {}),
    unit: sized.unit.id,
    venue: sized.unit.venue,
    model: offer.model,
    monthlyUsd,
    reasons: [
      ...reasonsOf(member, sized, monthlyUsd, others, stays),
      ...tuningCompared({ offer, size: sized.size }, workload, others, market.setting),
      ...waitingReasons(workload, offer.sku ?? '', market),
    ],
    alternatives: others.map(group => alternative(group, monthlyUsd, stays)).toSorted(compareAlternatives),
    ...(onlyLacks ? { onlyLacks } : {}),
    ...(stays ? { stays } : {}),
    ...(leaves ? { leaves } : {}),
  };
}

function reasonsOf(
  member: Member,
  { size, members }: SizedUnit,
  monthlyUsd: number,
  others: readonly CandidateGroup[],
  stays?: Staying,
): Reason[] {
  const shared = members.filter(each => each !== member).map(({ workload }) => workload.name);
  return [
    { rule: 'cost', message: costReason(member, monthlyUsd, others, stays) },
    ...(shared.length > 0
      ? [{ rule: 'shared', message: `it shares its unit with ${shared.join(', ')}` }]
      : []),
    ...[...member.verdicts, ...size.verdicts].map(({ rule, message, estimated }) => ({
      rule,
      message,
      ...(estimated ? { estimated } : {}),
    })),
  ];
}

function costReason(
  { offer: chosen, workload }: Member,
  monthlyUsd: number,
  others: readonly CandidateGroup[],
  stays?: Staying,
): string {
  const runnerUp = runnerUpOf(others);
  const place = chosen.class.place.name;
  if (!runnerUp) return `${usd(monthlyUsd)} a month; no other model or venue can serve ${workload.name}`;
  const { offer, size } = runnerUp;
  const next = size.monthlyUsd ?? 0;
  const gap = next - monthlyUsd;
  const than = `${offer.model} on ${offer.class.place.name} at ${usd(next)}`;
  const though = stays
    ? 'costs less, but too little to move what is deployed'
    : 'costs less alone, but all workloads together cost least like this';
  return gap >= 0
    ? `${usd(monthlyUsd)} a month on ${place}, ${usd(gap)} less than ${than}, the next best`
    : `${usd(monthlyUsd)} a month on ${place}; ${than} ${though}`;
}

/** Cheapest of all that can serve it elsewhere. */
function runnerUpOf(others: readonly CandidateGroup[]): Candidate | undefined {
  return others
    .flatMap(({ feasible }) => feasible.slice(0, 1))
    .toSorted((a, b) => (a.size.monthlyUsd ?? Infinity) - (b.size.monthlyUsd ?? Infinity))[0];
}

/** @param stays set where what was chosen stays though something costs less */
export function alternative(
  { feasible, nearest }: CandidateGroup,
  chosenUsd: number,
  stays?: Staying,
): Alternative {
  const [cheapest] = feasible;
  const { offer, size, verdicts } = cheapest ?? nearest;
  const base = {
    venue: offer.venue,
    provider: offer.provider,
    model: offer.model,
    sku: offer.sku,
    monthlyUsd: size.monthlyUsd,
  };
  if (cheapest) {
    const gap = cents((size.monthlyUsd ?? 0) - chosenUsd);
    const message =
      gap >= 0
        ? `${usd(size.monthlyUsd ?? 0)} a month, ${usd(gap)} more`
        : `${usd(size.monthlyUsd ?? 0)} a month alone, and ${stays ? 'that is too little less to move for' : 'all workloads together cost more with it'}`;
    return { ...base, verdict: 'dearer', because: [{ rule: 'cost', message }] };
  }
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  const shown = failed.length > 0 ? failed : verdicts.filter(({ verdict }) => verdict === 'unverified');
  return {
    ...base,
    verdict: failed.length > 0 ? 'infeasible' : 'unverified',
    because: shown.map(({ rule, message }) => ({ rule, message })),
    ...lacksOf(verdicts),
  };
}

const verdictOrder = { dearer: 0, unverified: 1, infeasible: 2 } as const;

/** What could be taken, cheapest first; then what somebody could verify; then what breaks the fewest rules. */
export function compareAlternatives(a: Alternative, b: Alternative): number {
  return (
    verdictOrder[a.verdict] - verdictOrder[b.verdict] ||
    (a.verdict === 'dearer' ? 0 : a.because.length - b.because.length) ||
    compare(a.monthlyUsd ?? Infinity, b.monthlyUsd ?? Infinity) ||
    compare(groupKeyOf(a), groupKeyOf(b))
  );
}
