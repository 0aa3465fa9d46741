import { z } from 'zod';
import { commitments } from './commitment';
import type { Reasoning } from './reasoning';

/** Deployment SKUs of an Azure AI Foundry account. The prefix says where prompts may be processed. */
export const deploymentSkus = [
  'GlobalStandard',
  'DataZoneStandard',
  'Standard',
  'GlobalProvisionedManaged',
  'DataZoneProvisionedManaged',
  'ProvisionedManaged',
  'GlobalBatch',
  'DataZoneBatch',
] as const;
export type DeploymentSku = (typeof deploymentSkus)[number];

const usd = z.number().nonnegative().nullable();
const tokens = z.number().int().positive().nullable();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** USD for a million tokens. Null is unknown, never free. */
export const tokenPriceSchema = z.strictObject({
  input: usd.describe('Of a million input tokens.'),
  cachedInput: usd.describe('Of a million input tokens that are read from the cache.'),
  cacheWrite: usd
    .optional()
    .describe(
      'Of a million input tokens that are written to the cache, where that costs more than other input.',
    ),
  output: usd.describe('Of a million output tokens; 0 for embedding models, which put out no billed tokens.'),
  batchInput: usd.optional().describe('Of a million input tokens in a batch.'),
  batchOutput: usd.optional().describe('Of a million output tokens in a batch.'),
  inputAbove272k: usd
    .optional()
    .describe('Of a million input tokens, for the whole request, once its input exceeds 272,000 tokens.'),
  outputAbove272k: usd.optional().describe('Of a million output tokens of such a request.'),
  priorityInput: usd.optional().describe('Of a million input tokens with priority processing.'),
  priorityOutput: usd.optional().describe('Of a million output tokens with priority processing.'),
  imageInput: usd.optional().describe('Of a million tokens of images that are put in.'),
  imageOutput: usd.optional().describe('Of a million tokens of images that are put out.'),
  audioInput: usd.optional().describe('Of a million tokens of audio that is put in.'),
  audioOutput: usd.optional().describe('Of a million tokens of audio that is put out.'),
  /** These prices hold until a day, and then those of the list, where they differ. */
  promotion: z
    .strictObject({
      /** Last day of the promotion that is certain. */
      until: day,
      input: usd,
      cachedInput: usd,
      cacheWrite: usd.optional(),
      output: usd,
      inputAbove272k: usd.optional(),
      outputAbove272k: usd.optional(),
    })
    .optional(),
  /** Prices in units that are not tokens, by the name of the unit. */
  otherUnits: z.record(z.string(), z.number()).optional(),
  /** Price list and key that it was read from. */
  source: z.string(),
  /** Day it was read, where that is not the day of the table. */
  asOf: day.optional(),
});

const imagePriceSchema = z.strictObject({
  /** Null where one price holds for every quality. */
  quality: z.enum(['low', 'medium', 'high']).nullable(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  usdPerImage: z.number().positive(),
});

const byScopeSchema = z.strictObject({
  global: z.number().int().positive().nullable().describe('Of GlobalProvisionedManaged; null is unknown.'),
  dataZone: z
    .number()
    .int()
    .positive()
    .nullable()
    .describe('Of DataZoneProvisionedManaged; null is unknown.'),
  regional: z.number().int().positive().nullable().describe('Of ProvisionedManaged; null is unknown.'),
});

const regionListSchema = z.string().transform(list => list.split(' '));

/** One version of a model that Azure hosts. */
export const hostedModelSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Model format as the account names it, such as `OpenAI` or `Mistral AI`. */
  format: z.string(),
  publisher: z.string(),
  /** Marketplace models ask for accepted terms before the first deployment. */
  soldBy: z.enum(['azure', 'marketplace', 'fireworks']),
  kind: z.enum(['chat', 'embedding', 'image', 'audio', 'rerank', 'router', 'video', 'ocr']),
  /** Input and output together; null is unknown. See `contextTokensOf`. */
  contextTokens: tokens,
  maxInputTokens: tokens,
  maxOutputTokens: tokens,
  /** Smaller limit of one request that Azure sets by deployment type; null where none is stated. */
  requestLimitTokens: z.strictObject({ standard: tokens, provisionedOrBatch: tokens }).nullable(),
  /** BCP 47 tags; null is unknown, which satisfies no stated requirement. */
  languages: z.array(z.string()).nullable(),
  capabilities: z.array(z.string()),
  embeddingDimensions: tokens,
  /** Average over the 56 English tasks of MTEB, 0 to 100. */
  mtebEnglish: z.number().nullable(),
  /** `application`: Azure wants an approved application before the first deployment. Null is unknown. */
  access: z.enum(['application']).nullable(),
  defaultImageQuality: z.enum(['low', 'medium', 'high']).nullable(),
  /** By scope; a scope without a listed price is absent. */
  prices: z.strictObject({
    global: tokenPriceSchema.optional(),
    dataZoneEu: tokenPriceSchema.optional(),
    dataZoneUs: tokenPriceSchema.optional(),
    /** By region of a Standard deployment. */
    regional: z.record(z.string(), tokenPriceSchema).optional(),
  }),
  imagePrices: z.array(imagePriceSchema),
  /** Regions by deployment SKU; null when no region table lists the model. */
  regions: z.partialRecord(z.enum(deploymentSkus), regionListSchema).nullable(),
  lifecycle: z.strictObject({
    /** Null when the retirement schedule does not list the version. */
    stage: z.enum(['Preview', 'GA', 'Legacy', 'Deprecated']).nullable(),
    retirementDate: day.nullable(),
    replacement: z.string().nullable(),
  }),
  /** Default quota of the lowest usage tier, per region, by deployment SKU; null is unknown. */
  quota: z
    .partialRecord(
      z.enum(deploymentSkus),
      z.strictObject({
        requestsPerMinute: z.number().nullable(),
        tokensPerMinute: z.number().nullable(),
        /** Where it was seen, of a quota that is not published. */
        observed: z.string().optional(),
      }),
    )
    .nullable(),
  /** Sizing of provisioned throughput units; null when the model has none. */
  provisioned: z
    .strictObject({
      inputTokensPerMinutePerUnit: z
        .number()
        .positive()
        .describe('Input tokens a minute that one unit takes.'),
      outputToInputRatio: z
        .number()
        .positive()
        .nullable()
        .describe('Input tokens that one output token counts for; null is unknown.'),
      cachedTokenWeight: z
        .number()
        .nonnegative()
        .optional()
        .describe('Input tokens that one cached input token counts for. Default: 0.'),
      minimum: byScopeSchema.describe('Fewest units of a deployment, by scope.'),
      increment: byScopeSchema.describe('Units that a deployment grows by, by scope.'),
      tokensPerSecondTarget99: z
        .number()
        .positive()
        .nullable()
        .describe('Output tokens a second that 99 % of the calls reach; null is unknown.'),
    })
    .nullable(),
  notes: z.array(z.string()),
});

