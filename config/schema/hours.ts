import { z } from 'zod';
import { timeZones } from '../../catalog';

/** In the order of the week. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, from 00:00 to 23:59');

export const activeHoursSchema = z
  .strictObject({
    days: z
      .array(z.enum(weekdays))
      .min(1)
      .default(['mon', 'tue', 'wed', 'thu', 'fri'])
      .describe('Days on which the hours begin.'),
    from: time.describe('A machine is started then, and answers some minutes later.'),
    to: time.describe('A machine is stopped then; at or before from, it is a time of the next day.'),
    timeZone: z.enum(timeZones).default('UTC').describe('IANA name, such as Europe/Stockholm.'),
  })
  .describe('Outside these hours nobody calls, and a machine may be switched off. Default: always.');

export type ActiveHours = z.output<typeof activeHoursSchema>;
