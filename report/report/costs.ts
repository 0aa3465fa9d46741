import type { Unit } from '../../placement/decision';
import { usd } from '../../placement/figures';
import type { ExplainedPlacement, Explanation } from '../explanation';
import { changesText, costAt, placeOf, skuText, venueName } from '../sentences';
import { tag } from './markup';
import type { Markup } from './markup';
import { tableOf } from './table';

/** What each workload costs, and what it adds at other traffic. */
export function workloadCosts({ placements, units, monthlyUsd }: Explanation): Markup {
  return tableOf({
    caption:
      'USD a month by workload: its share of what is paid for, which sums to the total, and what it adds to the bill at a tenth, once and ten times its traffic',
    columns: [
      { title: 'Workload' },
      { title: 'Goes to' },
      { title: 'Model' },
      { title: 'Share', figures: true },
      { title: 'Adds ×0.1', figures: true },
      { title: 'Adds ×1', figures: true },
      { title: 'Adds ×10', figures: true },
      { title: 'Answer changes' },
    ],
    rows: placements.map(placement => [
      tag('a', { href: `#${placement.workload}` }, placement.workload),
      placeText(placement, units),
      placement.model,
      usd(placement.monthlyUsd),
      costAt(placement, 0.1),
      costAt(placement, 1),
      costAt(placement, 10),
      changesText(placement),
    ]),
    total: ['Total', '', '', usd(monthlyUsd), '', '', '', ''],
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
