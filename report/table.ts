import { createColors } from 'picocolors';
import type { Decision, Placement, Unit } from '../placement/decision';
import { usd } from '../placement/figures';
import { wholeWorkloads } from '../placement/needs';
import type { ExplainedPlacement } from './explanation';
import { assumption, factorRange } from './explanation';
import { breakEvenText, factorText, many, nextBestText, placeOf, trafficText } from './sentences';
import { onlyLackingText } from './only-lacking';
import { leavingText, stayingText } from './staying';
import { stateHeading, statementLines } from '../placement/statements';
import type { Column } from './text';
import { row, wrap } from './text';
import { assumedText, tuningText, whyOf } from './why';

/** How a table is drawn. */
export interface TableOptions {
  /** Whether to colour. @default false */
  readonly colour?: boolean;
  /** Characters of a line, at least 80. @default 100 */
  readonly width?: number;
}

const narrowest = 80;

/**
 * A decision for people: what goes where, what it costs and why, and what the money leaves out. An explained decision
 * also has what comes next and how traffic would change the answer.
 */
export function renderTable(decision: Decision, { colour = false, width = 100 }: TableOptions = {}): string {
  const style = createColors(colour);
  const columns = columnsOf(Math.max(narrowest, width));
  const total = columns.reduce((sum, column) => sum + column.width + 2, -2);
  const rule = style.dim('─'.repeat(total));
  const blocks = decision.placements.flatMap(placement => {
    const { cells, lines } = placementLines(placement, decision.units, total);
    return [...row(columns, cells).map(style.bold), ...lines, rule];
  });
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
    ...stateLines(decision, total).map(style.yellow),
    ...wrap(provenLine(decision), total).map(style.dim),
    ...warningLines(decision, total).map(style.yellow),
    ...wrap(footnote(decision), total).map(style.dim),
    '',
  ].join('\n');
}

export function headline({ environment, placements, units, monthlyUsd, asOf }: Decision): string {
  return `${environment}: ${many(wholeWorkloads(placements), 'workload')} on ${many(units.length, 'unit')}, ${usd(monthlyUsd)} a month, decided for ${asOf}`;
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

function placementLines(placement: Placement, units: readonly Unit[], width: number) {
  const unit = units.find(({ id }) => id === placement.unit);
  const cells = [
    placement.workload,
    unit ? placeOf(unit) : placement.unit,
    placement.model,
    usd(placement.monthlyUsd),
  ];
  const facts = [
    ['why', whyOf(placement)],
    ...(tuningText(placement) === '' ? [] : [['tuning', tuningText(placement)]]),
    ...(assumedText(placement) === '' ? [] : [['assumes', assumedText(placement)]]),
    ...(placement.stays ? [['stays', stayingText(placement.stays)]] : []),
    ...(placement.leaves ? [['leaves', leavingText(placement.leaves)]] : []),
    ...(placement.onlyLacks ? [['cheaper', onlyLackingText(placement.onlyLacks)]] : []),
    ...(isExplained(placement)
      ? [
          ['next best', nextBestText(placement)],
          ['break-even', breakEvenText(placement)],
          ...commitmentLines(placement),
          ['traffic', trafficText(placement)],
        ]
      : []),
  ] as [string, string][];
  return { cells, lines: facts.flatMap(([label, text]) => labelled(label, text, width)) };
}

/** What a commitment saves or would save, and from when on it pays. */
function commitmentLines({ reasons }: Placement): string[][] {
  return reasons.filter(({ rule }) => rule === 'commitment').map(({ message }) => ['commitment', message]);
}

function isExplained(placement: Placement): placement is ExplainedPlacement {
  return 'outlook' in placement;
}

function labelled(label: string, text: string, width: number): string[] {
  const indent = 14;
  return wrap(text, width - indent).map(
    (line, i) => `${(i === 0 ? `  ${label}` : '').padEnd(indent)}${line}`,
  );
}

/** How far it is proven that nothing costs less. */
export function provenLine({ optimality, monthlyUsd }: Decision): string {
  if (!optimality) return '';
  const { status, boundUsd, gap, reproducible } = optimality;
  const again = reproducible
    ? ''
    : ' The clock stopped the search, so that another run may answer otherwise.';
  if (status === 'optimal' && gap === 0)
    return `No placement of all workloads together costs less: proven.${again}`;
  const share = (100 * gap).toFixed(gap < 1e-3 ? 4 : 2);
  const optimal = status === 'optimal' ? 'Proven optimal to 0.01 %: no' : 'Proven that no';
  const stays = status === 'stays' ? ' What is deployed stays, because moving would save too little.' : '';
  return `${optimal} placement costs less than ${usd(boundUsd)}, which is ${share} % below ${usd(monthlyUsd)}.${stays}${again}`;
}

/** What has to be stated first; the lines stay whole, because they are to be pasted. */
function stateLines({ environment, toState = [] }: Decision, width: number): string[] {
  if (toState.length === 0) return [];
  return [
    ...wrap(stateHeading(environment, toState), width),
    ...statementLines(toState).map(line => `  ${line}`),
    '',
  ];
}

function warningLines({ warnings = [] }: Decision, width: number): string[] {
  return warnings.flatMap(({ subject, message }) => wrap(`warning: ${subject}: ${message}`, width));
}

/** What the money is, and what it leaves out; for an explained decision also how to read the rest. */
export function footnote(decision: Decision): string {
  const [least, most] = factorRange;
  const reading = `Break-even and traffic: ${assumption}. Looked at from ${factorText(least)} to ${factorText(most)} of today's requests.`;
  return [moneyNote(decision), ...(decision.placements.some(isExplained) ? [reading] : [])].join(' ');
}

function moneyNote({ units }: Decision): string {
  const days = [...new Set(units.flatMap(({ priceDate }) => (priceDate === null ? [] : [priceDate])))].sort();
  const read =
    days.length === 0
      ? ''
      : ` Prices were read ${days.length === 1 ? `on ${days[0]}` : `from ${days[0]} to ${days.at(-1)}`}.`;
  return `Money is USD for a month of 730 h, from list prices.${read} It does not include disks, egress, private endpoints, NAT or firewall, logs, key vaults, taxes or discounts.`;
}
