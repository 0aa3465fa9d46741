import type { Unit } from '../../placement/decision';
import { usd } from '../../placement/figures';
import type { ExplainedAlternative, ExplainedPlacement, Explanation } from '../explanation';
import {
  answerText,
  breakEvenText,
  factorText,
  isShared,
  limitText,
  many,
  nextBestText,
  placeOf,
  reasonText,
  requestsText,
  skuText,
  venueName,
} from '../sentences';
import { onlyLackingText } from '../only-lacking';
import { stayingText } from '../staying';
import { assumedText, decidingReasons, remainderText, tuningText } from '../why';
import { tag } from './markup';
import type { Child, Markup } from './markup';
import { plotOf, swatch } from './plot';
import { tableOf } from './table';

/** Everything about one workload: why it is there, what comes next, how traffic changes it, and all that was not taken. */
export function workloadSection(placement: ExplainedPlacement, { units }: Explanation): Markup {
  const unit = units.find(({ id }) => id === placement.unit);
  const id = placement.workload;
  return tag(
    'section',
    { class: 'workload', id, 'aria-labelledby': `${id}-name` },
    tag('h3', { id: `${id}-name` }, placement.workload),
    placement.description === undefined ? [] : tag('p', { class: 'note-text' }, placement.description),
    tag(
      'p',
      {},
      'Goes to ',
      tag('strong', {}, placement.model),
      `, ${unit ? placeOf(unit) : placement.unit}, for `,
      tag('strong', {}, `${usd(placement.monthlyUsd)} a month`),
      `.${unit && isShared(placement) ? ` ${shareText(placement, unit)}` : ''}`,
    ),
    tag(
      'div',
      { class: 'halves' },
      tag('div', {}, whyPart(placement), nextPart(placement)),
      tag('div', {}, figure(placement)),
    ),
    trafficTable(placement),
    notTaken(placement),
  );
}

function shareText({ outlook }: ExplainedPlacement, unit: Unit): string {
  return `That is its share of ${usd(unit.monthlyUsd)} for the whole unit; without it the bill would be ${usd(outlook.addedUsd)} less.`;
}

function whyPart(placement: ExplainedPlacement): Markup[] {
  const deciding = decidingReasons(placement);
  const others = placement.reasons.filter(reason => !deciding.includes(reason));
  return [
    tag('h4', {}, 'Why'),
    tag(
      'ul',
      {},
      deciding.map(({ rule, message }) => tag('li', {}, tag('strong', {}, rule), `: ${message}`)),
      others
        .filter(({ rule }) => rule === 'shared')
        .map(({ rule, message }) => tag('li', {}, tag('strong', {}, rule), `: ${message}`)),
      tag('li', {}, tag('strong', {}, 'cost'), `: ${remainderText(placement)}`),
    ),
    ...(tuningText(placement) === '' ? [] : [tag('p', {}, `Tuning: ${tuningText(placement)}.`)]),
    ...(assumedText(placement) === '' ? [] : [tag('p', {}, `It assumes: ${assumedText(placement)}.`)]),
    tag(
      'details',
      {},
      tag('summary', {}, `All ${placement.reasons.length} rules that had something to say`),
      tag(
        'ul',
        {},
        placement.reasons.map(({ rule, message }) => tag('li', {}, tag('code', {}, rule), `: ${message}`)),
      ),
    ),
  ];
}

function nextPart(placement: ExplainedPlacement): Markup[] {
  return [
    ...(placement.stays
      ? [tag('h4', {}, 'Stays'), tag('p', {}, `It stays, ${stayingText(placement.stays)}.`)]
      : []),
    ...(placement.onlyLacks
      ? [tag('h4', {}, 'Cheaper'), tag('p', {}, `${onlyLackingText(placement.onlyLacks)}.`)]
      : []),
    tag('h4', {}, 'Next best'),
    tag('p', {}, `${nextBestText(placement)}.`),
    tag('h4', {}, 'Break-even'),
    tag('p', {}, `${breakEvenText(placement)}.`),
  ];
}

function figure(placement: ExplainedPlacement): Child {
  const plot = plotOf(placement);
  const { curves = [] } = placement.outlook;
  if (!plot)
    return tag('p', { class: 'note-text' }, 'It has no traffic, so there is no cost to plot against it.');
  return tag(
    'figure',
    {},
    plot,
    tag(
      'figcaption',
      {},
      "The cheapest place of each venue. The dot is today's; dotted lines are break-evens; a bar ends what a venue can carry.",
      tag(
        'ul',
        { class: 'legend' },
        curves.map(curve => tag('li', {}, swatch(curve), venueName(curve))),
      ),
    ),
  );
}

function trafficTable(placement: ExplainedPlacement): Markup {
  return tableOf({
    caption: 'If its traffic changes and that of the others does not',
    columns: [
      { title: 'Traffic' },
      { title: 'Requests', figures: true },
      { title: 'Goes to' },
      { title: 'Adds, USD a month', figures: true },
      { title: 'Staying adds', figures: true },
    ],
    rows: placement.outlook.traffic.map(each => [
      each.factor === 1 ? 'today' : factorText(each.factor),
      requestsText(each.requestsPerDay),
      each.answer
        ? each.moves
          ? answerText(each.answer, placement)
          : `stays${each.answer.count > 1 ? ` on ${each.answer.count} × ${skuText(each.answer.sku)}` : ''}`
        : `nothing can serve it: ${limitText(each)}`,
      each.answer ? usd(each.answer.monthlyUsd) : 'not served',
      each.stayUsd === null ? 'cannot stay' : usd(each.stayUsd),
    ]),
  });
}

const verdicts = [
  ['dearer', 'could serve it'],
  ['unverified', 'would have to be verified first'],
  ['infeasible', 'cannot serve it'],
] as const;

/** Every candidate that was not taken, by what keeps it; closed at first, because they are many. */
function notTaken({ alternatives, variants, moreVariants, model }: ExplainedPlacement): Markup {
  const left =
    moreVariants > 0 ? `, the nearest ${variants.length} of ${variants.length + moreVariants}` : '';
  return tag(
    'details',
    {},
    tag(
      'summary',
      {},
      `${many(alternatives.length + variants.length, 'candidate')} not taken, with the reason`,
    ),
    variants.length > 0 ? [tag('h4', {}, `${model} in other sizes${left}`), candidates(variants)] : [],
    verdicts.map(([verdict, title]) => {
      const list = alternatives.filter(each => each.verdict === verdict);
      return list.length > 0
        ? [tag('h4', {}, `${many(list.length, 'other model')} that ${title}`), candidates(list)]
        : [];
    }),
  );
}

function candidates(list: readonly ExplainedAlternative[]): Markup {
  return tag(
    'ul',
    { class: 'candidates' },
    list.map(alternative =>
      tag(
        'li',
        {},
        tag('strong', {}, alternative.model),
        ` (${venueName(alternative)}: ${skuText(alternative.sku)}): ${reasonText(alternative)}`,
      ),
    ),
  );
}
