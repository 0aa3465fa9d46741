import { createColors } from 'picocolors';
import type { Decision, Placement, Unit } from '../decision';
import { usd } from '../placement/figures';
import type { Column } from './text';
import { row, wrap } from './text';
import { nextBestOf, venueName, whyOf } from './why';

export interface TableOptions {
  /** Whether to colour. @default false */
  readonly colour?: boolean;
  /** Characters of a line, at least 80. @default 100 */
  readonly width?: number;
}

const narrowest = 80;

/** A decision for people: what goes where, what it costs and why, and what the money leaves out. */
export function renderTable(decision: Decision, { colour = false, width = 100 }: TableOptions = {}): string {
  const style = createColors(colour);
  const columns = columnsOf(Math.max(narrowest, width));
  const total = columns.reduce((sum, column) => sum + column.width + 2, -2);
  const rule = style.dim('─'.repeat(total));
  const blocks = decision.placements.flatMap(placement => [
    ...placementLines(placement, decision.units, columns, total).map((line, i) =>
      i === 0 ? style.bold(line) : line,
    ),
    rule,
  ]);
  return [
    style.bold(headline(decision)),
    '',
    ...row(
      columns,
      columns.map(({ title }) => title),
    ).map(style.dim),
    rule,
    ...blocks,
    ...row(columns, ['total', '', '', usd(decision.monthlyUsd)]).map(style.bold),
    '',
    ...warningLines(decision, total).map(style.yellow),
    ...footnotes(decision, total).map(style.dim),
    '',
  ].join('\n');
}

function headline({ environment, placements, units, monthlyUsd, asOf }: Decision): string {
  return `${environment}: ${many(placements.length, 'workload')} on ${many(units.length, 'unit')}, ${usd(monthlyUsd)} a month, decided for ${asOf}`;
}

function columnsOf(width: number): Column[] {
  const money = 11;
  const workload = Math.floor(width * 0.2);
  const model = Math.floor(width * 0.24);
  const place = width - money - workload - model - 6;
  return [
    { title: 'WORKLOAD', width: workload },
    { title: 'GOES TO', width: place },
    { title: 'MODEL', width: model },
    { title: 'USD/MONTH', width: money, align: 'right' },
  ];
}

function placementLines(
  placement: Placement,
  units: readonly Unit[],
  columns: readonly Column[],
  width: number,
): string[] {
  const unit = units.find(({ id }) => id === placement.unit);
  const cells = [
    placement.workload,
    unit ? placeOf(unit) : placement.unit,
    placement.model,
    usd(placement.monthlyUsd),
  ];
  return [
    ...row(columns, cells),
    ...labelled('why', whyOf(placement), width),
    ...labelled('next best', nextBestOf(placement), width),
  ];
}

function placeOf(unit: Unit): string {
  const what = unit.venue === 'hosted' ? unit.sku : `${unit.count} × ${unit.sku.replace('Standard_', '')}`;
  const where = unit.venue === 'edge' ? `${unit.device} at ${unit.location}` : unit.location;
  return `${venueName(unit)}: ${what}, ${where}`;
}

function labelled(label: string, text: string, width: number): string[] {
  const indent = 12;
  return wrap(text, width - indent).map(
    (line, i) => `${(i === 0 ? `  ${label}` : '').padEnd(indent)}${line}`,
  );
}

function warningLines({ warnings = [] }: Decision, width: number): string[] {
  return warnings.flatMap(({ subject, message }) => wrap(`warning: ${subject}: ${message}`, width));
}

function footnotes({ units }: Decision, width: number): string[] {
  const days = [...new Set(units.flatMap(({ priceDate }) => (priceDate === null ? [] : [priceDate])))].sort();
  const read =
    days.length === 0
      ? ''
      : ` Prices were read ${days.length === 1 ? `on ${days[0]}` : `from ${days[0]} to ${days.at(-1)}`}.`;
  const text = `Money is USD for a month of 730 h, from list prices.${read} It does not include disks, egress, private endpoints, NAT or firewall, logs, key vaults, taxes or discounts.`;
  return wrap(text, width);
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
