import { stateHeading, statementLines } from '../../placement/statements';
import { createHash } from 'node:crypto';
import type { Explanation } from '../explanation';
import { footnote, headline, provenLine } from '../table';
import { unitCosts, workloadCosts } from './costs';
import { Markup, tag } from './markup';
import { pictureOf } from './picture';
import { verdictOf } from '../verdict';
import { style } from './style';
import { workloadSection } from './workload-section';

/**
 * An explained decision as one page: it loads nothing, runs nothing, and may be opened from a mail or a build artefact.
 * Its own policy forbids everything but its one style sheet, so that no text of an environment can do more than be read.
 *
 * @param explanation explained with curves
 */
export function renderReport(explanation: Explanation): string {
  const title = `${explanation.environment}: where each workload goes`;
  const page = tag(
    'html',
    { lang: 'en' },
    tag(
      'head',
      {},
      tag('meta', { charset: 'utf-8' }),
      tag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy() }),
      tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      tag('meta', { name: 'color-scheme', content: 'light dark' }),
      tag('title', {}, title),
      // The style sheet is a constant of ours, and its quotes must stay quotes.
      tag('style', {}, new Markup(style)),
    ),
    tag(
      'body',
      {},
      header(explanation, title),
      main(explanation),
      tag('footer', {}, `${provenLine(explanation)} ${footnote(explanation)}`.trim()),
    ),
  );
  return `<!DOCTYPE html>\n${page.text}\n`;
}

function policy(): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function header(explanation: Explanation, title: string): Markup {
  return tag('header', {}, tag('h1', {}, title), tag('p', { class: 'lead' }, `${headline(explanation)}.`));
}

/** What has to be stated first. */
function statePart({ environment, toState = [] }: Explanation): Markup[] {
  if (toState.length === 0) return [];
  return [
    tag('p', { class: 'warning' }, stateHeading(environment, toState)),
    tag('pre', {}, statementLines(toState).join('\n')),
  ];
}

function main(explanation: Explanation): Markup {
  const { warnings = [], placements } = explanation;
  return tag(
    'main',
    {},
    tag(
      'dl',
      { class: 'verdict' },
      verdictOf(explanation).map(({ what, text }) =>
        tag('div', {}, tag('dt', {}, what), tag('dd', {}, text)),
      ),
    ),
    warnings.map(({ subject, message }) => tag('p', { class: 'warning' }, `Warning: ${subject}: ${message}`)),
    ...statePart(explanation),
    tag('h2', {}, 'Placement'),
    tag(
      'p',
      { class: 'note-text' },
      'Workloads on the left, what serves them on the right, by venue. A thicker line costs more; lines that meet share a unit.',
    ),
    pictureOf(explanation),
    tag('h2', {}, 'Cost'),
    workloadCosts(explanation),
    tag('h4', {}, 'Units'),
    unitCosts(explanation),
    tag('h2', {}, 'Workloads'),
    placements.map(placement => workloadSection(placement, explanation)),
  );
}
