import { z } from 'zod';

const regionListSchema = z.string().transform(list => list.split(' ').filter(region => region !== ''));

/** Hosted models that Azure fine-tunes, and where. */
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
      status: z.enum(['GA', 'Public preview', 'Private preview']),
    }),
  ),
});

export type FineTuning = Readonly<z.output<typeof fineTuningSchema>>;
