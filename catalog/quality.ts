import { z } from 'zod';

const scoreSchema = z
  .strictObject({
    /** gpt-4o-mini is 0; higher is better. It ranks, no more. */
    index: z.number(),
    standardError: z.number().nonnegative(),
    /** Benchmarks behind it. */
    benchmarks: z.number().int().positive(),
    /** Makers of those benchmarks. Of one alone the error is wider by what such families differ. */
    families: z.number().int().positive(),
  })
  .nullable();

export const modelQualitySchema = z.strictObject({
  model: z.string(),
  /** Names of the same model in the hosted table. */
  alsoKnownAs: z.array(z.string()),
  /** Judges a general task; the other fields judge a focused one. */
  general: scoreSchema,
  language: scoreSchema,
  code: scoreSchema,
  math: scoreSchema,
  /** Share of summaries without a statement that the source does not carry, 0 to 100; null is unknown. */
  factualConsistencyPercent: z.number().nullable(),
  /** 0 to 10; null is unknown. */
  extractionMtBench: z.number().nullable(),
});

export type ModelQuality = Readonly<z.output<typeof modelQualitySchema>>;

/** What is known of a model's quality, by its hosted name or open id; undefined when nothing was measured. */
export function qualityOf(
  { quality }: { readonly quality: readonly ModelQuality[] },
  model: string,
): ModelQuality | undefined {
  return quality.find(row => row.model === model || row.alsoKnownAs.includes(model));
}
