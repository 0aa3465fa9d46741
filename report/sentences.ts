import type { Alternative, Unit } from '../placement/decision';
import { count, round, usd } from '../placement/figures';
import { venueOf } from '../placement/venues';
import type {
  Answer,
  BreakEven,
  ExplainedAlternative,
  ExplainedPlacement,
  TrafficAnswer,
} from './explanation';
import { factorRange } from './explanation';

/** A venue in a word or two. */
export function venueName({ venue, provider }: Pick<Alternative, 'venue' | 'provider'>): string {
  return venueOf({ venue }).phrases.name(provider);
}

/** How machines are paid, where they are not simply on. */
function paidText(place: Unit | Answer): string {
  const billing = 'billing' in place ? place.billing : undefined;
  if (billing === 'spot') return ' on spot';
  return billing === 'scheduled' ? ' on a schedule' : '';
}

/** Where a unit is and how large. */
export function placeOf(unit: Unit): string {
  return `${venueName(unit)}: ${sizeOf(unit)}${paidText(unit)}, ${venueOf(unit).phrases.where(unit)}`;
}

/** Where a workload is now. */
type Here = Pick<ExplainedPlacement, 'venue' | 'model' | 'outlook'>;

/** Whether others are on the workload's unit, so that its own cost is a share of it. */
export function isShared({ outlook }: Pick<ExplainedPlacement, 'outlook'>): boolean {
  return outlook.traffic.some(({ factor, answer }) => factor === 1 && (answer?.sharesWith.length ?? 0) > 0);
}

/** A place that a workload could have: model, venue and size, as far as they differ from where it is. */
export function answerText(answer: Answer, here: Here): string {
  const shared = answer.sharesWith.length > 0 ? `, shared with ${answer.sharesWith.join(', ')}` : '';
  const today = here.outlook.traffic.find(({ factor }) => factor === 1)?.answer;
  const paid = { spot: ' on spot', scheduled: ' on a schedule', 'on-demand': '' }[
    answer.billing ?? 'on-demand'
  ];
  const place = `${sizeOf(answer)}${paid}${answer.location === today?.location ? '' : ` in ${answer.location}`}${shared}`;
  const same = answer.model === here.model && answer.venue === here.venue;
  if (!same) return `${answer.model} (${venueName(answer)}: ${place})`;
  return `the same model ${venueOf(answer).phrases.preposition} ${place}`;
}

/** How large a unit is. */
export function sizeOf(unit: Pick<Answer, 'venue' | 'sku' | 'count'>): string {
  return venueOf(unit).phrases.size(unit);
}

export function skuText(sku: string): string {
  return sku.replace('Standard_', '');
}

/** What comes next and by how much; where nothing could be taken, what somebody could verify. */
export function nextBestText(placement: ExplainedPlacement): string {
  const { outlook, alternatives } = placement;
  if (outlook.runnerUp)
    return `${answerText(outlook.runnerUp, placement)}, ${gapText(outlook.runnerUp.gapUsd, placement)}`;
  const open = alternatives.find(({ verdict }) => verdict === 'unverified');
  return open ? `nothing else is known to serve it; ${unverifiedText(open)}` : 'nothing else can serve it';
}

/** What an alternative needs before it counts. */
function unverifiedText(alternative: ExplainedAlternative): string {
  const missing = [...new Set(alternative.because.flatMap(({ verify }) => verify ?? []))];
  return `${alternative.model} (${venueName(alternative)}) would count with ${missing.join(' and ')}`;
}

function gapText(gapUsd: number, { stays }: ExplainedPlacement): string {
  if (gapUsd === 0) return 'for the same money';
  const less = stays ? 'less, but too little to move for' : 'less alone, but not with all workloads together';
  return `${usd(Math.abs(gapUsd))} ${gapUsd > 0 ? 'more' : less}`;
}

/** At which traffic the answer changes, downwards and upwards, and to what. */
export function breakEvenText(placement: ExplainedPlacement): string {
  const { breakEven, requestsPerDay, runnerUp } = placement.outlook;
  if (requestsPerDay === 0) return 'none: it has no traffic';
  if (runnerUp !== null && runnerUp.gapUsd < 0)
    return placement.stays
      ? 'none: another place costs less already'
      : 'none: only together with the others is this the cheapest';
  const changes = [
    ...(breakEven.down ? [`below ${changeText(breakEven.down, placement)}`] : []),
    ...(breakEven.up ? [`above ${changeText(breakEven.up, placement)}`] : []),
  ];
  const [least, most] = factorRange;
  return changes.length > 0
    ? changes.join('; ')
    : `none between ${factorText(least)} and ${factorText(most)} of today's traffic`;
}

