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

/** What each is about, for its description. */
const subjects: Readonly<Record<SoftRequirement, string>> = {
  languages: 'the languages that answers need',
  latency: 'the speed that one caller needs',
  quality: 'the required quality',
  prices: 'what a place costs',
  quotas: 'whether a quota holds the traffic',
  lifecycle: 'how long a model is served',
  instanceTypes: 'which instance types may run a model',
};

const levels = ['verified', 'estimated'] as const;

/** `verified`: stated or measured. `estimated`: an estimate counts too, at the end of its error that speaks against it. */
const level = z.enum(levels);

export const evidenceSchema = z
  .union([
    level,
    z.strictObject(
      Object.fromEntries(
        softRequirements.map(name => [
          name,
          level
            .optional()
            .describe(`What counts for ${subjects[name]}. Default: that of the environment, else estimated.`),
        ]),
      ) as Levels,
    ),
  ])
  .describe(
    'What counts for a requirement that an estimate may satisfy: verified, only what a publisher states or somebody measured; estimated, an estimate too, at the worse end of its error. One word for all of languages, latency, quality, prices, quotas, lifecycle and instanceTypes, or one for each. Residency, tenancy, licences and hashes always need what is stated. Default: estimated; of instanceTypes, verified.',
  );

type Levels = Record<(typeof softRequirements)[number], z.ZodOptional<typeof level>>;

export type SoftRequirement = (typeof softRequirements)[number];
