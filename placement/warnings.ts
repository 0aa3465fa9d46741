import { daysBetween } from '../catalog';
import type { Warning } from './decision';
import { apiWarnings } from './api-warnings';
import type { Setting } from './setting';
import type { SizedUnit } from './units';
import { venueOf } from './venues';

/** What is allowed, and still better known. */
export function warningsOf(units: readonly SizedUnit[], setting: Setting): Warning[] {
  const { environment, catalog, asOf } = setting;
  const ofUnits = units.flatMap(sized => {
    const { unit, members } = sized;
    const age = unit.priceDate === null ? 0 : daysBetween(unit.priceDate, asOf);
    const stale =
      age > environment.maxPriceAgeDays
        ? [
            {
              subject: unit.id,
              rule: 'price-age',
              message: `its price was read on ${unit.priceDate}, ${age} days ago, and maxPriceAgeDays is ${environment.maxPriceAgeDays}`,
            },
          ]
        : [];
    const verdicts = members.flatMap(member => member.verdicts).filter(({ rule }) => rule === 'retirement');
    return [
      ...stale,
      ...spotWarnings(sized),
      ...verdicts.slice(0, 1).map(({ rule, message }) => ({ subject: unit.id, rule, message })),
    ];
  });
  return [...ofUnits, ...apiWarnings(environment, catalog.armApis, asOf)];
}

/** A spot machine is not offered where its price is unknown; who allows one should hear of it. */
function spotWarnings({ unit, members }: SizedUnit): Warning[] {
  const unpriced = members.filter(
    ({ workload, offer }) =>
      workload.interruptible === true && venueOf(offer).candidates.lacksSpotPrice(offer),
  );
  const names = unpriced.map(({ workload }) => workload.name).join(', ');
  if (names === '') return [];
  const message = `${names} may be interrupted, and the spot price of ${unit.sku} in ${unit.location} is unknown; a file named by prices would say it`;
  return [{ subject: unit.id, rule: 'spot-price', message }];
}
