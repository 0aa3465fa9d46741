import { parallelSteps, poolAsItIs, sizePool, speedSentence } from '../../sizing';
import type { PoolDemand, PoolSize } from '../../sizing';
import type { Assignment, Recorded, UnitSize } from '../candidate';
import { commitmentVerdicts } from '../commitments';
import { cents, round } from '../figures';
import { contextNeeded, hoursPerMonth, peakRequestsPerMinute } from '../needs';
import { thinkingWorkload } from '../reasoning';
import type { Setting } from '../setting';
import type { Verdict } from '../verdict';
import { roomVerdicts } from './host-room';
import { hiddenTokensOn } from './pool-offer';
import type { PoolOffer } from './pool-offer';
import { firstOf } from '../collections';

/** One workload and the weights that it would run on. */
type PoolAssignment = Assignment<PoolOffer>;

/** What a machine costs, as a sentence and how it is known. @param monthlyUsd of all machines; null is unknown */
export type PriceVerdict<O extends PoolOffer> = (
  offer: O,
  count: number,
  monthlyUsd: number | null,
) => Verdict;

/**
 * Machines that carry all workloads together, each with its own weights, and their price.
 * @param recorded what counts of machines that were placed before. @default - nothing
 */
export function sizeMachines<O extends PoolOffer>(
  assignments: readonly Assignment<O>[],
  setting: Setting,
  priceVerdict: PriceVerdict<O>,
  { prices: recorded, sizing }: Recorded = {},
): UnitSize {
  const first = firstOf(assignments, 'a pool without workloads');
  const { offer } = first;
  const size = poolSize(offer, assignments, sizing);
  const { terms } = offer;
  const prices = recorded?.per === 'hour' && terms.rented ? recorded : terms.price;
  const priceDate = prices?.asOf ?? terms.priceDate;
  const each = prices ? prices.usd * terms.hours : terms.usdPerMachine;
  const usdOf = (count: number): number | null => (each === null ? null : cents(each * count));
  if (!size.fits) {
    const { machines: count = 1 } = size;
    const verdict: Verdict = {
      rule: size.rule,
      verdict: size.unverified ? 'unverified' : 'fail',
      message: size.message,
    };
    const monthlyUsd = size.machines === undefined ? null : usdOf(count);
    return { count, capacity: 1, monthlyUsd, priceDate, prices, verdicts: [verdict] };
  }
  const monthlyUsd = usdOf(size.count);
  return {
    count: size.count,
    capacity: 1,
    monthlyUsd,
    priceDate,
    prices,
    pool: size,
    verdicts: [
      sizeVerdict(offer, size),
      ...roomVerdicts(
        assignments.map(each => each.offer),
        setting,
      ),
      ...assignments.flatMap(measuredVerdicts),
      priceVerdict(offer, size.count, monthlyUsd),
      ...(terms.ways ? commitmentVerdicts(terms.ways, size.count, 'machine') : []),
    ],
  };
}

/** @param recorded figures that count instead of predictions, or the size that does */
function poolSize(
  { hardware, terms: { most } }: PoolOffer,
  assignments: readonly PoolAssignment[],
  recorded: Recorded['sizing'],
): ReturnType<typeof sizePool> {
  const demands = assignments.map(each => demandOf(each, hiddenTokensIn(recorded, each)));
  return recorded && 'count' in recorded
    ? poolAsItIs(hardware, demands, recorded, parallelSteps, most)
    : sizePool(hardware, demands, { maxCount: most }, recorded);
}

/** Tokens that a workload thinks; what was recorded before they were counted has none. */
function hiddenTokensIn(recorded: Recorded['sizing'], { workload, offer }: PoolAssignment): number {
  if (!recorded) return hiddenTokensOn(offer, workload);
  return 'workloads' in recorded ? (recorded.workloads[workload.name]?.hiddenTokens ?? 0) : 0;
}

/** Speeds that the team measured on this very hardware: they stand in for predictions, good or bad. */
function measuredSpeeds({ workload: { pin }, offer }: PoolAssignment): MeasuredSpeeds {
  return pin?.model === offer.model && pin.sku === offer.sku ? (pin.measured ?? {}) : {};
}

