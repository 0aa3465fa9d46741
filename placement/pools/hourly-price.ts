import { round } from '../figures';
import { hoursPerMonth } from '../needs';
import type { Verdict } from '../verdict';
import type { PoolOffer } from './pool-offer';

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
  const message = `${count} × ${sku} at ${kind}$${price?.usd ?? 0} an hour${paid}, read ${priceDate}${moves}`;
  return { rule: 'price', verdict: 'pass', message };
}
