import { z } from 'zod';
import { verifiedSchema } from './assets';
import { venueNames } from '../../placement/venues/names';
import { identifier, languageTag } from './basics';
import { evidenceSchema } from './evidence';
import { fineTuningSchema } from './fine-tuning';
import { activeHoursSchema } from './hours';
import { sitesSchema } from './sites';

export const tasks = [
  'chat',
  'completion',
  'summarisation',
  'classification',
  'extraction',
  'translation',
  'code',
  'embedding',
  'image-generation',
] as const;

const residencies = ['any', 'data-zone', 'region', 'own-network', 'on-premises', 'device'] as const;

/** Fields of work that a focused task can be judged in. */
const fields = ['language', 'code', 'math', 'extraction', 'summarisation'] as const;

const count = z.number().int().nonnegative();

const trafficSchema = z
  .strictObject({
    requestsPerDay: z
      .number()
      .nonnegative()
      .describe('Requests a day, on average; of a workload with sites, at each of them.'),
    inputTokens: count.describe('Input tokens of one request, on average.'),
    outputTokens: count
      .default(0)
      .describe('Output tokens of one request, on average. Images and embeddings: 0.'),
    images: count.default(0).describe('Images made by one request; image generation only.'),
    peakFactor: z.number().min(1).max(100).default(3).describe('Busiest hour over the average hour.'),
    cachedInputShare: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Share of input tokens that repeat a cached prefix, 0 to 1.'),
    deferrable: z
      .boolean()
      .default(false)
      .describe('Whether answers may take up to 24 hours; batch deployments serve only such workloads.'),
    activeHours: activeHoursSchema.optional(),
  })
  .describe('How much the workload asks for.');

const qualitySchema = z
  .union([
    z.strictObject({ atLeast: z.string().describe('A model of the catalogue; its own index is the bar.') }),
    z.strictObject({ index: z.number().describe('Index where gpt-4o-mini is 0; it ranks, no more.') }),
    z.literal('any').describe('Any model, also one that nobody measured.'),
  ])
  .describe(
    'Required quality, judged in general or in the field of a focused task, by the lower end of what is known. Default: a floor by task and scope, which docs/how-berth-decides.md lists.',
  );

const latencySchema = z
  .strictObject({
    firstTokenSeconds: z
      .number()
      .positive()
      .optional()
      .describe('Seconds to the first token at the peak, at most.'),
    tokensPerSecond: z
      .number()
      .positive()
      .optional()
      .describe('Output tokens a second of one answer, at least.'),
  })
  .describe('Speed that one caller needs.');

const reasoningSchema = z
  .enum(['none', 'allowed', 'low', 'medium', 'high'])
  .describe(
    'Whether models may think before they answer, in hidden tokens that cost money and time. none: only models that need not. allowed: with the least effort that gives the quality. low, medium, high: with this effort, those that can. Default: as little as each model can where answers have fewer than 50 tokens, else allowed.',
  );

const imageSchema = z
  .strictObject({
    quality: z.enum(['low', 'medium', 'high']).optional().describe("Default: the model's own."),
    width: z.number().int().positive().default(1024).describe('Pixels.'),
    height: z.number().int().positive().default(1024).describe('Pixels.'),
  })
  .describe('What an image is to be like; image generation only.');

const pinSchema = z
  .strictObject({
    venue: z.enum(venueNames).optional().describe('Kind of place. Default: any.'),
    model: z
      .string()
      .optional()
      .describe('Model of the catalogue, or a key of weights that are fine-tuned. Default: any.'),
    version: z.string().optional().describe('Of a hosted model. Default: any.'),
    sku: z.string().optional().describe('Deployment SKU, instance type, machine size or device hardware.'),
    measured: verifiedSchema
      .omit({ model: true })
      .optional()
      .describe(
        'What the team measured of the pinned model; speeds of a machine count together with its sku.',
      ),
  })
  .describe('Choose instead of Berth; a pin that breaks a rule is an error.');

