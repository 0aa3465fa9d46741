import table from './time-zones.json';

/** IANA names of the time zones that a schedule may be in. */
export const timeZones = Object.keys(table.windowsNames) as readonly TimeZone[];

type TimeZone = keyof typeof table.windowsNames;

/** Name under which Azure knows a time zone; AWS takes the IANA name. */
export function windowsTimeZone(zone: TimeZone): string {
  return table.windowsNames[zone];
}
