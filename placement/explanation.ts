import type { Alternative, Placement, Reason } from './decision';
import type { Workload } from '../config/environment';
import { compare } from './compare';
import type { Choice, Evaluation, Group } from './evaluate';
import { cents, usd } from './figures';
import { groupKeyOf } from './offer';
import { sharesOf } from './shares';
import type { SizedUnit } from './units';
import { judgeOffer } from './rules';
import type { Setting } from './setting';
import type { Verdict } from './verdict';

/** Placements of everything that a unit serves, with their share of its cost. */
export function placementsOf(
  sized: SizedUnit,
  groupsOf: (workload: Workload) => readonly Group[],
  setting: Setting,
): Placement[] {
  const shares = sharesOf(sized.size, sized.members);
  return sized.members.map((choice, i) => {
    const monthlyUsd = shares[i] ?? 0;
    const others = groupsOf(choice.workload).filter(({ key }) => key !== groupKeyOf(choice.evaluation.offer));
    const alternatives = others.map(group => alternative(group, monthlyUsd));
    return {
      workload: choice.workload.name,
      unit: sized.unit.id,
      venue: sized.unit.venue,
      model: choice.evaluation.offer.model,
      monthlyUsd,
      reasons: reasonsOf(choice, sized, monthlyUsd, others, setting),
      alternatives: alternatives.toSorted(compareAlternatives),
    };
  });
}

function reasonsOf(
  choice: Choice,
  sized: SizedUnit,
  monthlyUsd: number,
  others: readonly Group[],
  setting: Setting,
): Reason[] {
  const verdicts: Verdict[] = [
    ...judgeOffer(choice.evaluation.offer, choice.workload, setting),
    ...sized.size.verdicts,
  ];
  const shared = sized.members
    .filter(({ workload }) => workload !== choice.workload)
    .map(({ workload }) => workload.name);
  return [
    { rule: 'cost', message: costReason(choice, monthlyUsd, others) },
    ...(shared.length > 0
      ? [{ rule: 'shared', message: `it shares ${sized.unit.id} with ${shared.join(', ')}` }]
      : []),
    ...verdicts.map(({ rule, message }) => ({ rule, message })),
  ];
}

function costReason({ evaluation, workload }: Choice, monthlyUsd: number, others: readonly Group[]): string {
  const runnerUp = runnerUpOf(others);
  const place = evaluation.offer.class.place.name;
  if (!runnerUp) return `${usd(monthlyUsd)} a month; no other model or venue can serve ${workload.name}`;
  const { offer, size } = runnerUp;
  const next = size.monthlyUsd ?? 0;
  const gap = next - monthlyUsd;
  const than = `${offer.model} on ${offer.class.place.name} at ${usd(next)}`;
  return gap >= 0
    ? `${usd(monthlyUsd)} a month on ${place}, ${usd(gap)} less than ${than}, the next best`
    : `${usd(monthlyUsd)} a month on ${place}; ${than} costs less alone, but all workloads together cost least like this`;
}

/** Cheapest of all that can serve it elsewhere. */
function runnerUpOf(others: readonly Group[]): Evaluation | undefined {
  return others
    .flatMap(({ feasible }) => feasible.slice(0, 1))
    .toSorted((a, b) => (a.size.monthlyUsd ?? Infinity) - (b.size.monthlyUsd ?? Infinity))[0];
}

export function alternative({ feasible, nearest }: Group, chosenUsd: number): Alternative {
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
        : `${usd(size.monthlyUsd ?? 0)} a month alone, and all workloads together cost more with it`;
    return { ...base, verdict: 'dearer', because: [{ rule: 'cost', message }] };
  }
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  const shown = failed.length > 0 ? failed : verdicts.filter(({ verdict }) => verdict === 'unverified');
  return {
    ...base,
    verdict: failed.length > 0 ? 'infeasible' : 'unverified',
    because: shown.map(({ rule, message }) => ({ rule, message })),
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