interface MeasuredSpeeds {
  readonly by?: string;
  readonly firstTokenSeconds?: number;
  readonly tokensPerSecond?: number;
}

function measuredVerdicts(assignment: PoolAssignment): Verdict[] {
  const { firstTokenSeconds: first, tokensPerSecond: rate } = assignment.workload.latency ?? {};
  const { by, firstTokenSeconds, tokensPerSecond } = measuredSpeeds(assignment);
  const verdict = (rule: string, good: boolean, message: string): Verdict => ({
    rule,
    verdict: good ? 'pass' : 'fail',
    message: `${message}, measured by ${by ?? 'the team'}`,
  });
  return [
    ...(first !== undefined && firstTokenSeconds !== undefined
      ? [
          verdict(
            'first-token',
            firstTokenSeconds <= first,
            `first token within ${round(first)} s is asked for, and it comes after ${round(firstTokenSeconds)} s`,
          ),
        ]
      : []),
    ...(rate !== undefined && tokensPerSecond !== undefined
      ? [
          verdict(
            'tokens-per-second',
            tokensPerSecond >= rate,
            `at least ${round(rate)} tokens a second are asked for, and there are ${round(tokensPerSecond)}`,
          ),
        ]
      : []),
  ];
}

/** @param hiddenTokens that a request thinks. @default - as many as the model of the offer does */
export function demandOf(
  assignment: PoolAssignment,
  hiddenTokens = hiddenTokensOn(assignment.offer, assignment.workload),
): PoolDemand {
  const { offer } = assignment;
  const workload = thinkingWorkload(assignment.workload, hiddenTokens);
  const { traffic, latency } = workload;
  const measured = measuredSpeeds(assignment);
  return {
    workload: workload.name,
    // Sizing tells models apart by id: two fine-tuned ones of the same base are two.
    model: offer.open.id === offer.model ? offer.open : { ...offer.open, id: offer.model },
    quantisation: offer.quantisation,
    peakRequestsPerSecond: peakRequestsPerMinute(workload) / 60 / (offer.terms.alike ?? 1),
    inputTokens: traffic.inputTokens,
    outputTokens: traffic.outputTokens,
    ...(hiddenTokens > 0 ? { hiddenTokens } : {}),
    contextTokens: Math.min(contextNeeded(workload), offer.open.contextTokens),
    ...(latency?.firstTokenSeconds === undefined || measured.firstTokenSeconds !== undefined
      ? {}
      : { firstTokenSeconds: latency.firstTokenSeconds }),
    ...(latency?.tokensPerSecond === undefined || measured.tokensPerSecond !== undefined
      ? {}
      : { tokensPerSecond: latency.tokensPerSecond }),
  };
}

/** Speeds are predicted, so the sentence says how far the prediction may be trusted. */
function sizeVerdict(offer: PoolOffer, size: PoolSize): Verdict {
  const { alike = 1 } = offer.terms;
  const of = alike > 1 ? `each of ${alike} alike, ` : '';
  const message = `${of}${size.count} × ${offer.hardware.name} ${speedSentence(size)}`;
  return { rule: 'capacity', verdict: 'pass', message };
}

/** What machines cost that are rented by the hour. @param spot whether at the spot price */
export function hourlyPrice(
  { sku, location, terms }: PoolOffer,
  count: number,
  monthlyUsd: number | null,
  spot: boolean,
): Verdict {
  const kind = spot ? 'spot ' : '';
  if (monthlyUsd === null) {
    const message = `the ${kind}price of ${sku} in ${location} is not listed; a file named by prices would say it`;
    return { rule: 'price', verdict: 'unverified', message };
  }
  const { hours, price, priceDate } = terms;
  const paid = hours < hoursPerMonth ? `, ${round(hours)} of ${hoursPerMonth} hours a month` : '';
  const moves = spot ? ', which moves' : '';
  const under = price?.commitment === undefined ? '' : ` under ${price.commitment}`;
  const message = `${count} × ${sku} at ${kind}$${price?.usd ?? 0} an hour${under}${paid}, read ${priceDate}${moves}`;
  return { rule: 'price', verdict: 'pass', message };
}
