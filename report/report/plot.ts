import { usd } from '../../placement/figures';
import type { BreakEven, Curve, ExplainedPlacement } from '../explanation';
import { factorRange } from '../explanation';
import { factorText, isShared, venueName } from '../sentences';
import { tag } from './markup';
import type { Markup } from './markup';
import { decadesAround, logScale, short } from './scale';
import type { LogScale } from './scale';

const size = { width: 360, height: 264 };
const area = { left: 46, right: 342, top: 30, bottom: 222 };

interface Axes {
  readonly x: LogScale;
  readonly y: LogScale;
  readonly perDay: number;
  /** Whether some cost is 0, which a logarithmic axis has no place for: it lies on the bottom line. */
  readonly hasZero: boolean;
  /** Whether money is what the workload adds to a unit that others pay for too. */
  readonly shares: boolean;
}

/** Monthly cost against traffic, a line for each venue, with today and the break-evens; undefined without traffic. */
export function plotOf(placement: ExplainedPlacement): Markup | undefined {
  const { workload, outlook } = placement;
  const { curves = [], requestsPerDay, addedUsd, breakEven } = outlook;
  if (requestsPerDay === 0 || curves.length === 0) return undefined;
  const [least, most] = factorRange;
  const costs = curves.flatMap(({ points }) => points.flatMap(({ monthlyUsd }) => monthlyUsd ?? []));
  const axes: Axes = {
    x: logScale([least * requestsPerDay, most * requestsPerDay], area.left, area.right),
    y: logScale(decadesAround([...costs, addedUsd]), area.bottom, area.top),
    perDay: requestsPerDay,
    hasZero: [...costs, addedUsd].includes(0),
    shares: isShared(placement),
  };
  const id = `plot-${workload}`;
  return tag(
    'svg',
    {
      class: 'plot',
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    tag('title', { id: `${id}-title` }, `Monthly cost of ${workload} against its traffic`),
    tag('desc', { id: `${id}-desc` }, description(placement, curves)),
    grid(axes),
    [breakEven.down, breakEven.up].map(change => (change ? breakEvenMark(change, axes) : [])),
    curves.map(curve => line(curve, axes)),
    today(placement, axes),
  );
}

/** The plot in words, for those who do not see it. */
function description({ outlook }: ExplainedPlacement, curves: readonly Curve[]): string {
  const venues = curves.map(curve => {
    const known = curve.points.filter(({ monthlyUsd }) => monthlyUsd !== null);
    const [first, last] = [known[0], known.at(-1)];
    return `${venueName(curve)} from ${usd(first?.monthlyUsd ?? 0)} at ${factorText(first?.factor ?? 0)} to ${usd(last?.monthlyUsd ?? 0)} at ${factorText(last?.factor ?? 0)}`;
  });
  return `Both axes are logarithmic. ${venues.join('; ')}. Today ${usd(outlook.addedUsd)}.`;
}

function grid({ x, y, hasZero, shares }: Axes): Markup {
  return tag(
    'g',
    {},
    y.ticks.map((value, i) => [
      tag('line', { class: 'grid', x1: area.left, x2: area.right, y1: at(y, value), y2: at(y, value) }),
      tag(
        'text',
        { class: 'tick end', x: area.left - 6, y: at(y, value) + 4 },
        hasZero && i === 0 ? '$0' : `$${short(value)}`,
      ),
    ]),
    x.ticks.map(value => [
      tag('line', { class: 'grid', x1: at(x, value), x2: at(x, value), y1: area.top, y2: area.bottom }),
      tag('text', { class: 'tick middle', x: at(x, value), y: area.bottom + 16 }, short(value)),
    ]),
    tag(
      'text',
      { class: 'axis middle', x: (area.left + area.right) / 2, y: area.bottom + 35 },
      'requests a day',
    ),
    tag('text', { class: 'axis', x: 4, y: 14 }, shares ? 'adds, USD a month' : 'USD a month'),
  );
}

/** One stroke for each stretch of traffic that the venue can serve; a bar where it ends before the plot does. */
function line({ venue, provider, points }: Curve, axes: Axes): Markup {
  const known = points.flatMap(({ factor, monthlyUsd }) =>
    monthlyUsd === null ? [] : [{ factor, x: at(axes.x, factor * axes.perDay), y: at(axes.y, monthlyUsd) }],
  );
  const last = known.at(-1);
  const ends = last !== undefined && last.factor < (points.at(-1)?.factor ?? 0);
  return tag(
    'g',
    { class: `line ${venue}-${provider}` },
    tag('title', {}, venueName({ venue, provider })),
    tag('polyline', { points: known.map(({ x, y }) => `${x},${y}`).join(' ') }),
    ends ? tag('line', { class: 'stop', x1: last.x, x2: last.x, y1: last.y - 6, y2: last.y + 6 }) : [],
  );
}

function today({ venue, outlook, unit }: ExplainedPlacement, { x, y, perDay, shares }: Axes): Markup {
  const provider = outlook.traffic.find(({ factor }) => factor === 1)?.answer?.provider ?? 'azure';
  const [left, top] = [at(x, perDay), at(y, outlook.addedUsd)];
  // Below the point where there is room, since lines rise to the right.
  const below = top + 22 < area.bottom - 4;
  return tag(
    'g',
    { class: `today ${venue}-${provider}` },
    tag('title', {}, `today: ${unit}`),
    tag('circle', { cx: left, cy: top, r: 5 }),
    tag(
      'text',
      { class: 'label', x: left + 8, y: below ? top + 18 : top - 10 },
      `today ${shares ? '+' : ''}${usd(outlook.addedUsd)}`,
    ),
  );
}

function breakEvenMark(change: BreakEven, { x }: Axes): Markup {
  const place = at(x, change.requestsPerDay);
  const text = `${factorText(change.factor)}${change.to ? '' : ' end'}`;
  // Away from today's line, and inside the plot.
  const side =
    change.factor < 1 ? (place < area.left + 50 ? '' : 'end') : place > area.right - 60 ? 'end' : '';
  return tag(
    'g',
    { class: 'break-even' },
    tag('title', {}, `break-even at ${factorText(change.factor)} of today's traffic`),
    tag('line', { x1: place, x2: place, y1: area.top - 6, y2: area.bottom }),
    tag(
      'text',
      { class: `label ${side}`.trim(), x: side === 'end' ? place - 4 : place + 4, y: area.top - 2 },
      text,
    ),
  );
}

function at(scale: LogScale, value: number): number {
  return Number(scale.at(value).toFixed(1));
}

/** A sample of a venue's line beside its name. */
export function swatch({ venue, provider }: Pick<Curve, 'venue' | 'provider'>): Markup {
  return tag(
    'svg',
    { class: `swatch line ${venue}-${provider}`, viewBox: '0 0 28 10', 'aria-hidden': 'true' },
    tag('polyline', { points: '1,5 27,5' }),
  );
}
