import type { MachineSchedule } from './unit';
import type { ActiveHours, Weekday } from '../config/environment';
import { weekdays } from '../config/schema/hours';
import { hoursPerMonth } from './needs';

/** How a machine is paid: always on, only in some hours, or as long as its cloud can spare it. */
export type Billing =
  | { readonly kind: 'on-demand' }
  | { readonly kind: 'scheduled'; readonly hours: ActiveHours }
  | { readonly kind: 'spot' };

/** What makes units of one size and place two: empty for machines that are always on. */
export function billingKey(billing: Billing): string {
  switch (billing.kind) {
    case 'on-demand':
      return '';
    case 'scheduled':
      return hoursKey(billing.hours);
    case 'spot':
      return 'spot';
  }
}

/** Hours of a month of 730 h for which a machine is paid. */
export function paidHoursOf(billing: Billing): number {
  return billing.kind === 'scheduled' ? hoursAMonth(billing.hours) : hoursPerMonth;
}

const hoursPerWeek = 168;
const minutesPerDay = 24 * 60;

/** Hours of a week that the machine runs; overlapping days count once. */
export function hoursAWeek(hours: ActiveHours): number {
  return runsOf(hours).reduce((sum, { from, to }) => sum + to - from, 0) / 60;
}

/** Hours of a month of 730 h. */
export function hoursAMonth(hours: ActiveHours): number {
  return (hoursAWeek(hours) * hoursPerMonth) / hoursPerWeek;
}

/** Whether a machine with these hours runs whenever it is needed. Times of two zones move against each other. */
export function coversHours(running: ActiveHours, needed: ActiveHours): boolean {
  if (running.timeZone !== needed.timeZone) return false;
  const runs = runsOf(running);
  return runsOf(needed).every(need => runs.some(run => run.from <= need.from && need.to <= run.to));
}

/** Starts and stops, without those at which one day's hours end as the next one's begin. */
export function switchingOf({ days, from, to, timeZone }: ActiveHours): MachineSchedule {
  const past = minuteOf(to) <= minuteOf(from) ? 1 : 0;
  const starts = weekdays.filter(day => days.includes(day));
  const stops = weekdays.filter((_, i) => starts.includes(weekdayAt(i - past)));
  const joined = from === to ? starts.filter(day => stops.includes(day)) : [];
  const apart = (all: readonly Weekday[]): Weekday[] => all.filter(day => !joined.includes(day));
  return {
    timeZone,
    start: { time: from, days: apart(starts) },
    stop: { time: to, days: apart(stops) },
  };
}

/** How hours read in a sentence. */
export function hoursText({ days, from, to, timeZone }: ActiveHours): string {
  const order = weekdays.filter(day => days.includes(day));
  return `${order.join(', ')} from ${from} to ${to} ${timeZone}`;
}

/** Short, unique, and of the letters of an id: `mon-tue-0700-1900-europe-stockholm`. */
export function hoursKey({ days, from, to, timeZone }: ActiveHours): string {
  const order = weekdays.filter(day => days.includes(day));
  const text = [...order, from, to, timeZone].join('-').replaceAll(':', '').toLowerCase();
  return text.replace(/[^a-z0-9]+/g, '-');
}

/** Minutes of a week from one to another. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** What runs without a break, in order; a run over the end of the week is two. */
function runsOf({ days, from, to }: ActiveHours): readonly Run[] {
  const length = (minuteOf(to) - minuteOf(from) + minutesPerDay) % minutesPerDay || minutesPerDay;
  const week = 7 * minutesPerDay;
  const single = days.flatMap((day): Run[] => {
    const start = weekdays.indexOf(day) * minutesPerDay + minuteOf(from);
    const end = start + length;
    return end <= week
      ? [{ from: start, to: end }]
      : [
          { from: start, to: week },
          { from: 0, to: end - week },
        ];
  });
  const joined: Run[] = [];
  for (const run of single.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && run.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, run.to) };
    else joined.push(run);
  }
  return joined;
}

function weekdayAt(index: number): Weekday {
  return weekdays[(index + 7) % 7] ?? 'mon';
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
