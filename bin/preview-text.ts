import type { Effect, EffectKind } from '../rehearsal/run';
import { text } from '../report/markdown';
import { commentLimit, within } from '../report/within';
import { counted } from './counted';
import { section } from './rehearsal-report';
import type { LetGo } from './rehearsed-deploys';
import type { Preview } from './rehearsed-preview';

/** Kinds from the worst, and how a reader calls them. */
const titles: readonly (readonly [EffectKind, string])[] = [
  ['destroyed', 'Destroyed'],
  ['replaced', 'Destroyed and made again'],
  ['restarted', 'Restarted'],
  ['changed', 'Changed in place'],
];

/** A preview for a terminal. */
export function previewText(preview: Preview): string {
  const parts = sectionsOf(preview).map(({ title, lines }) => section(title, lines));
  return `${[headOf(preview), ...parts].join('\n\n')}\n`;
}

/** A preview for a pull-request comment, in as many characters as one may have. */
export function previewMarkdown(preview: Preview): string {
  const parts = sectionsOf(preview).map(({ title, lines }) => ({
    open: ['', `### ${title}`, ''],
    items: lines.map(line => `- ${text(line)}`),
    close: [],
    what: 'line',
  }));
  const all = `berth preview ${preview.environment} prints all of it`;
  return within([`## ${text(headOf(preview))}\n`, ...parts], commentLimit, all).text;
}

function headOf({ environment, against, effects, letGo, addresses, failures }: Preview): string {
  const beside = against === null ? 'nothing that is deployed' : against;
  const quiet = [effects, letGo, addresses, failures].every(({ length }) => length === 0);
  return `${environment} over ${beside}${quiet ? ': nothing changes' : ''}`;
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function sectionsOf({ effects, letGo, later, addresses, failures, notes }: Preview): Section[] {
  return [
    { title: 'The deploy would fail', lines: failures },
    ...effectSections(effects, ''),
    { title: `Let go${onceAllStands}`, lines: letGo.map(letGoLine) },
    ...effectSections(later, onceAllStands),
    { title: 'Addresses that change', lines: addresses.map(addressLine) },
    { title: 'Made', lines: countsOf(effects.filter(({ kind }) => kind === 'made')) },
    { title: 'Not shown', lines: notes },
  ].filter(({ lines }) => lines.length > 0);
}

/** When the second step of a deploy begins. */
const onceAllStands = ', once all that is wanted stands';

function effectSections(effects: readonly Effect[], when: string): Section[] {
  return titles.map(([kind, title]) => ({
    title: `${title}${when}`,
    lines: effects.filter(effect => effect.kind === kind).map(effectLine),
  }));
}

function letGoLine({ unit, what, successors }: LetGo): string {
  const verb = successors.length === 1 ? 'serves' : 'serve';
  const serves =
    successors.length === 0
      ? 'no workload is left on it'
      : `${successors.join(' and ')} ${verb} its workloads`;
  return `${unit}: ${what}; ${serves} then`;
}

function effectLine({ stack, address, type, name, because, isNewFirst }: Effect): string {
  const reasons = [...because, ...(isNewFirst ? ['the new one first'] : [])];
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${stack}: ${name === undefined ? address : `${type} ${name}`}${why}`;
}

function addressLine({ workload, before, after }: Preview['addresses'][number]): string {
  return `${workload}: ${before ?? 'none'} -> ${after ?? 'none'}`;
}

function countsOf(effects: readonly Effect[]): string[] {
  return [...new Set(effects.map(({ stack }) => stack))].map(
    stack => `${stack}: ${counted(effects.filter(effect => effect.stack === stack).length, 'resource')}`,
  );
}
