import { z } from 'zod';
import { deploymentSkus } from '../../catalog';
import { acceleratorTypes } from '../../limits/managed-compute';
import { addressSpace, armId, azureLocation, zoneName } from './basics';

const quotaSchema = z
  .strictObject({
    model: z.string().describe('Hosted model of the catalogue.'),
    sku: z.enum(deploymentSkus).describe('Deployment SKU.'),
    location: azureLocation.optional().describe('Default: every location.'),
    tokensPerMinute: z
      .number()
      .nonnegative()
      .optional()
      .describe('Tokens a minute, per region; standard deployments. Default: as the catalogue has it.'),
    requestsPerMinute: z
      .number()
      .nonnegative()
      .optional()
      .describe('Requests a minute, per region; standard deployments. Default: as the catalogue has it.'),
    provisionedUnits: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe('Provisioned throughput units, per region; provisioned deployments. Default: unknown.'),
    enqueuedTokens: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe('Tokens that may wait at once; batch deployments only.'),
  })
  .describe("The subscription's own quota of a model, instead of the default of the lowest usage tier.");

const managedComputeSchema = z
  .strictObject({
    usdPerAcceleratorHour: z
      .partialRecord(z.enum(acceleratorTypes), z.number().positive())
      .describe('Price of one accelerator, USD an hour, as the price list of Azure says. Default: unknown.'),
    asOf: z.iso.date('a day as YYYY-MM-DD').describe('Day that the prices were read.'),
    quotas: z
      .array(
        z.strictObject({
          acceleratorType: z.enum(acceleratorTypes).describe('Kind of accelerator.'),
          location: azureLocation.describe('Azure region.'),
          accelerators: z.number().int().nonnegative().describe('Accelerators that may be used there.'),
        }),
      )
      .default([])
      .describe('Accelerators that the subscription may use, by region. Default: unknown.'),
  })
  .describe(
    'Foundry managed compute, open models on accelerators that Microsoft runs, in preview: what it costs, and how much of it may be used. Nobody publishes either in a form that Berth may ship.',
  );

export const existingSchema = z.strictObject({
  virtualNetworkId: armId('Microsoft.Network/virtualNetworks')
    .optional()
    .describe('Virtual network; its subnets are named beside it.'),
  endpointSubnetId: armId('Microsoft.Network/virtualNetworks/subnets')
    .optional()
    .describe('Subnet for private endpoints.'),
  hostSubnetId: armId('Microsoft.Network/virtualNetworks/subnets')
    .optional()
    .describe('Subnet for machines; it has explicit egress already.'),
  privateDnsZoneIds: z
    .record(zoneName, armId('Microsoft.Network/privateDnsZones'))
    .optional()
    .describe('Zone name to ARM id.'),
  logAnalyticsWorkspaceId: armId('Microsoft.OperationalInsights/workspaces')
    .optional()
    .describe('Workspace that diagnostics go to.'),
  keyVaultId: armId('Microsoft.KeyVault/vaults')
    .optional()
    .describe('Vault in which hosts keep keys and certificates.'),
  accountIds: z
    .record(azureLocation, armId('Microsoft.CognitiveServices/accounts'))
    .optional()
    .describe('Azure location to account.'),
  machineLearningWorkspaceId: armId('Microsoft.MachineLearningServices/workspaces')
    .optional()
    .describe('Workspace for catalogue endpoints.'),
});

const acceptedTermsSchema = z
  .strictObject({
    publisher: z.string().describe('Publisher whose deployments accept its terms, such as Anthropic.'),
    organizationName: z.string().min(1).max(256).describe('Organisation that accepts the terms.'),
    countryCode: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two capital letters, as ISO 3166-1 has them')
      .describe('Country of the organisation.'),
    industry: z
      .string()
      .regex(/^[a-z][a-z_ -]{1,63}$/, 'lower-case letters, such as technology')
      .describe('Industry of the organisation, as the portal lists them.'),
  })
  .describe(
    'You accept the terms of the publisher in the name of the organisation: each deployment of one of its models says so to Azure.',
  );

