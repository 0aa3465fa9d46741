import { z } from 'zod';
import type { KnownFact } from './evidence';

const first = z.strictObject({ typical: z.number().positive(), most: z.number().positive() });
const rate = z.strictObject({ typical: z.number().positive(), least: z.number().positive() });

/** How fast hosted models answer where nobody promises it: typical values, and what most requests are no worse than. */
export const latencyTableSchema = z.strictObject({
  asOf: z.string(),
  sources: z.record(z.string(), z.string()),
  /** Of models that nobody published a measurement of. */
  others: z.strictObject({ firstTokenSeconds: first, tokensPerSecond: rate }),
  models: z.array(
    z.strictObject({
      model: z.string(),
      /** Seconds to the first token, thinking left out. */
      firstTokenSeconds: first.optional(),
      /** Output tokens a second of one answer. */
      tokensPerSecond: rate.optional(),
    }),
  ),
});

export type LatencyTable = Readonly<z.output<typeof latencyTableSchema>>;

interface HostedLatency {
  readonly firstTokenSeconds: KnownFact<number>;
  readonly tokensPerSecond: KnownFact<number>;
}

/** Estimates of a hosted model's speed where its deployment shares machines with others. */
export function latencyOfHosted({ models, others }: LatencyTable, model: string): HostedLatency {
  const row = models.find(each => each.model === model);
  const whose = (own: unknown): string =>
    own === undefined ? 'what other hosted models need' : 'published measurements of it';
  const firstToken = row?.firstTokenSeconds ?? others.firstTokenSeconds;
  const tokens = row?.tokensPerSecond ?? others.tokensPerSecond;
  return {
    firstTokenSeconds: {
      evidence: 'estimated',
      value: firstToken.typical,
      worst: firstToken.most,
      from: whose(row?.firstTokenSeconds),
    },
    tokensPerSecond: {
      evidence: 'estimated',
      value: tokens.typical,
      worst: tokens.least,
      from: whose(row?.tokensPerSecond),
    },
  };
}
