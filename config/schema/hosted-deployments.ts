import { z } from 'zod';
import { deploymentCapacity } from '../../limits/deployment';
import { identifier } from './basics';

const besideSchema = z
  .strictObject({
    model: z.string().describe('Hosted model of the catalogue, of the same task.'),
    version: z.string().describe('Its version.'),
    format: z
      .string()
      .default('OpenAI')
      .describe('Publisher as the account names it, such as OpenAI or Mistral AI.'),
    capacity: z
      .number()
      .int()
      .min(1)
      .max(deploymentCapacity)
      .optional()
      .describe('As that of the deployment that was placed, and by default the same.'),
  })
  .describe('A deployment beside the one that was placed, on the same account, sold in the same way.');

export const hostedDeploymentSchema = z
  .strictObject({
    deployments: z
      .record(identifier, besideSchema)
      .describe(
        'Deployments beside the one that was placed, by the name that each has in the account. A decision for the model of one of them takes it over as it stands.',
      ),
    traffic: z
      .record(identifier, z.number().int().min(0).max(100))
      .optional()
      .describe(
        'Percent of the requests by deployment, which sum to 100; `placed` is the one that was placed. The model directory tells it to callers, since Azure shares no traffic among the deployments of an account. Default: all to that.',
      ),
  })
  .describe(
    'How callers of a hosted model come to another one. Nothing of it moves a workload or changes a deployment that stands.',
  );

/** How callers of a hosted deployment come to another one. */
export type HostedRollout = Readonly<z.output<typeof hostedDeploymentSchema>>;
