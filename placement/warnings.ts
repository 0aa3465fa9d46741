import { daysBetween } from '../catalog';
import type { Assignment } from './candidate';
import type { Warning } from './decision';
import { apiWarnings } from './api-warnings';
import { dataLocationOf } from './needs';
import { zoneOf } from './rules/place-rules';
import type { Setting } from './setting';
import { slowWarnings } from './slow-warnings';
import { tuningWarnings } from './tuning-warnings';
import { sizeUnit } from './units';
import type { SizedUnit } from './units';
import { venueOf } from './venues';

/** What is allowed, and still better known. @param kept what stays where it is because nothing else can serve it */
export function warningsOf(
  units: readonly SizedUnit[],
  setting: Setting,
  kept: readonly Assignment[] = [],
): Warning[] {
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
      ...slowWarnings(sized),
      ...spotWarnings(sized),
      ...keptWarnings(sized, setting, kept),
      ...tuningWarnings(sized, setting),
      ...verdicts.slice(0, 1).map(({ rule, message }) => ({ subject: unit.id, rule, message })),
    ];
  });
  return [...ofUnits, ...zoneWarnings(setting), ...apiWarnings(environment, catalog.armApis, asOf)];
}

/** Who asks for a data zone from a region that is in none hears why so little counts. */
function zoneWarnings({ environment, catalog }: Setting): Warning[] {
  return environment.workloads.flatMap(workload => {
    const data = dataLocationOf(workload, environment);
    const isAsked = workload.residency === 'data-zone' && data?.provider === 'azure';
    if (!isAsked || zoneOf(catalog, data.region) !== null) return [];
    const message = `its data is in ${data.region}, which is in no data zone of Azure that is known, so only places in ${data.region} itself count; a region of a zone, first in azure.locations, brings the models that are deployed for the zone`;
    return [{ subject: workload.name, rule: 'data-zone', message }];
  });
}

/** What serves already is not taken away for tables that find it too slow, and nobody else can serve. */
function keptWarnings(
  { unit, members }: SizedUnit,
  setting: Setting,
  kept: readonly Assignment[],
): Warning[] {
  const own = members.filter(({ workload }) => kept.some(each => each.workload === workload));
  if (own.length === 0) return [];
  const names = own.map(({ workload }) => workload.name).join(', ');
  const [verdict] = sizeUnit(own, setting).verdicts.filter(each => each.verdict !== 'pass');
  const why = verdict ? `: ${verdict.message}` : '';
  return [
    {
      subject: unit.id,
      rule: 'stays',
      message: `${names} stays there because nothing else can serve it, as it was sized when it was placed, though the tables of today would not place it there${why}; measure it (berth measure), or ask less of it`,
    },
  ];
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
