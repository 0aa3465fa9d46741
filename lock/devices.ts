import { z } from 'zod';
import type { Environment } from '../config/environment';
import type { Finding } from '../config/parse/problem';
import { deviceName } from '../config/schema/basics';
import type { Decision, Unit } from '../placement/decision';
import { devicesOf } from '../placement/venues/edge/to-unit';

/**
 * The hardware that is set up under the name of a device. Another host key is other hardware, on which nothing stands: what the one before
 * held is forgotten, for it may be dead.
 */
export const deviceRecordsSchema = z.record(
  deviceName,
  z.strictObject({
    /** Type and key, without a comment. */
    hostKey: z.string().min(1),
    /** Which hardware of this name it is, from 1. */
    hardware: z.number().int().positive(),
  }),
);

/** Name of a device to the hardware that is set up under it. */
export type DeviceRecords = z.output<typeof deviceRecordsSchema>;

/** The devices that units stand on, and those that any stood on before. */
export function withDevices(
  recorded: DeviceRecords,
  { devices }: Pick<Environment, 'devices'>,
  units: readonly Unit[],
): DeviceRecords {
  const names = new Set([...Object.keys(recorded), ...devicesIn(units)]);
  return Object.fromEntries(
    [...names].flatMap(name => {
      const [before, device] = [recorded[name], devices[name]];
      if (!device) return before ? [[name, before] as const] : [];
      // Nobody sets up the machine that berth up runs on from elsewhere.
      if (!device.connection) return [];
      const hostKey = keyOf(device.connection);
      if (before?.hostKey === hostKey) return [[name, before] as const];
      return [[name, { hostKey, hardware: (before?.hardware ?? 0) + 1 }] as const];
    }),
  );
}

/** What an environment or a unit says of devices that the record does not. */
export function deviceProblems(
  { devices }: Pick<Environment, 'devices'>,
  recorded: DeviceRecords,
  { units }: Pick<Decision, 'units'>,
): Finding[] {
  return [...new Set(devicesIn(units))].flatMap(name => {
    const [record, device] = [recorded[name], devices[name]];
    const path = ['deployed', 'devices', name];
    if (device && !device.connection) return [];
    if (!record)
      return [{ path, message: `deployed.devices: must hold ${name}, on which a unit stands, got none` }];
    if (!device?.connection || keyOf(device.connection) === record.hostKey) return [];
    return [
      {
        path: [...path, 'hostKey'],
        message: `device ${name}: it has another host key than deployed.devices, so that it is other hardware, on which no model stands`,
      },
    ];
  });
}

/**
 * What becomes of devices that a placement leaves, or finds to be others.
 * @param units that stood before it
 */
export function deviceNotes(
  before: DeviceRecords,
  after: DeviceRecords,
  { devices }: Pick<Environment, 'devices'>,
  units: readonly Unit[],
): string[] {
  const left = [...new Set(devicesIn(units))].filter(name => !devices[name]);
  const swapped = Object.keys(before).filter(
    name => devices[name] && after[name]?.hardware !== before[name]?.hardware,
  );
  return [
    ...left.map(
      name =>
        `${name} is no longer in the environment: the next deploy forgets it, and what it holds stays on it`,
    ),
    ...swapped.map(
      name =>
        `${name} has another host key: the next deploy sets it up as other hardware, and what stood under that name is forgotten`,
    ),
  ];
}

/** Every device of some of these units. */
export function devicesIn(units: readonly Unit[]): string[] {
  return units.flatMap(unit => ('device' in unit ? devicesOf(unit) : []));
}

function keyOf({ hostKey }: { readonly hostKey: string }): string {
  return hostKey.trim().split(/\s+/).slice(0, 2).join(' ');
}
