import type { Environment } from '../../config';

/** How many devices are changed at once, and when it ends. */
export type RolloutRule = NonNullable<Environment['rollout']>;

/** A device that did not get what it was to have, and why. */
export interface Missed {
  readonly device: string;
  readonly because: string;
}

/** Devices that were changed at once. */
interface Wave {
  /** From 1, which is the canary. */
  readonly wave: number;
  readonly done: readonly string[];
  readonly failed: readonly Missed[];
}

/** How far a change has come. What is left is what a deploy again begins with. */
export interface Rollout {
  readonly waves: readonly Wave[];
  /** Could not be reached, so that they were not tried. */
  readonly offline: readonly Missed[];
  /** Not tried, because too many had failed. */
  readonly waiting: readonly string[];
}

/** What a rollout does to devices. */
interface RolloutSteps {
  /** Answers soon why a device cannot be reached; undefined where it can. */
  readonly reach: (device: string) => Promise<string | undefined>;
  /** Changes devices at once. @returns those that failed: one that does keeps no other from being changed */
  readonly change: (devices: readonly string[]) => Promise<readonly Missed[]>;
  /** Told of what was done, as soon as it was. */
  readonly tell: (line: string) => void;
}

/** Devices that are asked at once whether they are there. */
const asked = 64;

/** Changes devices in waves, the canary first, until more have failed than may. */
export async function rollOut(
  devices: readonly string[],
  { canary, wave, failures }: RolloutRule,
  steps: RolloutSteps,
): Promise<Rollout> {
  const offline = await unreached(devices, steps);
  for (const { device, because } of offline) steps.tell(`${device} is left out: ${because}`);
  const left = devices.filter(name => !offline.some(({ device }) => device === name));
  const waves: Wave[] = [];
  while (left.length > 0 && mayGoOn(waves, failures)) {
    const members = left.splice(0, waves.length === 0 ? canary : wave);
    const failed = await steps.change(members);
    const done = members.filter(name => !failed.some(({ device }) => device === name));
    const one = { wave: waves.length + 1, done, failed };
    waves.push(one);
    for (const line of waveLines(one)) steps.tell(line);
  }
  const rollout = { waves, offline, waiting: left };
  if (left.length > 0)
    steps.tell(`${left.length} devices are not tried, because ${failedIn(waves)} failed: ${named(left)}`);
  return rollout;
}

/** Whether every device has what it was to have. */
export function isRolledOut({ waves, offline, waiting }: Rollout): boolean {
  return offline.length === 0 && waiting.length === 0 && failedIn(waves) === 0;
}

/** A canary that fails ends it, whatever is allowed. */
function mayGoOn(waves: readonly Wave[], failures: number): boolean {
  return (waves[0]?.failed ?? []).length === 0 && failedIn(waves) <= failures;
}

function failedIn(waves: readonly Wave[]): number {
  return waves.reduce((sum, { failed }) => sum + failed.length, 0);
}

async function unreached(devices: readonly string[], { reach }: RolloutSteps): Promise<Missed[]> {
  const found: Missed[] = [];
  for (let at = 0; at < devices.length; at += asked) {
    const some = devices.slice(at, at + asked);
    const reasons = await Promise.all(some.map(reach));
    some.forEach(
      (device, i) => reasons[i] !== undefined && found.push({ device, because: String(reasons[i]) }),
    );
  }
  return found;
}

function waveLines({ wave, done, failed }: Wave): string[] {
  const kind = wave === 1 ? ' (canary)' : '';
  return [
    `wave ${wave}${kind}: ${done.length} of ${done.length + failed.length} devices changed${done.length > 0 ? `: ${named(done)}` : ''}`,
    ...failed.map(({ device, because }) => `${device} failed: ${because}`),
  ];
}

/** A line names no thousand devices. */
function named(devices: readonly string[]): string {
  const shown = devices.slice(0, 20).join(', ');
  return devices.length > 20 ? `${shown} and ${devices.length - 20} more` : shown;
}
