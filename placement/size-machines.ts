import type { Workload } from '../config/environment';
import { sizePool, speedSentence } from '../sizing';
import type { PoolDemand, PoolSize } from '../sizing';
import type { UnitPrices } from './decision';
import { hourPriceOf, monthlyUsdOf, paidHoursOf, powerUsdOf, usdPerHourOf } from './billing';
import { round, usd } from './figures';
import { contextNeeded, hoursPerMonth, peakRequestsPerMinute } from './needs';
import type { UnitSize } from './size';
import type { CatalogOffer, DeviceOffer, MachineOffer, Verdict } from './types';

export type PoolOffer = CatalogOffer | MachineOffer | DeviceOffer;

/** One workload and the weights that it would run on. */
export interface PoolGuest {
  readonly workload: Workload;
  readonly offer: PoolOffer;
}

/**
 * Machines that carry all guests together, each with its own weights, and their price.
 * @param recorded price that the cost comes from. @default - that of the offer
 */
export function sizeMachines(guests: readonly PoolGuest[], recorded?: UnitPrices): UnitSize {
  const [first] = guests;
  if (!first) throw new Error('a pool without guests is asked for, which is a fault in the placement');
  const { offer } = first;
  const size = sizePool(offer.hardware, guests.map(demandOf), { maxCount: mostMachines(offer) });
  const prices = recorded?.per === 'hour' && offer.venue !== 'edge' ? recorded : hourPriceOf(offer);
  const priceDate = offer.venue === 'edge' ? null : (prices?.asOf ?? offer.machine.priceAsOf);
  if (!size.fits) {
    const verdict: Verdict = {
      rule: size.rule,
      verdict: size.unverified ? 'unverified' : 'fail',
      message: size.message,
    };
    return { count: 1, capacity: 1, monthlyUsd: null, priceDate, prices, verdicts: [verdict] };
  }
  const monthlyUsd = monthlyUsdOf(offer, size.count, prices);
  return {
    count: size.count,
    capacity: 1,
    monthlyUsd,
    priceDate,
    prices,
    pool: size,
    verdicts: [
      sizeVerdict(offer, size),
      ...guests.flatMap(measuredVerdicts),
      priceVerdict(offer, size.count, monthlyUsd),
    ],
  };
}

/** Speeds that the team measured on this very hardware: they stand in for predictions, good or bad. */
function measuredSpeeds({ workload: { pin }, offer }: PoolGuest): MeasuredSpeeds {
  return pin?.model === offer.model && pin.sku === offer.sku ? (pin.measured ?? {}) : {};
}

interface MeasuredSpeeds {
  readonly by?: string;
  readonly firstTokenSeconds?: number;
  readonly tokensPerSecond?: number;
}

function measuredVerdicts(guest: PoolGuest): Verdict[] {
  const { firstTokenSeconds: first, tokensPerSecond: rate } = guest.workload.latency ?? {};
  const { by, firstTokenSeconds, tokensPerSecond } = measuredSpeeds(guest);
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

export function demandOf(guest: PoolGuest): PoolDemand {
  const { workload, offer } = guest;
  const { traffic, latency } = workload;
  const measured = measuredSpeeds(guest);
  return {
    workload: workload.name,
    // Sizing tells models apart by id: two fine-tuned ones of the same base are two.
    model: offer.open.id === offer.model ? offer.open : { ...offer.open, id: offer.model },
    quantisation: offer.quantisation,
    peakRequestsPerSecond: peakRequestsPerMinute(workload) / 60,
    inputTokens: traffic.inputTokens,
    outputTokens: traffic.outputTokens,
    contextTokens: Math.min(contextNeeded(workload), offer.open.contextTokens),
    ...(latency?.firstTokenSeconds === undefined || measured.firstTokenSeconds !== undefined
      ? {}
      : { firstTokenSeconds: latency.firstTokenSeconds }),
    ...(latency?.tokensPerSecond === undefined || measured.tokensPerSecond !== undefined
      ? {}
      : { tokensPerSecond: latency.tokensPerSecond }),
  };
}

/** Machines of one pool at most; undefined where nothing is said. */
export function mostMachines(offer: PoolOffer): number | undefined {
  return offer.venue === 'edge' ? 1 : undefined;
}

function priceVerdict(offer: PoolOffer, count: number, monthlyUsd: number | null): Verdict {
  if (offer.venue === 'edge') return { rule: 'price', verdict: 'pass', message: ownedText(offer) };
  const spot = offer.venue === 'vm' && offer.billing.kind === 'spot' ? 'spot ' : '';
  if (monthlyUsd === null) {
    const message = `the ${spot}price of ${offer.sku} in ${offer.location} is not listed; a file named by prices would say it`;
    return { rule: 'price', verdict: 'unverified', message };
  }
  const hours = paidHoursOf(offer);
  const paid = hours < hoursPerMonth ? `, ${round(hours)} of ${hoursPerMonth} hours a month` : '';
  const moves = spot === '' ? '' : ', which moves';
  const message = `${count} × ${offer.sku} at ${spot}$${usdPerHourOf(offer) ?? 0} an hour${paid}, read ${offer.machine.priceAsOf}${moves}`;
  return { rule: 'price', verdict: 'pass', message };
}

function ownedText(offer: DeviceOffer): string {
  const { owned, watts } = offer;
  const power = powerUsdOf(offer);
  if (power === undefined)
    return `the device is owned; ${usd(owned.monthlyUsd)} a month for power and upkeep is charged to it`;
  const price = `${watts ?? 0} W at $${owned.power?.usdPerKwh ?? 0} a kWh`;
  return `the device is owned; ${usd(power)} a month for power (${price}) and ${usd(owned.monthlyUsd)} for upkeep is charged to it`;
}

/** Speeds are predicted, so the sentence says how far the prediction may be trusted. */
function sizeVerdict(offer: PoolOffer, size: PoolSize): Verdict {
  const message = `${size.count} × ${offer.hardware.name} ${speedSentence(size)}`;
  return { rule: 'capacity', verdict: 'pass', message };
}
