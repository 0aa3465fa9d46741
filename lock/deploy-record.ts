import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isOlder, version } from '../text/version';
import { settledConditions } from './conditions';
import { lockText } from './lock';
import type { Lock } from './lock';

/** Name of the output by which a state tells what it was deployed from. No unit may have this name. */
export const recordOutput = 'berth_lock';

/** What a state was deployed from. */
export interface DeployRecord {
  /** Version of Berth. */
  readonly berth: string;
  /** Number of the lock. */
  readonly serial: number;
  /** What tells locks of one number apart, whatever is coming or going by them. */
  readonly digest: string;
}

const recordSchema = z.object({ berth: z.string(), serial: z.number(), digest: z.string() });

/** What a deploy of the lock records; undefined for a lock that was last placed by a Berth that gave no numbers. */
export function recordOf(lock: Lock): DeployRecord | undefined {
  if (lock.serial === undefined) return undefined;
  const text = lockText({ ...lock, ...settledConditions, moves: [] });
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { berth: version(), serial: lock.serial, digest };
}

/** Why what stands must not be deployed over; undefined where it may. */
export function recordProblem(
  stack: string,
  recorded: unknown,
  lock: Lock,
  lockFile: string,
): string | undefined {
  const { data: before } = recordSchema.safeParse(recorded);
  if (!before) return undefined;
  const mine = version();
  if (isOlder(mine, before.berth))
    return `${stack} was deployed by Berth ${before.berth}, and this is ${mine}: upgrade cdktf-berth to ${before.berth}`;
  const { serial = 0 } = lock;
  const was = `${stack} was deployed from lock ${before.serial}, and ${lockFile} is lock ${serial}`;
  if (before.serial > serial)
    return `${was}: take the later one from your version control; to go back, change the environment and place it again over that`;
  if (before.serial === serial && recordOf(lock)?.digest !== before.digest)
    return `${was} too, but another one: it was placed in two places at once; bring both together in your version control and place again`;
  return undefined;
}

/**
 * The lock with its number: one more than that of the lock that it replaces, unless it says the same.
 * @param before text of the lock that is there, in whatever state; undefined where there is none
 */
export function numbered(lock: Lock, before = ''): Lock {
  const numbers = [...before.matchAll(/^ {2}"serial": (\d{1,15})\b/gm)].map(([, number]) => Number(number));
  const last = Math.max(0, ...numbers);
  const same: Lock = last === 0 ? lock : { ...lock, serial: last };
  return lockText(same) === before ? same : { ...lock, serial: last + 1 };
}
