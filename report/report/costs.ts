import type { Unit } from '../../placement/decision';
import { usd } from '../../placement/figures';
import type { ExplainedPlacement, Explanation } from '../explanation';
import { changesText, costAt, placeOf, skuText, venueName } from '../sentences';
import { tag } from './markup';
import type { Markup } from './markup';
import { tableOf } from './table';

/** What each workload costs, and at a tenth and ten times its traffic. */
export function workloadCosts({ placements, units, monthlyUsd }: Explanation): Markup {
  return tableOf({
    caption: 'USD a month by workload: today its share of a shared unit, at other traffic what it would add',
    columns: [
      { title: 'Workload' },
      { title: 'Goes to' },
      { title: 'Model' },
      { title: '×0.1', figures: true },
      { title: 'Today', figures: true },
      { title: '×10', figures: true },
      { title: 'Answer changes' },
    ],
    rows: placements.map(placement => [
      tag('a', { href: `#${placement.workload}` }, placement.workload),
      placeText(placement, units),
      placement.model,
      costAt(placement, 0.1),
      usd(placement.monthlyUsd),
      costAt(placement, 10),
      changesText(placement),
    ]),
    total: ['Total', '', '', '', usd(monthlyUsd), '', ''],
  });
}

function placeText({ unit: id }: ExplainedPlacement, units: readonly Unit[]): string {
  const unit = units.find(each => each.id === id);
  return unit ? placeOf(unit) : id;
}

/** What is paid for. */
export function unitCosts({ units, placements, monthlyUsd }: Explanation): Markup {
  return tableOf({
    caption: 'USD a month by unit, which is what is paid for',
    columns: [
      { title: 'Unit' },
      { title: 'Venue' },
      { title: 'Size' },
      { title: 'Serves' },
      { title: 'USD a month', figures: true },
      { title: 'Price read', figures: true },
    ],
    rows: units.map(unit => [
      tag('code', {}, unit.id),
      venueName(unit),
      `${unit.count} × ${skuText(unit.sku)}, ${unit.location}`,
      placements
        .filter(placement => placement.unit === unit.id)
        .map(({ workload }) => workload)
        .join(', '),
      usd(unit.monthlyUsd),
      unit.priceDate ?? 'no price',
    ]),
    total: ['Total', '', '', '', usd(monthlyUsd), ''],
  });
}
