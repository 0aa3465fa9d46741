import { z } from 'zod';

/** Requirements that an estimate may satisfy. All others need what is stated or measured. */
const softRequirements = [
  'languages',
  'latency',
  'quality',
  'prices',
  'quotas',
  'lifecycle',
  'instanceTypes',
] as const;

const levels = ['verified', 'estimated'] as const;

/** `verified`: stated or measured. `estimated`: an estimate counts too, at the end of its error that speaks against it. */
const level = z.enum(levels);

export const evidenceSchema = z
  .union([
    level,
    z.strictObject(Object.fromEntries(softRequirements.map(name => [name, level.optional()])) as Levels),
  ])
  .describe(
    'What counts for a requirement that an estimate may satisfy: verified, only what a publisher states or somebody measured; estimated, an estimate too, at the worse end of its error. One word for all of languages, latency, quality, prices, quotas, lifecycle and instanceTypes, or one for each. Residency, tenancy, licences and hashes always need what is stated. Default: estimated; of instanceTypes, verified.',
  );

type Levels = Record<(typeof softRequirements)[number], z.ZodOptional<typeof level>>;

export type SoftRequirement = (typeof softRequirements)[number];
