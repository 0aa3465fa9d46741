import { z } from 'zod';
import { endpointInstances } from '../../limits/deployment';
import { assetForm } from '../../limits/asset';
import { armId, identifier } from './basics';
import { activeHoursSchema } from './hours';

const seconds = z.number().int().positive();
const instances = z.number().int().min(1).max(endpointInstances);
const percent = z.number().int().min(0).max(100);

const probeSchema = z.strictObject({
  initialDelaySeconds: seconds
    .optional()
    .describe('Before the first probe. Default: 600 of liveness, 10 of readiness.'),
  periodSeconds: seconds.optional().describe('Between probes. Default: 10.'),
  timeoutSeconds: seconds.optional().describe('Longest wait for an answer. Default: 10.'),
  failureThreshold: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Failures in a row that count. Default: 120 of liveness, 180 of readiness.'),
});

const deploymentSchema = z
  .strictObject({
    assetId: z
      .string()
      .refine(assetForm.holds, assetForm.allowed)
      .describe('Model of a registry or workspace, such as the next version of the one that was placed.'),
    instanceType: z
      .string()
      .regex(/^Standard_\w+$/, 'a machine size such as Standard_NC24ads_A100_v4')
      .optional()
      .describe('Default: that of the deployment that was placed.'),
    instanceCount: instances.optional().describe('Default: that of the deployment that was placed.'),
  })
  .describe('A deployment beside the one that was placed.');

const { days, from, to, timeZone } = activeHoursSchema.shape;

const hoursSchema = z
  .strictObject({
    days,
    from: from.describe('Instances are added then, and answer once they have loaded the weights.'),
    to: to.describe(
      'The fewest of other hours count again; at or before from, it is a time of the next day.',
    ),
    timeZone,
    minimumInstances: instances
      .optional()
      .describe('Fewest instances then. Default: as many as were placed.'),
  })
  .describe('Hours in which more instances stand by. Default: all hours are alike.');

const alertsSchema = z
  .strictObject({
    actionGroupIds: z
      .array(armId('Microsoft.Insights/actionGroups'))
      .optional()
      .describe('Action groups that hear of it. Default: none; alerts are seen in Azure Monitor.'),
    latencyP95Seconds: seconds
      .max(180)
      .optional()
      .describe('What 95 in 100 requests may take, over five minutes. Default: not watched.'),
    failuresPerMinute: z
      .number()
      .int()
      .positive()
      .optional()
      .describe(
        'Answers of 5xx in a minute, over five minutes, beyond which it is told. Default: not watched.',
      ),
  })
  .describe('Alerts of Azure Monitor on the endpoint. Default: none.');

export const onlineEndpointSchema = z
  .strictObject({
    autoscale: z
      .strictObject({
        minimumInstances: instances.optional().describe('Fewest instances. Default: as many as were placed.'),
        maximumInstances: instances.describe('Most instances; it begins at as many as were placed.'),
        scaleOutPercent: percent.default(70).describe('Utilisation above which an instance is added.'),
        scaleInPercent: percent.default(25).describe('Utilisation below which one is taken away.'),
        hours: hoursSchema.optional(),
      })
      .optional()
      .describe(
        'Instances by the utilisation of GPU or CPU, and by the hour. Costs are counted for as many as were placed. Default: as many as were placed.',
      ),
    alerts: alertsSchema.optional(),
    requests: z
      .strictObject({
        concurrentPerInstance: z.number().int().positive().optional().describe('Default: 64.'),
        timeoutSeconds: seconds.max(180).optional().describe('Default: 180.'),
        maxQueueWaitSeconds: seconds.optional().describe("Default: the service's own."),
      })
      .optional()
      .describe('Limits of requests.'),
    liveness: probeSchema
      .optional()
      .describe('When an instance counts as dead. Default: after half an hour of silence.'),
    readiness: probeSchema.optional().describe('When an instance is given requests.'),
    dataCollection: z
      .boolean()
      .optional()
      .describe('Keeps requests and answers in the storage of the workspace. Default: false.'),
    deployments: z
      .record(identifier, deploymentSchema)
      .optional()
      .describe(
        'Deployments beside the one that was placed, by a name of your own. Once it was stated, leave it, empty if need be: it says how deployments are known to Terraform.',
      ),
    traffic: z
      .record(identifier, percent)
      .optional()
      .describe(
        'Percent of the requests by deployment, which sum to 100; `placed` is the one that was placed. Default: all to that.',
      ),
    mirror: z
      .strictObject({
        deployment: identifier.describe('Deployment that gets the copies.'),
        percent: z.number().int().describe('Of the requests, 1 to 50.'),
      })
      .optional()
      .describe(
        'Copies 1 to 50 percent of the requests to a deployment without traffic, whose answers nobody sees.',
      ),
  })
  .describe('How the managed online endpoint of a model runs. None of it moves a workload.');

/** How the managed online endpoint of a model runs. */
export type OnlineEndpointSettings = Readonly<z.output<typeof onlineEndpointSchema>>;
