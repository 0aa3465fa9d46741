import { commitments, scopeOf } from '../../../catalog';
import type { HostedModel } from '../../../catalog';
import type { Workload } from '../../../config/environment';
import type { UnitSize } from '../../candidate';
import { cheapestWay, commitmentVerdicts } from '../../commitments';
import type { Ways } from '../../commitments';
import { cents, usd } from '../../figures';
import { hoursPerMonth, peakRequestsPerMinute } from '../../needs';
import { thinkingWorkload } from '../../reasoning';
import type { Setting } from '../../setting';
import { hiddenTokensFor } from '../../thinking';
import type { HourPrice, UnitPrices } from '../../unit';
import type { Verdict } from '../../verdict';
import type { HostedOffer } from './offers';
import { deploymentVerdicts, quotaVerdict } from './quota';

/** What the units of one model under one SKU can do and come in. */
interface UnitTerms {
  /** Units, at least. */
  readonly minimum: number;
  readonly increment: number;
  /** Input tokens that one output token counts for. */
  readonly ratio: number;
  readonly inputTokensPerMinutePerUnit: number;
  /** Input tokens that one cached input token counts for. */
  readonly cachedTokenWeight: number;
}

/**
 * Provisioned throughput units that all these workloads share: minimum, increment, and the rate that they are paid at.
 * @param recorded rate that the cost comes from. @default - that of the catalogue
 */
export function sizeProvisioned(
  offer: HostedOffer,
  workloads: readonly Workload[],
  setting: Setting,
  recorded?: UnitPrices,
): UnitSize {
  const prices = recorded?.per === 'hour' ? recorded : unitPriceOf(offer, workloads, setting);
  const { usd: rate, asOf: priceDate } = prices;
  const terms = termsOf(offer.hosted, offer.sku);
  if (!terms) {
    const message = `how many provisioned units ${offer.model} needs as ${offer.sku} is not published`;
    const verdict: Verdict = { rule: 'quota', verdict: 'unverified', message };
    return { count: 1, capacity: 1, monthlyUsd: null, priceDate, prices, verdicts: [verdict] };
  }
  const unitsOf = (those: readonly Workload[]): number =>
    unitsFor(
      those.map(each => thinkingWorkload(each, prices.hiddenTokens?.[each.name] ?? 0)),
      terms,
    );
  const units = unitsOf(workloads);
  const price: Verdict = {
    rule: 'price',
    verdict: 'pass',
    message: `${units} provisioned units cost ${usd(rate)} an hour each${prices.commitment === undefined ? '' : ` under ${prices.commitment}`}, read ${priceDate}`,
  };
  return {
    count: 1,
    capacity: units,
    monthlyUsd: cents(units * rate * hoursPerMonth),
    priceDate,
    prices,
    verdicts: [
      quotaVerdict(offer, 'provisionedUnits', units, unitsOf, workloads, setting),
      ...deploymentVerdicts(units),
      price,
      ...commitmentVerdicts(waysOf(offer, setting), units, 'unit'),
    ],
  };
}

/** How a unit of the offer's SKU can be paid. */
export function waysOf(
  { sku }: HostedOffer,
  { catalog, environment }: Setting,
): Ways & { readonly onDemandUsd: number } {
  const { provisionedUnitUsdPerHour: rates, committedUnitUsdPerHour = {} } = catalog.hostingTerms;
  const scope = sku as keyof typeof rates;
  const committed = commitments.flatMap(name => {
    const rate = committedUnitUsdPerHour[name]?.[scope];
    return rate === undefined ? [] : [[name, rate] as const];
  });
  return {
    onDemandUsd: rates[scope],
    committed: Object.fromEntries(committed),
    made: environment.commitments ?? [],
  };
}

/** The rate of one unit of the offer's SKU, in the cheapest way that may be taken. */
function unitPriceOf(offer: HostedOffer, workloads: readonly Workload[], setting: Setting): HourPrice {
  const { provisionedPricesAsOf: asOf } = setting.catalog.hostingTerms;
  const { usd: each, commitment } = cheapestWay(waysOf(offer, setting));
  const thought = workloads
    .map(workload => [workload.name, hiddenTokensFor(offer.class, workload, setting)] as const)
    .filter(([, tokens]) => tokens > 0);
  return {
    per: 'hour',
    usd: each ?? 0,
    asOf,
    ...(commitment ? { commitment } : {}),
    ...(thought.length > 0 ? { hiddenTokens: Object.fromEntries(thought) } : {}),
  };
}

/** Undefined where they are not published. */
export function termsOf({ provisioned }: HostedModel, sku: string): UnitTerms | undefined {
  const scope = ({ global: 'global', zone: 'dataZone', region: 'regional' } as const)[scopeOf(sku)];
  const minimum = provisioned?.minimum[scope] ?? null;
  const increment = provisioned?.increment[scope] ?? null;
  const ratio = provisioned?.outputToInputRatio ?? null;
  if (!provisioned || minimum === null || increment === null || ratio === null) return undefined;
  const { inputTokensPerMinutePerUnit, cachedTokenWeight = 0 } = provisioned;
  return { minimum, increment, ratio, inputTokensPerMinutePerUnit, cachedTokenWeight };
}

/** Share of a unit that counts as rounding. */
const rounding = 1e-6;

/** The minimum is bought whole, and the rest in increments. */
function unitsFor(workloads: readonly Workload[], terms: UnitTerms): number {
  const load = workloads.reduce((sum, workload) => sum + unitsBusy(workload, terms), 0);
  const steps = Math.max(0, Math.ceil((load - terms.minimum) / terms.increment - rounding));
  return terms.minimum + steps * terms.increment;
}

/** Units that a workload keeps busy at its peak, a fraction. */
export function unitsBusy(
  workload: Workload,
  { ratio, inputTokensPerMinutePerUnit, cachedTokenWeight }: UnitTerms,
): number {
  const { inputTokens, outputTokens, cachedInputShare } = workload.traffic;
  const input = inputTokens * (1 - cachedInputShare + cachedTokenWeight * cachedInputShare);
  const weighted = input + ratio * outputTokens;
  return (peakRequestsPerMinute(workload) * weighted) / inputTokensPerMinutePerUnit;
}