export const workloadSchema = z.strictObject({
  name: identifier.describe(
    'Unique in the environment: 2 to 32 lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen.',
  ),
  formerly: identifier
    .optional()
    .describe(
      'Name that it had before, so that what is deployed for it stays its own. Not needed once it is placed.',
    ),
  description: z.string().optional().describe('For people; it decides nothing.'),
  task: z.enum(tasks).describe('What the model is asked to do.'),
  scope: z
    .enum(['general', 'focused'])
    .default('general')
    .describe('General: converses about anything. Focused: one field, in which alone it is judged.'),
  field: z
    .enum(fields)
    .optional()
    .describe(
      'Field of a focused task. Default: code, extraction or summarisation by the task, else language.',
    ),
  quality: qualitySchema.optional(),
  languages: z
    .array(languageTag)
    .default([])
    .describe(
      'Languages the answers need, as BCP 47 tags. A list of the maker states them; scores in the language are an estimate.',
    ),
  contextTokens: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Context one request may need, in tokens. Default: twice the average input plus output.'),
  maxOutputTokens: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Longest answer, in tokens. Default: twice the average output.'),
  traffic: trafficSchema,
  latency: latencySchema.optional(),
  reasoning: reasoningSchema.optional(),
  image: imageSchema.optional(),
  residency: z
    .enum(residencies)
    .default('any')
    .describe(
      [
        'Where prompts and answers may be processed.',
        'any: anywhere.',
        "data-zone: the EU or US data zone of the data's region, or stricter.",
        "region: the data's own region.",
        'own-network: machines in our own network; a private endpoint to a shared service does not count.',
        'on-premises: owned devices.',
        "device: owned devices of the workload's site.",
      ].join(' '),
    ),
  dataLocation: z
    .strictObject({
      provider: z.enum(['azure', 'aws']).describe('Cloud that the data is in.'),
      region: z.string().describe('Its region, such as swedencentral or eu-north-1.'),
    })
    .optional()
    .describe("Where the data lives. Default: the environment's first Azure location, else its AWS region."),
  tenancy: z
    .enum(['shared', 'dedicated'])
    .default('shared')
    .describe('Dedicated: compute that serves no other customer.'),
  connectivity: z
    .enum(['online', 'offline'])
    .default('online')
    .describe('Offline: must work, for callers on the site, without any connection.'),
  api: z
    .enum(['any', 'openai'])
    .optional()
    .describe(
      'What callers speak. openai: only models that are asked by the OpenAI API; some of the catalogue answer in a format of their own. Default: any.',
    ),
  operations: z
    .enum(['any', 'provider-managed'])
    .default('any')
    .describe('Provider-managed: no operating system of ours to patch.'),
  site: identifier
    .optional()
    .describe('Edge site it serves; devices of that site may host it, others may not. Default: none.'),
  sites: sitesSchema.optional(),
  partOf: identifier
    .optional()
    .describe(
      'Workload with sites of several kinds that this is the part of one kind of; Berth writes it into locks.',
    ),
  weights: identifier
    .optional()
    .describe(
      "Key of the environment's weights that it must run on: own, fine-tuned ones. Default: any model.",
    ),
  fineTuning: z
    .union([z.boolean(), fineTuningSchema])
    .optional()
    .describe(
      'How the model is tuned with data of your own; true says only that it is meant to be. Own weights that are tuned already are named by weights. Default: false.',
    ),
  interruptible: z
    .boolean()
    .optional()
    .describe('Whether it may stop for hours without notice, as spot machines do. Default: false.'),
  carbon: z
    .strictObject({
      monthlyKg: z.number().nonnegative().describe('Kilograms of CO2 in a month of 730 h, at most.'),
    })
    .optional()
    .describe(
      "What the machines that it needs may emit, whoever shares them, by the environment's carbon. Services publish no figure and satisfy no limit. Default: no limit.",
    ),
  evidence: evidenceSchema.optional(),
  pin: pinSchema.optional(),
});
