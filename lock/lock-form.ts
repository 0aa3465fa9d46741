import { z } from 'zod';
import { commitments } from '../catalog';
import { sealOf } from './conditions';
import type { GoingUnit } from './conditions';
import { deployedSchema } from './deployed';
import { unitId } from './unit-id';
import { venueNames } from '../placement/venues/names';

/** Version of the file's form. */
export const lockVersion = 4;

const day = z.iso.date('a day as YYYY-MM-DD');
const usd = z.number().nonnegative();
const name = z.string().min(1);

export const venueSchema = z.enum(venueNames);

const requestPrice = z.strictObject({
  asOf: day,
  usdPerMillionInput: usd.optional(),
  usdPerMillionCachedInput: usd.optional(),
  usdPerMillionOutput: usd.optional(),
  hiddenTokens: z.number().nonnegative().optional(),
  usdPerImage: usd.optional(),
});

const prices = z.union([
  z.strictObject({
    per: z.literal('hour'),
    usd,
    asOf: day,
    commitment: z.enum(commitments).optional(),
    hiddenTokens: z.record(name, z.number().nonnegative()).optional(),
  }),
  z.strictObject({ per: z.literal('request'), workloads: z.record(name, requestPrice) }),
]);

const speed = z.number().positive();

/** Figures that the size of machines follows from. */
const sizing = z.strictObject({
  parallel: z.number().int().positive(),
  memoryGib: speed,
  usableMemoryGib: speed,
  cacheRamMib: z.number().int().nonnegative().optional(),
  workloads: z.record(
    name,
    z.strictObject({
      promptTokensPerSecond: speed,
      decodeTokensPerSecond: speed,
      hiddenTokens: speed.optional(),
    }),
  ),
});

/** As far as a unit has to be read to be rebuilt; the check then compares all of it. */
const lockedUnitSchema = z.looseObject({
  id: unitId,
  offer: name,
  venue: venueSchema,
  sku: name,
  location: name,
  billing: z.enum(['scheduled', 'spot']).optional(),
  count: z.number().int().positive(),
  serves: z
    .array(z.looseObject({ model: name, weights: z.looseObject({}), parallel: z.number().int().positive() }))
    .optional(),
  prices: prices.nullable(),
  sizing: sizing.optional(),
});

const lockedPlacementSchema = z.strictObject({
  workload: name,
  unit: unitId,
  venue: venueSchema,
  model: name,
  monthlyUsd: usd,
});

const optimality = z.strictObject({
  status: z.enum(['optimal', 'within-gap', 'stays', 'node-limit', 'time-limit']),
  boundUsd: usd,
  gap: z.number().min(0).max(1),
  reproducible: z.boolean(),
});

export const moveSchema = z.strictObject({ workload: name, from: venueSchema, to: venueSchema });

/** The seal stands for the check that units of the decision have: nothing may offer it any more. */
export const goingSchema = z
  .strictObject({
    unit: lockedUnitSchema,
    placements: z.array(z.strictObject({ workload: name, model: name })).min(1),
    served: z.boolean(),
    seal: z.string(),
  })
  .refine(each => each.seal === sealOf(each as unknown as GoingUnit), {
    error: 'as place wrote it (its seal does not fit what it says)',
  });

export const factsSchema = z.strictObject({
  environment: z.record(z.string(), z.unknown()),
  workloads: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** The form of the file. What follows from something else in it is compared with that, not described here. */
export const lockSchema = z.strictObject({
  lockVersion: z.literal(lockVersion),
  serial: z.number().int().positive().optional(),
  deployed: deployedSchema,
  moves: z.array(moveSchema),
  coming: z.array(unitId),
  going: z.array(goingSchema),
  decision: z.strictObject({
    environment: name,
    asOf: day,
    monthlyUsd: usd,
    optimality,
    units: z.array(lockedUnitSchema).min(1),
    placements: z.array(lockedPlacementSchema).min(1),
  }),
  facts: factsSchema,
});

export type LockForm = z.output<typeof lockSchema>;
