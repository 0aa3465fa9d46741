import { z } from 'zod';
import type { Environment } from '../config/environment';
import { firstFree } from '../placement/collections';
import type { Unit } from '../placement/decision';
import { deviceRecordsSchema, withDevices } from './devices';
import { firstPlatform, platformSchema, withNeeds } from './platform';
import { identifier } from '../config/schema/basics';
import { statePlaceSchema } from './state-place';
import { unitId } from './unit-id';

/**
 * What a lock records of deployed things that no placement may change, such as where their state lives. It is carried
 * from lock to lock, never computed anew. Every key is optional: what is absent is as release 0.1 had it.
 */
export const deployedSchema = z.strictObject({
  /** Absent where release 0.1 began: keys without a prefix, in the environment's backend. */
  state: statePlaceSchema.optional(),
  /** Absent without Azure. A lock that was written before there was such a record has that of its facts. */
  platform: platformSchema.optional(),
  /**
   * By workload, the name that what belongs to it was made under, such as its identity: of those that were renamed, and of
   * those whose name another still has there.
   */
  workloads: z.record(identifier, identifier).optional(),
  /**
   * By id of a unit of machines, the unit whose host name, key and certificate it has: of those that took the place of
   * another.
   */
  hosts: z.record(unitId, unitId).optional(),
  /** The devices that units stand on or stood on. One of before is completed in the same way. */
  devices: deviceRecordsSchema.optional(),
});

/** What a lock records of deployed things. */
export type Deployed = z.output<typeof deployedSchema>;

/** The name that what belongs to a workload was made under. */
export function nameMadeFor(workload: string, { workloads = {} }: Deployed): string {
  return Object.hasOwn(workloads, workload) ? (workloads[workload] ?? workload) : workload;
}

/**
 * Names that what belongs to workloads is made under, where they are not their own.
 * @param before what was recorded @param placed workloads of the lock before
 * @param units ids of units, some of which have identities by the same rule
 */
export function namesMade(
  workloads: readonly { readonly name: string; readonly formerly?: string | undefined }[],
  before: Deployed,
  placed: ReadonlySet<string>,
  units: readonly string[],
): Record<string, string> {
  const known = new Map(
    workloads.flatMap(({ name, formerly }) => {
      const old = [name, formerly].find(each => each !== undefined && placed.has(each));
      return old === undefined ? [] : [[name, nameMadeFor(old, before)] as const];
    }),
  );
  const used = new Set([...known.values(), ...units]);
  for (const { name } of workloads.filter(each => !known.has(each.name))) {
    // No unit can be given such a name, for their ids end with a number alone.
    const made = firstFree(
      number => (number === 1 ? name : `${name}-x${number}`),
      each => used.has(each),
      1,
    );
    used.add(made);
    known.set(name, made);
  }
  return Object.fromEntries([...known].filter(([name, made]) => name !== made));
}

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
  { azure, devices }: Pick<Environment, 'azure' | 'devices'>,
  units: readonly Unit[],
): Deployed {
  const platform = azure && withNeeds(deployed.platform ?? firstPlatform(azure), azure, units);
  const records = withDevices(deployed.devices ?? {}, { devices }, units);
  return {
    ...deployed,
    ...(platform ? { platform } : {}),
    ...(Object.keys(records).length > 0 ? { devices: records } : {}),
  };
}
