import { z } from 'zod';
import { commitments, statedFactSchema } from '../catalog';
import { deviceSchema, engineSchema, measuredSchema, verifiedSchema, weightsSchema } from './schema/assets';
import { deviceName, identifier } from './schema/basics';
import { evidenceSchema } from './schema/evidence';
import type { fineTuningSchema } from './schema/fine-tuning';
import { hostedDeploymentSchema } from './schema/hosted-deployments';
import { moveWhenSchema } from './schema/move-when';
import { awsSchema, azureSchema, backendSchema, carbonSchema, lifecycleSchema } from './schema/platform';
import { onlineEndpointSchema } from './schema/online-endpoints';
import { rolloutSchema } from './schema/rollout';
import { workloadSchema } from './schema/workload';

export { tasks } from './schema/workload';

/**
 * The schema of an environment: what a platform engineer writes. The types are inferred from it, the JSON Schema for
 * editors is generated from it, and TypeScript, YAML and JSON files all go through it.
 */
export const environmentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Path of environment.schema.json, for the editor.'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,11}$/, '1 to 12 lower-case letters and digits that start with a letter')
      .describe(
        "1 to 12 lower-case letters and digits that start with a letter. No hyphen: cdktf deploy 'dev-*' must not catch another environment.",
      ),
    azure: azureSchema.optional(),
    aws: awsSchema.optional(),
    backend: backendSchema.optional(),
    devices: z.record(deviceName, deviceSchema).default({}).describe('Owned devices by name.'),
    weights: z
      .record(identifier, weightsSchema)
      .default({})
      .describe(
        'Verified weights by name. They forbid no other model: a file whose hash is published needs no entry, a workload that none of these can serve is answered with the lines to add, and what would cost less from another file is shown.',
      ),
    engines: z.array(engineSchema).default([]).describe('Builds of the inference engine.'),
    measured: z
      .array(measuredSchema)
      .optional()
      .describe('Speeds that were measured on machines and devices, which count instead of predictions.'),
    facts: z
      .array(statedFactSchema)
      .optional()
      .describe(
        'What is published of models, where the catalogue lacks it or is older: limits, lifecycle, regions, quotas, provisioned units, prices. What the team measured is in verified.',
      ),
    verified: z.array(verifiedSchema).default([]).describe('What the team measured of models itself.'),
    budget: z
      .strictObject({
        monthlyUsd: z
          .number()
          .positive()
          .describe('USD for a month of 730 h, more than 0; beyond it nothing is placed.'),
      })
      .optional()
      .describe('Most that the environment may cost, USD a month of 730 h. Default: no limit.'),
    publishers: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Publishers whose models may be used. Default: any.'),
    licences: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Licences of open weights that may be used, such as MIT. Default: any.'),
    commitments: z
      .array(z.enum(commitments))
      .optional()
      .describe(
        'Terms that the team would pay for: the cheapest of them that a price is known of counts for machines that always run and for provisioned throughput. Somebody has to buy them; Berth buys none. Default: none, and explanations say from when on one would pay.',
      ),
    evidence: evidenceSchema.optional(),
    moveWhen: moveWhenSchema.prefault({}),
    rollout: rolloutSchema.optional(),
    hostedDeployments: z
      .record(z.string(), hostedDeploymentSchema)
      .optional()
      .describe(
        'How callers come from a hosted deployment to its successor, by the name of the deployment, which the model directory and the lock tell. Default: there is no other.',
      ),
    onlineEndpoints: z
      .record(z.string(), onlineEndpointSchema)
      .optional()
      .describe('How managed online endpoints run, by open model. Default: as each setting says.'),
    lifecycle: lifecycleSchema.prefault({}),
    carbon: carbonSchema.optional(),
    prices: z
      .string()
      .regex(/\.json$/, 'the path of a .json file, such as prices.json')
      .optional()
      .describe(
        'Prices instead of the shipped ones, from this file; berth prices refresh writes it. Default: none.',
      ),
    maxPriceAgeDays: z
      .number()
      .int()
      .positive()
      .default(180)
      .describe('Prices older than this are warned of.'),
    tags: z
      .record(
        z.string().regex(/^[^<>%&\\?/]{1,512}$/, '1 to 512 characters other than < > % & \\ ? /'),
        z.string().max(256),
      )
      .default({})
      .describe('Tags put on every resource.'),
    workloads: z.array(workloadSchema).min(1).describe('What needs a model, one at least.'),
  })
  .describe('An environment: what it may use, and the workloads that need a place in it.');

/** An environment with all its defaults. */
export type Environment = z.output<typeof environmentSchema>;
/** An environment as it is written. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
export type { ActiveHours, Weekday } from './schema/hours';
/** What one application asks of a model. */
export type Workload = z.output<typeof workloadSchema>;
/** How a workload's model is tuned. */
export type FineTuningPlan = z.output<typeof fineTuningSchema>;
/** How the managed online endpoint of a model runs. */
export type { OnlineEndpointSettings } from './schema/online-endpoints';
/** How callers of a hosted deployment come to another one. */
export type { HostedRollout } from './schema/hosted-deployments';
/** A tuned model of an account, with its lineage. */
export type TunedModel = NonNullable<FineTuningPlan['tuned']>;
/** What fine-tuned weights come from. */
export type Lineage = NonNullable<z.output<typeof weightsSchema>['lineage']>;
/** A device that the company owns. */
export type Device = z.output<typeof deviceSchema>;
/** A file of weights that somebody verified. */
export type Weights = z.output<typeof weightsSchema>;
/** A build of llama.cpp that somebody verified. */
export type Engine = z.output<typeof engineSchema>;
/** How fast a model is on a machine or device, as somebody measured it. */
export type Measured = z.output<typeof measuredSchema>;
/** What the team itself measured or tried of a model. */
export type Verified = z.output<typeof verifiedSchema>;

/** Types a TypeScript environment while it is written; the parser still checks it. */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}
