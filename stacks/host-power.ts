import { LockError } from '../config';
import type { MachineUnit } from '../config';
import { timeZones, windowsTimeZone } from '../catalog';
import type { HostPower } from '../constructs';

/** How the machines of a unit run; undefined where they are always on. */
export function powerOf({ id, billing, schedule, provider }: MachineUnit): HostPower | undefined {
  if (billing === undefined) return undefined;
  if (billing === 'spot') return { kind: 'spot' };
  if (!schedule)
    throw new LockError([`unit ${id} is scheduled and has no schedule; place the environment again`]);
  const timeZone = provider === 'azure' ? windowsName(schedule.timeZone) : schedule.timeZone;
  return { kind: 'scheduled', ...schedule, timeZone };
}

function windowsName(name: string): string {
  const zone = timeZones.find(each => each === name);
  if (!zone) throw new LockError([`the time zone ${name} is not known; place the environment again`]);
  return windowsTimeZone(zone);
}