export const retiredModelSchema = z.strictObject({
  name: z.string(),
  /** Null: every version. */
  version: z.string().nullable(),
  retiredOn: day,
  successors: z.array(z.string()),
});

const factorSchema = z.strictObject({ least: z.number().positive(), most: z.number().positive() });

const provisionedRates = z.strictObject({
  GlobalProvisionedManaged: z.number().positive(),
  DataZoneProvisionedManaged: z.number().positive(),
  ProvisionedManaged: z.number().positive(),
});

export const hostingTermsSchema = z.strictObject({
  asOf: day,
  sources: z.record(z.string(), z.string()),
  provisionedUnitUsdPerHour: provisionedRates,
  /** For an hour of a unit that is paid for a whole term, whether it is deployed or not. Absent is unknown. */
  committedUnitUsdPerHour: z.partialRecord(z.enum(commitments), provisionedRates.partial()).optional(),
  provisionedPricesAsOf: day,
  /** Price of a scope over the global one, where only the global one is listed: an estimate between these. */
  unlistedScopes: z.strictObject({
    dataZoneEu: factorSchema,
    dataZoneUs: factorSchema,
    regional: factorSchema,
  }),
  /** Default quota of models that Azure sells and no table lists, those of OpenAI aside. */
  otherModelsQuota: z.strictObject({
    requestsPerMinute: z.number().positive(),
    tokensPerMinute: z.number().positive(),
  }),
  /** Batch price over the standard one. */
  batchFactor: z.number().positive(),
  /** Tokens that may wait at once in the smallest paid subscription, by batch SKU and model. */
  batchQuota: z.partialRecord(z.enum(deploymentSkus), z.record(z.string(), z.number().int().positive())),
  /** Whether a version in this stage may be deployed anew. */
  newDeployments: z.record(
    z.enum(['Preview', 'GA', 'Legacy', 'Deprecated', 'Retired']),
    z.enum(['allowed', 'existing-subscriptions-only', 'refused']),
  ),
});

/** @property reasoning how it thinks, where it does */
export type HostedModel = Readonly<z.output<typeof hostedModelSchema>> & { readonly reasoning?: Reasoning };
export type TokenPrice = Readonly<z.output<typeof tokenPriceSchema>>;
export type ImagePrice = Readonly<z.output<typeof imagePriceSchema>>;
export type RetiredModel = Readonly<z.output<typeof retiredModelSchema>>;
export type HostingTerms = Readonly<z.output<typeof hostingTermsSchema>>;

/**
 * Context that one request can certainly use, in tokens; null when unknown. Where only the input limit is published it
 * is a safe lower bound of the context, because output comes on top of it.
 */
export function contextTokensOf(model: HostedModel): number | null {
  return model.contextTokens ?? model.maxInputTokens;
}

/** Where a deployment SKU may process prompts, which its prefix says. */
export function scopeOf(sku: string): 'global' | 'zone' | 'region' {
  if (sku.startsWith('Global')) return 'global';
  return sku.startsWith('DataZone') ? 'zone' : 'region';
}

/** Whether it is for jobs that may take a day. */
export function isBatchSku(sku: string): boolean {
  return sku.endsWith('Batch');
}

/** Whether it is paid by the unit of throughput instead of by the token. */
export function isProvisionedSku(sku: string): boolean {
  return sku.endsWith('ProvisionedManaged');
}

/** How long a model version is there, as far as that is known. */
interface Lifecycle {
  readonly stage: NonNullable<HostedModel['lifecycle']['stage']> | 'unknown';
  /** Day from which it answers no more, YYYY-MM-DD; null where none is set. */
  readonly retirementDate: string | null;
  /** Whether no schedule lists it, and it follows from the rules for what is sold. */
  readonly estimated: boolean;
}

/**
 * The stage and the retirement of a model version. One that is sold and that the schedule does not list yet is generally
 * available, because every other stage is labelled, and such a version stays for a year after its launch.
 */
export function lifecycleOf({ lifecycle, regions, version }: HostedModel): Lifecycle {
  const { stage, retirementDate } = lifecycle;
  if (stage !== null) return { stage, retirementDate, estimated: false };
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(version);
  if (!regions || !isDay) return { stage: 'unknown', retirementDate, estimated: false };
  return { stage: 'GA', retirementDate: retirementDate ?? aYearAfter(version), estimated: true };
}

function aYearAfter(day: string): string {
  return new Date(Date.parse(day) + 365 * 86_400_000).toISOString().slice(0, 10);
}
