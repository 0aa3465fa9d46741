import type { Warning } from './decision';
import type { SizedUnit } from './units';
import { venueOf } from './venues';

/** A spot machine is not offered where its price is unknown; who allows one should hear of it. */
export function spotWarnings({ unit, members }: SizedUnit): Warning[] {
  const unpriced = members.filter(
    ({ workload, evaluation: { offer } }) =>
      workload.interruptible === true && venueOf(offer).candidates.lacksSpotPrice(offer),
  );
  const names = unpriced.map(({ workload }) => workload.name).join(', ');
  if (names === '') return [];
  const message = `${names} may be interrupted, and the spot price of ${unit.sku} in ${unit.location} is unknown; a file named by prices would say it`;
  return [{ subject: unit.id, rule: 'spot-price', message }];
}
