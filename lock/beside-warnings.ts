import type { Environment } from '../config/environment';
import type { Decision, Warning } from '../placement/decision';
import { cents, usd } from '../placement/figures';
import { hoursPerMonth } from '../placement/needs';
import { venueOf } from '../placement/venues';
import type { GoingUnit } from './conditions';

/** What the environment says of deployments beside others that does nothing, and what of it is paid though no decision counts it. */
export function besideWarnings(
  { hostedDeployments = {} }: Pick<Environment, 'hostedDeployments'>,
  { units }: Pick<Decision, 'units'>,
  going: readonly GoingUnit[],
): Warning[] {
  const hosted = units.filter(unit => venueOf(unit).beside !== undefined);
  return Object.entries(hostedDeployments).flatMap(([name, { deployments }]) => {
    const unit = hosted.find(({ id }) => id === name);
    if (unit) return Object.entries(deployments).flatMap(([own, beside]) => paid(own, beside, unit));
    if (going.some(each => each.unit.id === name)) return [];
    const known = hosted.map(({ id }) => id).join(', ');
    const message = `hostedDeployments says what stands beside it, and nothing is hosted under this name${known === '' ? '' : ` (but ${known})`}; remove it, or correct the name`;
    return [{ subject: name, rule: 'beside', message }];
  });
}

function paid(
  own: string,
  { capacity }: { readonly capacity?: number | undefined },
  unit: Decision['units'][number],
): Warning[] {
  const { id, prices, sku } = unit;
  if (prices?.per !== 'hour' || !('capacity' in unit)) return [];
  const count = capacity ?? unit.capacity;
  const monthly = usd(cents(count * prices.usd * hoursPerMonth));
  const message = `${own} stands beside it, and ${count} units of ${sku} are paid for that too, ${monthly} a month, which is no part of the figures here`;
  return [{ subject: id, rule: 'beside', message }];
}
