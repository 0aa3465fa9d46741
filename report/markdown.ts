import { usd } from '../placement/figures';
import type { ExplainedPlacement, Explanation } from './explanation';
import {
  breakEvenText,
  changesText,
  costAt,
  many,
  nextBestText,
  placeOf,
  reasonText,
  trafficText,
  venueName,
} from './sentences';
import { footnote, headline, provenLine } from './table';
import { decidingReasons, remainderText } from './why';

/** GitHub refuses comments of more than 65,536 characters; the rest is left for what is written around it. */
const longest = 60_000;

/** Alternatives that the details of one workload name. */
const alternativesShown = 5;

/** An explained decision for a pull-request comment: one row a workload, the total, and the reasons to be opened. */
export function renderMarkdown(explanation: Explanation): string {
  const { warnings = [] } = explanation;
  const head = [
    `**${text(headline(explanation))}**`,
    '',
    ...table(explanation),
    '',
    ...warnings.map(({ subject, message }) => `> warning: ${text(`${subject}: ${message}`)}\n`),
  ];
  const foot = ['', `<sub>${text(`${provenLine(explanation)} ${footnote(explanation)}`.trim())}</sub>`, ''];
  const room = longest - [...head, ...foot].join('\n').length;
  return [...head, ...detailsWithin(explanation.placements, room), ...foot].join('\n');
}

function table({ placements, units, monthlyUsd }: Explanation): string[] {
  return [
    ...tableHead(['Workload', 'Goes to', 'Model', 'USD a month', '×0.1', '×10', 'Answer changes']),
    ...placements.map(placement => {
      const unit = units.find(({ id }) => id === placement.unit);
      return tableRow([
        placement.workload,
        unit ? placeOf(unit) : placement.unit,
        placement.model,
        usd(placement.monthlyUsd),
        costAt(placement, 0.1),
        costAt(placement, 10),
        changesText(placement),
      ]);
    }),
    `| **total** | | | **${usd(monthlyUsd)}** | | | |`,
  ];
}

/** The dearest workloads first, as many as there is room for. */
function detailsWithin(placements: readonly ExplainedPlacement[], room: number): string[] {
  const dearest = placements.toSorted(
    (a, b) => b.monthlyUsd - a.monthlyUsd || (a.workload < b.workload ? -1 : 1),
  );
  const shown: string[] = [];
  let used = 0;
  for (const placement of dearest) {
    const block = details(placement);
    if (used + block.length > room) break;
    shown.push(block);
    used += block.length + 1;
  }
  const left = dearest.length - shown.length;
  return left > 0
    ? [...shown, `The details of ${many(left, 'workload')} are left out; \`berth explain\` prints them.`]
    : shown;
}

function details(placement: ExplainedPlacement): string {
  const { alternatives } = placement;
  const why = [...decidingReasons(placement).map(({ message }) => message), remainderText(placement)];
  const shown = alternatives.slice(0, alternativesShown);
  const more = alternatives.length - shown.length;
  return [
    `<details><summary>${text(placement.workload)}: ${text(placement.model)}, ${usd(placement.monthlyUsd)}</summary>`,
    '',
    ...(placement.description === undefined ? [] : [`${text(placement.description)}`, '']),
    `- why: ${text(why.join('; '))}`,
    `- next best: ${text(nextBestText(placement))}`,
    `- break-even: ${text(breakEvenText(placement))}`,
    `- traffic: ${text(trafficText(placement))}`,
    ...shown.map(
      each =>
        `- not taken: ${text(`${each.model} (${venueName(each)}), ${each.verdict}: ${reasonText(each)}`)}`,
    ),
    ...(more > 0 ? [`- and ${more} more, which \`berth explain --json\` lists`] : []),
    '',
    '</details>',
  ].join('\n');
}

export function tableHead(titles: readonly string[]): string[] {
  const right = /^(USD|×)/;
  return [
    `| ${titles.join(' | ')} |`,
    `|${titles.map(title => (right.test(title) ? ' ---: ' : ' --- ')).join('|')}|`,
  ];
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(text).join(' | ')} |`;
}

/** Text that Markdown shows as it is: no element, link, emphasis, table cell or mention comes out of it. */
export function text(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~]/g, character => `\\${character}`)
    .replace(/@/g, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/(https?|ftp):/gi, '$1&#58;')
    .replace(/\bwww\./gi, match => `${match.slice(0, 3)}&#46;`);
}
