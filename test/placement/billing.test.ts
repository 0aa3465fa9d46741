import fc from 'fast-check';
import { coversHours, hoursAMonth, hoursAWeek, hoursKey, switchingOf } from '../../placement/billing';
import { weekdays } from '../../config/schema/hours';

const at = (days: readonly (typeof weekdays)[number][], from: string, to: string) => ({
  days: [...days],
  from,
  to,
  timeZone: 'UTC' as const,
});
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

describe('active hours', () => {
  it.each([
    [
      'office hours',
      at(workdays, '08:00', '18:00'),
      50,
      ['08:00', 'mon tue wed thu fri'],
      ['18:00', 'mon tue wed thu fri'],
    ],
    ['nights', at(['mon', 'sun'], '22:00', '06:30'), 17, ['22:00', 'mon sun'], ['06:30', 'mon tue']],
    ['until midnight', at(['sat'], '12:00', '00:00'), 12, ['12:00', 'sat'], ['00:00', 'sun']],
    [
      'whole days that follow each other',
      at(workdays, '00:00', '00:00'),
      120,
      ['00:00', 'mon'],
      ['00:00', 'sat'],
    ],
    [
      'whole days apart',
      at(['mon', 'wed'], '06:00', '06:00'),
      48,
      ['06:00', 'mon wed'],
      ['06:00', 'tue thu'],
    ],
    ['one minute', at(['sun'], '23:59', '00:00'), 1 / 60, ['23:59', 'sun'], ['00:00', 'mon']],
  ] as const)('%s', (_, hours, perWeek, start, stop) => {
    expect(hoursAWeek(hours)).toBeCloseTo(perWeek, 10);
    const { start: on, stop: off } = switchingOf(hours);
    expect([on.time, on.days.join(' ')]).toEqual(start);
    expect([off.time, off.days.join(' ')]).toEqual(stop);
  });

  it('are a share of a month of 730 h', () => {
    expect(hoursAMonth(at(workdays, '08:00', '18:00'))).toBeCloseTo((50 / 168) * 730, 10);
  });

  it('have a key that order and repetition of days do not change', () => {
    expect(hoursKey(at(['tue', 'mon', 'tue'], '07:00', '19:05'))).toBe('mon-tue-0700-1905-utc');
  });

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(parts => parts.map(part => String(part).padStart(2, '0')).join(':'));
  const any = fc.tuple(fc.subarray([...weekdays], { minLength: 1 }), time, time);

  it('are the minutes of a week in which the machine runs', () => {
    const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    const minutesOf = ({ days, from, to }: ReturnType<typeof at>): Set<number> => {
      const length = (minuteOf(to) - minuteOf(from) + 1440) % 1440 || 1440;
      const starts = days.map(day => weekdays.indexOf(day) * 1440 + minuteOf(from));
      return new Set(starts.flatMap(start => Array.from({ length }, (_, i) => (start + i) % 10_080)));
    };
    fc.assert(
      fc.property(any, any, (one, other) => {
        const [running, needed] = [at(...one), at(...other)];
        const minutes = minutesOf(running);
        expect(hoursAWeek(running)).toBeCloseTo(minutes.size / 60, 10);
        expect(coversHours(running, needed)).toBe([...minutesOf(needed)].every(each => minutes.has(each)));
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('cover themselves, and switch a machine on as often as off', () => {
    fc.assert(
      fc.property(any, ([days, from, to]) => {
        const hours = at(days, from, to);
        const { start, stop } = switchingOf(hours);
        expect(coversHours(hours, hours)).toBe(true);
        expect(start.days).toHaveLength(stop.days.length);
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});
