import type { Placement, Reason } from '../placement/decision';

/** Rules that say most about why a place was taken, the weightiest first; where others decide nothing, these name it. */
const weight = [
  'pin',
  'base-model',
  'own-weights',
  'connectivity',
  'tenancy',
  'operations',
  'residency',
  'languages',
  'quality',
  'latency',
  'carbon',
  'kind',
];

/** Most requirements that one line names. */
const named = 2;

/** Why a workload is where it is: the requirements that decided, then what remained. */
export function whyOf(placement: Placement): string {
  const shared = placement.reasons.filter(({ rule }) => rule === 'shared' || rule === 'waits');
  return [...decidingReasons(placement), ...shared]
    .map(({ message }) => message)
    .concat(remainderText(placement))
    .join('; ');
}

/**
 * The requirements that decided, the weightiest first: a rule counts for every alternative that it kept out though it
 * costs less, more where it alone did. The kind of model decides nothing that a reader does not know.
 */
export function decidingReasons({ reasons, alternatives, monthlyUsd }: Placement): Reason[] {
  const votes = new Map<string, number>();
  for (const { verdict, because, monthlyUsd: other } of alternatives) {
    if (verdict === 'dearer' || (other !== null && other >= monthlyUsd)) continue;
    const rules = new Set(because.map(({ rule }) => rule));
    for (const rule of rules) votes.set(rule, (votes.get(rule) ?? 0) + 1 / rules.size);
  }
  const decisive = reasons
    .filter(({ rule }) => weight.includes(rule))
    .toSorted((a, b) => rank(b, votes) - rank(a, votes) || weight.indexOf(a.rule) - weight.indexOf(b.rule));
  return decisive.filter(({ rule }, i) => i === 0 || rule !== 'kind').slice(0, named);
}

function rank({ rule }: Reason, votes: ReadonlyMap<string, number>): number {
  if (rule === 'pin') return Infinity;
  return rule === 'kind' ? -1 : (votes.get(rule) ?? 0);
}

/** Rules that say what tuning is, takes and costs. */
const tuning = ['tuned-model', 'training', 'fine-tuning-fee', 'tuned-instead'];

/** What it rests on besides, that is estimated or a floor of Berth's own; nothing where all of that stands in the why. */
export function assumedText(placement: Placement): string {
  const deciding = decidingReasons(placement);
  return placement.reasons
    .filter(reason => reason.estimated && !deciding.includes(reason) && !tuning.includes(reason.rule))
    .map(({ message }) => message)
    .join('; ');
}

/** What the model is tuned from or will be, and what that costs; nothing where it is not tuned. */
export function tuningText({ reasons }: Placement): string {
  return reasons
    .filter(({ rule }) => tuning.includes(rule))
    .map(({ message }) => message)
    .join('; ');
}

/** How much choice the requirements left. */
export function remainderText({ alternatives, stays }: Placement): string {
  const others = alternatives.filter(({ verdict }) => verdict === 'dearer').length;
  if (others === 0) return 'no other model or venue is known to meet every requirement';
  return `${stays ? 'one' : 'the cheapest'} of ${others + 1} models and venues that meet every requirement`;
}