export const azureSchema = z
  .strictObject({
    subscriptionId: z.guid('a GUID').describe('Subscription that holds the environment.'),
    locations: z
      .array(azureLocation)
      .min(1)
      .describe(
        'Regions that may be used. The first holds the platform when the environment is placed for the first time; the lock records it, and it stays there in whatever order they stand.',
      ),
    addressSpace: addressSpace.default('10.40.0.0/16').describe('Of the virtual network that is made.'),
    acceptedTerms: z
      .array(z.union([z.string(), acceptedTermsSchema]))
      .default([])
      .describe(
        'Publishers whose marketplace terms the subscription has accepted. Of those whose deployments accept them, such as Anthropic: who accepts them. Berth accepts none by itself.',
      ),
    approvedModels: z
      .array(z.string())
      .default([])
      .describe('Models that ask for an application, and for which it was approved.'),
    alreadyDeployed: z
      .array(
        z.strictObject({
          model: z.string().describe('Hosted model of the catalogue.'),
          version: z.string().describe('Its version.'),
        }),
      )
      .default([])
      .describe(
        'Deprecated model versions that the subscription has deployed already; others cannot be deployed.',
      ),
    quotas: z
      .array(quotaSchema)
      .default([])
      .describe('Quota that differs from the default, or that no table lists.'),
    managedCompute: managedComputeSchema.optional(),
    fineTunedUsdPerHour: z
      .number()
      .nonnegative()
      .optional()
      .describe('Fee of a deployment of a fine-tuned model, USD an hour. Default: unknown.'),
    trainingUsdPerMillionTokens: z
      .record(z.string(), z.number().nonnegative())
      .optional()
      .describe(
        'What a million tokens of training cost, USD, by the base model, at the tier that workloads train at. Default: unknown.',
      ),
    existing: existingSchema
      .default({})
      .describe('Use these instead of making them. Default: everything is made.'),
  })
  .describe('Azure, where the environment may use it.');

export const awsSchema = z
  .strictObject({
    account: z
      .string()
      .regex(/^\d{12}$/, 'the 12 digits of an AWS account')
      .optional()
      .describe("Default: that of the caller's credentials."),
    region: z
      .string()
      .regex(/^[a-z]{2}-[a-z]+-\d$/, 'an AWS region, such as us-east-1')
      .describe('AWS region, such as us-east-1.'),
    vpcId: z
      .string()
      .regex(/^vpc-[0-9a-f]+$/, 'a VPC id, vpc-…')
      .optional()
      .describe('Default: a VPC is made.'),
  })
  .describe('AWS, where the environment may use it.');

/** Of the keys of states: empty, or parts of letters, digits, dots, hyphens and underscores with slashes between them. */
export const keyPrefix = z
  .string()
  .max(200)
  .regex(
    /^([A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*)?$/,
    'parts of letters, digits, dots, hyphens and underscores with single slashes between them, at most 200 characters',
  );

export const backendSchema = z
  .strictObject({
    resourceGroupName: z
      .string()
      .regex(
        /^[\w.()-]{0,89}[\w()-]$/,
        '1 to 90 letters, digits, underscores, hyphens, full stops and parentheses',
      )
      .describe('Resource group of the storage account.'),
    storageAccountName: z
      .string()
      .regex(/^[a-z0-9]{3,24}$/, '3 to 24 lower-case letters and digits')
      .describe('Storage account, 3 to 24 lower-case letters and digits; it has to be there.'),
    containerName: z
      .string()
      .regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, '3 to 63 lower-case letters, digits and single hyphens')
      .describe('Blob container, 3 to 63 lower-case letters, digits and single hyphens; it has to be there.'),
    keyPrefix: keyPrefix
      .optional()
      .describe(
        'What the key of each state begins with, before /<environment>-<role>.tfstate. It is taken when an environment is placed for the first time and recorded in the lock; `berth state move` changes it. Default: the subscription, else the AWS account, and the project of cdktf.json.',
      ),
  })
  .describe(
    'Blob container for the Terraform state, reached with Entra ID. Default: a local file per stack.',
  );

export const carbonSchema = z
  .strictObject({
    gramsPerKwh: z
      .record(z.string(), z.number().nonnegative())
      .describe('Grams of CO2 that a kilowatt-hour emits, by region or by the site of a device.'),
    watts: z
      .record(z.string(), z.number().positive())
      .default({})
      .describe(
        'What one machine draws, W, by its size. Default: the power limit of its graphics boards, the stated or peak power of a device; a machine without boards is unknown.',
      ),
  })
  .describe('What the carbon limits of workloads are judged by. Berth ships no such figures.');

export const lifecycleSchema = z
  .strictObject({
    retirementHorizonDays: z
      .number()
      .int()
      .nonnegative()
      .default(0)
      .describe('A model that retires within this many days is not chosen, or warned of.'),
    insideHorizon: z
      .enum(['error', 'warning'])
      .default('error')
      .describe('What such a model is: error, not chosen; warning, chosen and warned of.'),
    preview: z.enum(['allowed', 'refused']).default('allowed').describe('Models in preview.'),
  })
  .describe('How near to its retirement a model may be.');
