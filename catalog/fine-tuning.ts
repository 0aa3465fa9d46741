import { z } from 'zod';

const regionListSchema = z.string().transform(list => list.split(' ').filter(region => region !== ''));

/** Ways to tune that differ in no more than the examples and a field; tuning by a grader needs one, and is not offered. */
export const tuningMethods = ['supervised', 'dpo'] as const;

/** Hosted models that Azure fine-tunes, how, and where. */
export const fineTuningSchema = z.object({
  asOf: z.string(),
  /** Regions from which a global training is started; it keeps no residency. */
  globalTrainingFrom: regionListSchema,
  models: z.array(
    z.strictObject({
      name: z.string(),
      /** Null: every version. */
      version: z.string().nullable(),
      /** Regions that train without the data leaving them. */
      trainedIn: regionListSchema,
      /** `reinforcement` is by a grader. */
      methods: z.array(z.enum([...tuningMethods, 'reinforcement'])),
      /** Whether it is trained on idle capacity, too. */
      developerTier: z.boolean(),
      status: z.enum(['GA', 'Public preview', 'Private preview']),
    }),
  ),
});

export type FineTuning = Readonly<z.output<typeof fineTuningSchema>>;
