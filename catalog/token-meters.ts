import { z } from 'zod';
import tokenMeterTable from './token-meters.json';

/** Figures of a token price that the public price list has a meter for. */
export const meteredFigures = [
  'input',
  'cachedInput',
  'output',
  'batchInput',
  'batchOutput',
  'inputAbove272k',
  'outputAbove272k',
] as const;

/**
 * Names under which the public price list has the tokens of one model version in one scope. They follow no rule, so
 * only names of a published answer are here, none that a rule would give.
 */
const tokenMeterRowSchema = z.strictObject({
  model: z.string(),
  version: z.string(),
  scope: z.enum(['global', 'dataZone', 'regional']),
  /** `productName` of the list. */
  product: z.string(),
  /** `skuName` of the list by figure; its `meterName` has the unit behind. Some lists spell them in other case. */
  meters: z.partialRecord(z.enum(meteredFigures), z.string()),
  /** Key of the table's sources: the published answer that has every meter of the row. */
  source: z.string(),
});

const tokenMeterTableSchema = z.strictObject({
  asOf: z.string(),
  sources: z.record(z.string(), z.string()),
  rows: z.array(tokenMeterRowSchema),
});

export type TokenMeterRow = Readonly<z.output<typeof tokenMeterRowSchema>>;

/** Under which names the public price list has the tokens of each model. */
export const tokenMeters = tokenMeterTableSchema.parse(tokenMeterTable);
