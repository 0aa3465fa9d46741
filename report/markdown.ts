import { visible } from '../text/shown';
import { usd } from '../placement/figures';
import type { ExplainedPlacement, Explanation } from './explanation';
import {
  breakEvenText,
  changesText,
  costAt,
  nextBestText,
  placeOf,
  reasonText,
  trafficText,
  venueName,
} from './sentences';
import { onlyLackingText } from './only-lacking';
import { leavingText, stayingText } from './staying';
import { stateHeading, statementLines } from '../placement/statements';
import { footnote, headline, provenLine } from './table';
import { verdictOf } from './verdict';
import { assumedText, decidingReasons, remainderText, tuningText } from './why';
import { commentLimit, within } from './within';
import type { Section, Within } from './within';

/** Alternatives that the details of one workload name. */
const alternativesShown = 5;

/** How much a Markdown text may hold. */
export interface MarkdownOptions {
  /** Most characters. @default 60000, which GitHub, GitLab and Azure DevOps take in a comment */
  readonly limit?: number;
  /** File that the rest is written to, to be named in the text. @default - none: the text names the command */
  readonly restFile?: string;
}

/**
 * An explained decision for a pull-request comment: one row a workload, the total, and the reasons to be opened. Where it
 * is too long, the dearest workloads are kept.
 */
export function renderMarkdown(explanation: Explanation, options?: MarkdownOptions): string {
  return markdownWithin(explanation, options).text;
}

/** The same, with what did not fit. */
export function markdownWithin(explanation: Explanation, options: MarkdownOptions = {}): Within {
  const { warnings = [] } = explanation;
  const verdict = verdictOf(explanation).map(line => `- ${line.what}: ${text(line.text)}\n`);
  const head = `**${text(headline(explanation))}**\n\n${verdict.join('')}\n`;
  const foot = `\n<sub>${text(`${provenLine(explanation)} ${footnote(explanation)}`.trim())}</sub>\n`;
  const { limit = commentLimit } = options;
  const sections = (placements: Explanation['placements']): (Section | string)[] => [
    head,
    table({ ...explanation, placements }),
    {
      open: [''],
      items: warnings.map(({ subject, message }) => `> warning: ${text(`${subject}: ${message}`)}\n`),
      close: [],
      what: 'warning',
    },
    stateSection(explanation),
    { open: [''], items: dearestFirst(placements).map(details), close: [], what: 'detailed reason' },
    foot,
  ];
  const inOrder = within(sections(explanation.placements), limit, '');
  if (inOrder.rest === undefined) return inOrder;
  const cut = within(
    sections(dearestFirst(explanation.placements)),
    limit,
    whereOf(options, 'berth explain'),
  );
  return { ...cut, rest: `${head}${cut.rest ?? ''}` };
}

/** The lines that have to be stated first, in a block that is to be pasted. */
function stateSection({ environment, toState = [] }: Explanation): Section {
  return {
    open: ['', text(stateHeading(environment, toState)), '', '```yaml'],
    items: statementLines(toState).map(visible),
    close: ['```'],
    what: 'line to be stated',
  };
}

/** Where the reader finds what was left out. */
export function whereOf({ restFile }: MarkdownOptions, command: string): string {
  return restFile === undefined ? `\`${command}\` prints all of it` : `the rest is in ${text(restFile)}`;
}

function table({ placements, units, monthlyUsd }: Explanation): Section {
  return {
    open: tableHead([
      'Workload',
      'Goes to',
      'Model',
      'USD a month',
      'Adds ×0.1',
      'Adds ×1',
      'Adds ×10',
      'Answer changes',
    ]),
    items: placements.map(placement => {
      const unit = units.find(({ id }) => id === placement.unit);
      return tableRow([
        placement.workload,
        unit ? placeOf(unit) : placement.unit,
        placement.model,
        usd(placement.monthlyUsd),
        costAt(placement, 0.1),
        costAt(placement, 1),
        costAt(placement, 10),
        changesText(placement),
      ]);
    }),
    close: [`| **total** | | | **${usd(monthlyUsd)}** | | | | |`],
    what: 'row',
  };
}

function dearestFirst(placements: readonly ExplainedPlacement[]): ExplainedPlacement[] {
  return placements.toSorted((a, b) => b.monthlyUsd - a.monthlyUsd || (a.workload < b.workload ? -1 : 1));
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
    ...(tuningText(placement) === '' ? [] : [`- tuning: ${text(tuningText(placement))}`]),
    ...(assumedText(placement) === '' ? [] : [`- assumes: ${text(assumedText(placement))}`]),
    ...(placement.stays ? [`- stays: ${text(stayingText(placement.stays))}`] : []),
    ...(placement.leaves ? [`- leaves: ${text(leavingText(placement.leaves))}`] : []),
    ...(placement.onlyLacks ? [`- cheaper: ${text(onlyLackingText(placement.onlyLacks))}`] : []),
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
  return visible(value)
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
