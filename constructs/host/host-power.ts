import { whenGiven } from '../required-props';
import type { Shape } from '../required-props';
import type { Constraint } from '../constraint';

/** Days as times of the week name them, in its order. */
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** A time on some days of each week. */
export interface WeeklyTime {
  /** HH:MM, 00:00 to 23:59. */
  readonly time: string;
  /** At least one. */
  readonly days: readonly Weekday[];
}

/** When machines are started and stopped, each week. A stopped one costs nothing but its disk. */
export interface PowerSchedule {
  /** Name of the time zone, as the cloud knows it: `W. Europe Standard Time` in Azure, `Europe/Stockholm` in AWS. */
  readonly timeZone: string;
  /** A machine answers some minutes after its start. */
  readonly start: WeeklyTime;
  /** A stopped machine is deallocated, and answers nobody. */
  readonly stop: WeeklyTime;
}

/** Machines that run only at some times, or as long as the cloud can spare them. */
export type HostPower =
  | ({ readonly kind: 'scheduled' } & PowerSchedule)
  /** Spot machines: they go without notice, and are started again when there is room. */
  | { readonly kind: 'spot' };

const weeklyTimeShape: Shape<WeeklyTime> = { time: 'string', days: ['string'] };

/** What the power of a host is made of, by its kind. @param host props that may not be what they should be */
export function powerShape(host: { readonly power?: HostPower } | undefined) {
  const scheduled = {
    kind: 'string',
    timeZone: 'string',
    start: weeklyTimeShape,
    stop: weeklyTimeShape,
  } as const;
  return whenGiven(host?.power?.kind === 'scheduled' ? scheduled : ({ kind: 'string' } as const));
}

export const weeklyTimeConstraint: Constraint<WeeklyTime> = {
  allowed: 'a time from 00:00 to 23:59 on one or more different days of mon to sun',
  advice: 'correct it',
  holds: ({ time, days }) =>
    /^([01]\d|2[0-3]):[0-5]\d$/.test(time) &&
    days.length > 0 &&
    new Set(days).size === days.length &&
    days.every(day => weekdays.includes(day)),
};

export function hourAndMinute({ time }: WeeklyTime): { readonly hour: number; readonly minute: number } {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute };
}
