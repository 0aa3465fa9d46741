import type { Decision, Warning } from '../placement/decision';
import { cents, usd } from '../placement/figures';
import { successorsOf } from './conditions';
import type { GoingUnit } from './conditions';
import { whereText } from './where-text';

/** What goes, for which successors, and what both cost meanwhile. */
export function goingWarnings(going: readonly GoingUnit[], decision: Decision): Warning[] {
  return going.map(each => ({
    subject: each.unit.id,
    rule: 'going',
    message: `${whatText(each)} ${untilText(each, decision)}`,
  }));
}

function whatText({ unit, served }: GoingUnit): string {
  const place = whereText(unit);
  return served ? `${place} goes` : `${place} was placed, nobody said that it was deployed, and it goes`;
}

function untilText(each: GoingUnit, decision: Decision): string {
  const { monthlyUsd } = each.unit;
  const successors = decision.units.filter(({ id }) => successorsOf(each, decision).includes(id));
  if (successors.length === 0)
    return `with the next berth deploy, because no workload is left on it; until then it costs ${usd(monthlyUsd)} a month`;
  const names = successors.map(({ id }) => id).join(' and ');
  const whose = each.placements.map(({ workload }) => workload).join(', ');
  const both = cents(successors.reduce((sum, unit) => sum + unit.monthlyUsd, monthlyUsd));
  return `when ${names} ${successors.length === 1 ? 'is' : 'are'} known to serve ${whose}; until then they cost ${usd(both)} a month together, ${usd(monthlyUsd)} of it for what goes`;
}

/** What all of it costs until what goes is gone, USD a month. */
export function meanwhileUsd(
  going: readonly GoingUnit[],
  { monthlyUsd }: Pick<Decision, 'monthlyUsd'>,
): number {
  return cents(
    going.filter(({ served }) => served).reduce((sum, { unit }) => sum + unit.monthlyUsd, monthlyUsd),
  );
}