function changeText(change: BreakEven, here: Here): string {
  const at = `${factorText(change.factor)} (${requestsText(change.requestsPerDay)})`;
  const to = change.to
    ? `${answerText(change.to, here)} at ${usd(change.to.monthlyUsd)}`
    : 'nothing else is known to serve it';
  if (change.cause === 'limit')
    return `${at} ${limitText(change)}${quotaText(change, here)}; ${change.to ? `then ${to}` : to}`;
  const stay = change.stayUsd[1] ?? change.stayUsd[0];
  return `${at} ${to} costs less than ${usd(stay)} here`;
}

const limits: Readonly<Record<string, string>> = {
  quota: 'its quota is used up',
  throughput: 'it is too busy',
  'first-token': 'its first token comes too late',
  'tokens-per-second': 'it is too slow',
  'memory-fit': 'its memory is too small',
  carbon: 'it emits too much carbon',
};

/** Why it cannot stay, in a few words. */
export function limitText({ because }: Pick<BreakEven | TrafficAnswer, 'because'>): string {
  const [first] = because;
  return first ? (limits[first.rule] ?? `${first.rule} keeps it from staying`) : 'it cannot stay';
}

/** What more quota would change; nothing where something else is in the way. */
function quotaText({ because, factor }: BreakEven | TrafficAnswer, { outlook }: Here): string {
  return because[0]?.rule === 'quota'
    ? ` (ask for more quota: with it, it stays at about ${usd(outlook.addedUsd * factor)})`
    : '';
}

/** The answers at other traffic than today's, each with its cost. */
export function trafficText(placement: ExplainedPlacement): string {
  const { outlook } = placement;
  if (outlook.requestsPerDay === 0) return 'none to multiply';
  return outlook.traffic
    .filter(({ factor }) => factor !== 1)
    .map(each => `${factorText(each.factor)} ${trafficAnswerText(each, placement)}`)
    .join('; ');
}

/** One answer without its traffic. */
function trafficAnswerText(traffic: TrafficAnswer, here: Here): string {
  const { answer, moves } = traffic;
  if (!answer) return `nothing can serve it: ${limitText(traffic)}${quotaText(traffic, here)}`;
  const machines = venueOf(answer).phrases.growsByCount ? ` on ${sizeOf(answer)}` : '';
  const money = `${answer.sharesWith.length > 0 ? 'adding ' : ''}${usd(answer.monthlyUsd)}`;
  return moves ? `goes to ${answerText(answer, here)}, ${money}` : `stays${machines}, ${money}`;
}

/** What the workload adds at a multiple of its traffic. */
export function costAt({ outlook }: ExplainedPlacement, factor: number): string {
  const answer = outlook.traffic.find(each => each.factor === factor)?.answer;
  return answer ? usd(answer.monthlyUsd) : 'not served';
}

/** The multiples of today's traffic at which the answer changes. */
export function changesText({ outlook: { breakEven } }: ExplainedPlacement): string {
  const { down, up } = breakEven;
  const parts = [
    ...(down ? [`below ${factorText(down.factor)}`] : []),
    ...(up ? [`above ${factorText(up.factor)}`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : 'not in range';
}

export function factorText(factor: number): string {
  return `×${round(factor)}`;
}

/** Three digits: a break-even is only as good as the prices. */
export function requestsText(requestsPerDay: number): string {
  return `${requestsPerDay < 10 ? round(requestsPerDay) : count(Number(requestsPerDay.toPrecision(3)))} requests a day`;
}

export function many(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The first rule that failed, how many more did, and what would verify it. */
export function reasonText({ because, verdict }: ExplainedAlternative): string {
  const [first, ...rest] = because;
  if (!first) return verdict;
  const more = rest.length > 0 ? `; and ${[...new Set(rest.map(({ rule }) => rule))].join(', ')}` : '';
  // Most messages name the key that would say it already.
  const said = first.verify === undefined || first.message.includes(' would ');
  const verify = said ? '' : `; needed: ${first.verify}`;
  return `${first.rule}: ${first.message}${verify}${more}`;
}
