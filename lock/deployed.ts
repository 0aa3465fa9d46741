import { z } from 'zod';
import type { Environment } from '../config/environment';
import type { Unit } from '../placement/decision';
import { firstPlatform, platformSchema, withNeeds } from './platform';
import { statePlaceSchema } from './state-place';

/**
 * What a lock records of deployed things that no placement may change, such as where their state lives. It is carried
 * from lock to lock, never computed anew. Every key is optional: what is absent is as release 0.1 had it.
 */
export const deployedSchema = z.strictObject({
  /** Absent where release 0.1 began: keys without a prefix, in the environment's backend. */
  state: statePlaceSchema.optional(),
  /** Absent without Azure. A lock that was written before there was such a record has that of its facts. */
  platform: platformSchema.optional(),
});

/** What a lock records of deployed things. */
export type Deployed = z.output<typeof deployedSchema>;

/** What the first lock of an environment records. */
export const newlyDeployed: Deployed = {};

/** What a lock of version 1 stands for, which had no such record. */
export const deployedByVersion1: Deployed = {};

/**
 * What holds of deployed things once units are placed: what is recorded stays, and what they need comes to it.
 * @param units all that the lock speaks of
 */
export function deployedWith(
  deployed: Deployed,
  { azure }: Pick<Environment, 'azure'>,
  units: readonly Unit[],
): Deployed {
  if (!azure) return deployed;
  return { ...deployed, platform: withNeeds(deployed.platform ?? firstPlatform(azure), azure, units) };
}
