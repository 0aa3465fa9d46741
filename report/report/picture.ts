import type { Placement, Unit } from '../../placement/decision';
import { usd } from '../../placement/figures';
import { groupBy } from '../../placement/collections';
import { venueNames } from '../../placement/venues/names';
import type { Explanation } from '../explanation';
import { many, sizeOf, venueName } from '../sentences';
import { cut } from '../text';
import { tag } from './markup';
import type { Markup } from './markup';

/** Measures of one drawing, in its own pixels. */
interface Sheet {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly workload: number;
  readonly unit: number;
  /** Height of a box, for its lines of text. */
  readonly box: number;
  /** Bold characters that fit into a line of a box of each kind. */
  readonly letters: { readonly workload: number; readonly unit: number };
}

const sheets: readonly Sheet[] = [
  { name: 'wide', width: 960, workload: 300, unit: 380, box: 58, letters: { workload: 32, unit: 40 } },
  { name: 'narrow', width: 360, workload: 146, unit: 184, box: 86, letters: { workload: 16, unit: 20 } },
];

const gap = 12;
const title = 30;
const lineHeight = 17;

interface Row {
  readonly unit: Unit;
  readonly members: readonly Placement[];
  readonly top: number;
  readonly height: number;
}

interface Frame {
  readonly name: string;
  readonly top: number;
  readonly rows: readonly Row[];
}

/** Workloads beside the units that serve them, for a wide and for a narrow screen; the page shows one of them. */
export function pictureOf(explanation: Explanation): Markup[] {
  return sheets.map(sheet => drawing(explanation, framesOf(explanation, sheet), sheet));
}

/** Units by venue from the top down; each as high as the workloads on it, so that no line crosses another. */
function framesOf({ units, placements }: Explanation, { box }: Sheet): Frame[] {
  const ordered = units.toSorted(
    (a, b) => venueNames.indexOf(a.venue) - venueNames.indexOf(b.venue) || (a.id < b.id ? -1 : 1),
  );
  let top = 0;
  return [...groupBy(ordered, venueName)].map(([name, members]) => {
    const start = top;
    top += title;
    const rows = members.map(unit => {
      const served = placements.filter(placement => placement.unit === unit.id);
      const height = Math.max(1, served.length) * (box + gap) - gap;
      const row = { unit, members: served, top, height };
      top += height + gap;
      return row;
    });
    top += gap;
    return { name, top: start, rows };
  });
}

function drawing(explanation: Explanation, frames: readonly Frame[], sheet: Sheet): Markup {
  const rows = frames.flatMap(frame => frame.rows);
  const last = rows.at(-1);
  const height = last ? last.top + last.height + 4 : 0;
  const most = Math.max(...explanation.placements.map(({ monthlyUsd }) => monthlyUsd), 1);
  const id = `picture-${sheet.name}`;
  return tag(
    'svg',
    {
      class: `picture ${sheet.name}`,
      viewBox: `0 0 ${sheet.width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    tag('title', { id: `${id}-title` }, 'Which workload goes where'),
    tag('desc', { id: `${id}-desc` }, rows.map(sentence).join(' ')),
    frames.map(({ name, top }) => frameTitle(name, top, sheet)),
    rows.flatMap(row => row.members.map((placement, i) => link(row, placement, i, most, sheet))),
    rows.flatMap(row => row.members.map((placement, i) => workloadBox(row, placement, i, sheet))),
    rows.map(row => unitBox(row, sheet)),
  );
}

function sentence({ unit, members }: Row): string {
  const names = members.map(({ workload }) => workload).join(', ');
  return `${names} on ${unit.model} (${venueName(unit)}, ${unit.location}), ${usd(unit.monthlyUsd)} a month.`;
}

function frameTitle(name: string, top: number, { width }: Sheet): Markup {
  return tag(
    'g',
    {},
    tag('line', { class: 'frame', x1: 0, x2: width, y1: top + 20, y2: top + 20 }),
    tag('text', { class: 'venue end', x: width, y: top + 14 }, name),
  );
}

function topOf(row: Row, i: number, { box }: Sheet): number {
  return row.top + i * (box + gap);
}

/** As wide as its cost, by the square root, so that the cheap ones are seen too. */
function link(row: Row, { monthlyUsd, venue }: Placement, i: number, most: number, sheet: Sheet): Markup {
  const { provider } = row.unit;
  const from = sheet.workload;
  const to = sheet.width - sheet.unit;
  const y1 = topOf(row, i, sheet) + sheet.box / 2;
  const y2 = row.top + row.height / 2 + (i - (row.members.length - 1) / 2) * 10;
  const bend = (from + to) / 2;
  const wide = (2 + 22 * Math.sqrt(Math.max(0, monthlyUsd) / most)).toFixed(1);
  return tag('path', {
    class: `link ${venue}-${provider}`,
    d: `M${from},${y1} C${bend},${y1} ${bend},${y2} ${to},${y2}`,
    'stroke-width': wide,
  });
}

function workloadBox(row: Row, placement: Placement, i: number, sheet: Sheet): Markup {
  const top = topOf(row, i, sheet);
  const { workload: width, letters, box } = sheet;
  const name = nameLines(placement.workload, letters.workload);
  return tag(
    'g',
    {},
    tag('title', {}, placement.workload),
    tag('rect', { class: 'box', x: 1, y: top, width: width - 1, height: box, rx: 6 }),
    texts(name, [`${usd(placement.monthlyUsd)} a month`], 12, top + box / 2),
  );
}

function unitBox({ unit, members, top, height }: Row, sheet: Sheet): Markup {
  const left = sheet.width - sheet.unit;
  const { letters } = sheet;
  const shared = members.length > 1 ? `${many(members.length, 'workload')}, ` : '';
  const notes = [sizeOf(unit), `${usd(unit.monthlyUsd)}, ${shared}${unit.location}`];
  return tag(
    'g',
    { class: `unit ${unit.venue}-${unit.provider}` },
    tag('title', {}, unit.id),
    tag('rect', { class: 'box', x: left, y: top, width: sheet.unit - 1, height, rx: 6 }),
    tag('rect', { class: 'edge', x: left, y: top, width: 5, height, rx: 2 }),
    texts(
      nameLines(unit.model, letters.unit),
      notes.map(note => cut(note, letters.unit + 4)),
      left + 14,
      top + height / 2,
    ),
  );
}

/** Lines of a box around its middle: the name, and below it what is to know. */
function texts(name: readonly string[], notes: readonly string[], x: number, middle: number): Markup[] {
  const first = middle + 5 - ((name.length + notes.length - 1) / 2) * lineHeight;
  return [...name, ...notes].map((text, i) =>
    tag('text', { class: i < name.length ? 'name' : 'note', x, y: first + i * lineHeight }, text),
  );
}

/** A name on one line or, broken after a hyphen or a space, on two. */
function nameLines(name: string, letters: number): string[] {
  if (name.length <= letters) return [name];
  const end = Math.max(name.lastIndexOf('-', letters - 1), name.lastIndexOf(' ', letters - 1));
  const first = end > 0 ? end + 1 : letters;
  return [name.slice(0, first).trimEnd(), cut(name.slice(first), letters)];
}
