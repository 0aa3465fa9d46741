import { z } from 'zod';
import { tuningMethods } from '../../catalog';
import { modelNameForm } from '../../limits/form';
import { azureLocation, sha256, textOf } from './basics';

/** How a training is sold: where it runs, and whether it may be interrupted. */
const trainingTiers = ['standard', 'global', 'developer'] as const;

const trainingFile = z.string().regex(/\.jsonl$/, 'the path of a .jsonl file, such as data/train.jsonl');

const hyperparametersSchema = z.strictObject({
  epochs: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('Times that the whole training file is gone through; a training is priced by them.'),
  batchSize: z.number().int().positive().optional().describe('Examples of a step. Default: Azure chooses.'),
  learningRateMultiplier: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe('Of the rate of the base model; Microsoft advises 0.02 to 0.2. Default: Azure chooses.'),
  beta: z
    .number()
    .positive()
    .max(2)
    .optional()
    .describe('How near preference tuning stays to the base model; method dpo only. Default: Azure chooses.'),
  seed: z.number().int().nonnegative().optional().describe('Of what is random. Default: Azure chooses.'),
});

const evaluationSchema = z.strictObject({
  trainingLoss: z.number().nonnegative().optional().describe('Of the training file, 0 or more.'),
  validationLoss: z.number().nonnegative().optional().describe('Of the validation file, 0 or more.'),
  validationTokenAccuracy: z.number().min(0).max(1).optional().describe('Mean, 0 to 1.'),
});

/** What a model was tuned by. */
export const lineageSchema = z.strictObject({
  job: z.string().min(1).max(64).describe('What tuned it: id of the job, or program with its version.'),
  date: z.iso.date('a day as YYYY-MM-DD').describe('On which it was done.'),
  trainingSha256: sha256.describe('Of the training file.'),
  validationSha256: sha256.optional().describe('Of the validation file.'),
  trainedTokens: z.number().int().nonnegative().optional().describe('Tokens that were billed.'),
  evaluation: evaluationSchema.optional().describe('What the last step measured.'),
});

/** A tuned model of an account, and what it comes from. */
const tunedModelSchema = z
  .strictObject({
    model: textOf(modelNameForm).describe(
      'Name that the job gave it, such as gpt-4.1-mini-2025-04-14.ft-0123456789abcdef.',
    ),
    location: azureLocation.describe('Of the account that trained it, which alone can deploy it.'),
    base: z
      .strictObject({
        model: z.string().describe('Hosted model of the catalogue.'),
        version: z.string().describe('Its version.'),
      })
      .describe('What it was tuned from.'),
    ...lineageSchema.shape,
  })
  .describe('The tuned model that is deployed, with its lineage; berth tune register writes it.');

export const fineTuningSchema = z
  .strictObject({
    base: z
      .strictObject({
        model: z.string().describe('Hosted model of the catalogue.'),
        version: z.string().optional().describe('Its version. Default: any that can be tuned.'),
      })
      .optional()
      .describe('Model to tune. Default: the one that the decision takes of all that can be tuned.'),
    method: z
      .enum(tuningMethods)
      .default('supervised')
      .describe('supervised: by examples of answers (SFT). dpo: by pairs of a better and a worse answer.'),
    trainingFile: trainingFile.describe('JSONL file of examples, relative to the environment.'),
    validationFile: trainingFile
      .optional()
      .describe('JSONL file of examples that the tuned model is judged by. Default: none.'),
    trainingTokens: z
      .number()
      .int()
      .positive()
      .optional()
      .describe(
        'Tokens of the training file; one epoch is billed by them. berth tune start estimates them, and berth tune register writes what the job counted. Default: unknown.',
      ),
    hyperparameters: hyperparametersSchema
      .prefault({})
      .describe('How the training goes through the examples.'),
    tier: z
      .enum(trainingTiers)
      .default('standard')
      .describe(
        "Where it may be trained. standard: in the account's own region. global: anywhere, for less. developer: on idle capacity anywhere, which may interrupt it.",
      ),
    suffix: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/, '1 to 40 letters, digits, underscores and hyphens')
      .optional()
      .describe('Put behind the name of the tuned model. Default: the name of the workload.'),
    retrainedEveryMonths: z
      .number()
      .positive()
      .max(120)
      .optional()
      .describe(
        'How often it is trained again, whose cost is then part of a month. Default: trained once, which is told and is no part of a month.',
      ),
    tuned: tunedModelSchema.optional(),
  })
  .describe('How the model is tuned with data of your own.');
