import type { Workload } from '../environment';
import { sizePool, speedSentence } from '../sizing';
import type { PoolDemand, PoolSize } from '../sizing';
import { cents, usd } from './figures';
import { contextNeeded, hoursPerMonth, peakRequestsPerMinute } from './needs';
import type { UnitSize } from './size';
import type { CatalogOffer, DeviceOffer, MachineOffer, Verdict } from './types';

type PoolOffer = CatalogOffer | MachineOffer | DeviceOffer;

/** One workload and the weights that it would run on. */
export interface PoolGuest {
  readonly workload: Workload;
  readonly offer: PoolOffer;
}

/** Machines that carry all guests together, each with its own weights, and their price. */
export function sizeMachines(guests: readonly PoolGuest[]): UnitSize {
  const [first] = guests;
  if (!first) throw new Error('a pool without guests is asked for, which is a fault in the placement');
  const { offer } = first;
  const size = sizePool(offer.hardware, guests.map(demandOf), offer.venue === 'edge' ? { maxCount: 1 } : {});
  const priceDate = offer.venue === 'edge' ? null : offer.machine.priceAsOf;
  if (!size.fits) {
    const verdict: Verdict = {
      rule: size.rule,
      verdict: size.unverified ? 'unverified' : 'fail',
      message: size.message,
    };
    return { count: 1, capacity: 1, monthlyUsd: null, priceDate, verdicts: [verdict] };
  }
  const monthlyUsd = monthlyCost(offer, size.count);
  return {
    count: size.count,
    capacity: 1,
    monthlyUsd,
    priceDate,
    pool: size,
    verdicts: [sizeVerdict(offer, size), priceVerdict(offer, size.count, monthlyUsd)],
  };
}

function demandOf({ workload, offer }: PoolGuest): PoolDemand {
  const { traffic, latency } = workload;
  return {
    workload: workload.name,
    // Sizing tells models apart by id: two fine-tuned ones of the same base are two.
    model: { ...offer.open, id: offer.model },
    quantisation: offer.quantisation,
    peakRequestsPerSecond: peakRequestsPerMinute(workload) / 60,
    inputTokens: traffic.inputTokens,
    outputTokens: traffic.outputTokens,
    contextTokens: Math.min(contextNeeded(workload), offer.open.contextTokens),
    ...(latency?.firstTokenSeconds === undefined ? {} : { firstTokenSeconds: latency.firstTokenSeconds }),
    ...(latency?.tokensPerSecond === undefined ? {} : { tokensPerSecond: latency.tokensPerSecond }),
  };
}

function monthlyCost(offer: PoolOffer, count: number): number | null {
  if (offer.venue === 'edge') return cents(offer.owned.monthlyUsd);
  const { usdPerHour } = offer.machine;
  return usdPerHour === null ? null : cents(usdPerHour * hoursPerMonth * count);
}

function priceVerdict(offer: PoolOffer, count: number, monthlyUsd: number | null): Verdict {
  if (offer.venue === 'edge') {
    return {
      rule: 'price',
      verdict: 'pass',
      message: `the device is owned; ${usd(offer.owned.monthlyUsd)} a month for power and upkeep is charged to it`,
    };
  }
  if (monthlyUsd === null)
    return {
      rule: 'price',
      verdict: 'unverified',
      message: `the price of ${offer.sku} in ${offer.location} is not listed`,
    };
  const { usdPerHour, priceAsOf } = offer.machine;
  return {
    rule: 'price',
    verdict: 'pass',
    message: `${count} × ${offer.sku} at $${usdPerHour ?? 0} an hour, read ${priceAsOf}`,
  };
}

/** Speeds are predicted, so the sentence says how far the prediction may be trusted. */
function sizeVerdict(offer: PoolOffer, size: PoolSize): Verdict {
  const message = `${size.count} × ${offer.hardware.name} ${speedSentence(size)}`;
  return { rule: 'capacity', verdict: 'pass', message };
}
