import { devInput, workloadOf } from '../config/dev-input';
import type { Loose } from '../config/dev-input';

const group = '/subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11/resourceGroups/rg-hub/providers';
const network = `${group}/Microsoft.Network/virtualNetworks/vnet-hub`;

const existing = {
  virtualNetworkId: network,
  endpointSubnetId: `${network}/subnets/endpoints`,
  hostSubnetId: `${network}/subnets/hosts`,
  privateDnsZoneIds: {
    'privatelink.openai.azure.com': `${group}/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com`,
  },
  logAnalyticsWorkspaceId: `${group}/Microsoft.OperationalInsights/workspaces/log-hub`,
  keyVaultId: `${group}/Microsoft.KeyVault/vaults/kv-hub`,
  accountIds: { swedencentral: `${group}/Microsoft.CognitiveServices/accounts/aif-hub` },
  machineLearningWorkspaceId: `${group}/Microsoft.MachineLearningServices/workspaces/mlw-hub`,
};

/** The dev environment with everything that it may say, on both clouds. */
export function fullEnvironment(change: (input: Loose) => void = () => undefined): Loose {
  return devInput(each => {
    each.$schema = '../environment.schema.json';
    Object.assign(each.azure, {
      addressSpace: '10.40.0.0/16',
      acceptedTerms: [
        'Cohere',
        { publisher: 'Anthropic', organizationName: 'Shop AB', countryCode: 'SE', industry: 'retail' },
      ],
      alreadyDeployed: [
        { model: 'gpt-4o-mini', version: '2024-07-18' },
        { model: 'gpt-4.1-mini', version: '2025-04-14' },
      ],
      fineTunedUsdPerHour: 1.7,
      quotas: [
        { model: 'gpt-5-mini', sku: 'DataZoneStandard', location: 'swedencentral', tokensPerMinute: 9e6 },
      ],
      managedCompute: {
        usdPerAcceleratorHour: { H100_80GB: 8 },
        asOf: '2026-11-20',
        quotas: [{ acceleratorType: 'H100_80GB', location: 'swedencentral', accelerators: 8 }],
      },
      trainingUsdPerMillionTokens: { 'gpt-4.1-mini': 5 },
      existing,
    });
    each.aws = { account: '123456789012', region: 'us-east-1', vpcId: 'vpc-0a1b2c3d' };
    each.backend = {
      resourceGroupName: 'rg-state',
      storageAccountName: 'stshopstate',
      containerName: 'berth',
      keyPrefix: 'shop',
    };
    each.carbon = { gramsPerKwh: { swedencentral: 30, stockholm: 30 }, watts: { Standard_NC4as_T4_v3: 100 } };
    each.licences = ['MIT', 'Apache-2.0'];
    each.publishers = ['OpenAI', 'Mistral AI', 'Alibaba Cloud', 'Microsoft', 'Hugging Face'];
    each.lifecycle = { insideHorizon: 'warning', preview: 'allowed' };
    each.evidence = 'estimated';
    each.commitments = ['reservation-1-year'];
    each.measured = [
      {
        on: 'Standard_NC8as_T4_v3',
        model: 'smollm2-1.7b-instruct',
        quantisation: 'Q4_K_M',
        promptTokensPerSecond: 4000,
        decodeTokensPerSecond: 100,
        by: 'platform team, llama-bench b9000, 2026-11-20',
      },
    ];
    each.facts = [
      {
        model: 'gpt-5-mini',
        version: '2025-08-07',
        by: 'a page, 2026-11-20',
        asOf: '2026-11-20',
        languages: ['en', 'sv', 'fi', 'de'],
        lifecycle: { stage: 'GA', retirementDate: '2027-02-06', replacement: 'gpt-5.4-mini' },
        regions: { GlobalBatch: ['swedencentral'] },
        quota: { GlobalBatch: { tokensPerMinute: 1e6 } },
        access: 'open',
        prices: { regional: { swedencentral: { input: 1 } } },
      },
      { model: 'smollm2-1.7b-instruct', by: 'a card', license: 'Apache-2.0' },
      { model: 'bge-m3', by: 'a card', pooling: 'cls' },
      {
        model: 'qwen3-8b',
        by: 'a page',
        endpoint: {
          assetId: 'azureml://registries/mine/models/qwen3-8b/versions/1',
          instanceTypes: ['Standard_NC24ads_A100_v4'],
          speaks: 'openai',
        },
        managedCompute: {
          modelId: 'azureml://registries/azure-huggingface/models/qwen--qwen3-8b/versions/1',
          templates: [
            {
              id: 'azureml://registries/azure-huggingface/deploymenttemplates/qwen--qwen3-8b--h100/labels/latest',
              acceleratorType: 'H100_80GB',
              accelerators: 1,
            },
          ],
        },
      },
    ];
    each.hostedDeployments = {
      'support-chat': {
        deployments: {
          'support-chat-next': {
            model: 'gpt-5.4-mini',
            version: '2026-03-17',
            format: 'OpenAI',
            capacity: 10,
          },
        },
        traffic: { placed: 90, 'support-chat-next': 10 },
      },
    };
    each.onlineEndpoints = {
      'mistral-7b-instruct-v0.3': {
        autoscale: {
          minimumInstances: 1,
          maximumInstances: 3,
          scaleOutPercent: 80,
          scaleInPercent: 20,
          hours: { days: ['mon'], from: '07:00', to: '19:00', timeZone: 'UTC', minimumInstances: 2 },
        },
        alerts: {
          actionGroupIds: [`${group}/Microsoft.Insights/actionGroups/ag-hub`],
          latencyP95Seconds: 20,
          failuresPerMinute: 5,
        },
        requests: { concurrentPerInstance: 8, timeoutSeconds: 60, maxQueueWaitSeconds: 5 },
        liveness: { initialDelaySeconds: 10 },
        readiness: { periodSeconds: 10 },
        dataCollection: true,
        deployments: {
          green: {
            assetId: 'azureml://registries/azureml/models/mistralai-Mistral-7B-Instruct-v0-3/versions/3',
            instanceType: 'Standard_NC24ads_A100_v4',
          },
        },
        traffic: { placed: 100, green: 0 },
        mirror: { deployment: 'green', percent: 10 },
      },
    };
    each.prices = 'prices.json';
    each.devices['stockholm-till'].connection.user = 'berth';
    each.devices['headquarters-workstation'].hardware = {
      memoryGib: 64,
      memoryBandwidthGbs: 400,
      runsOn: 'gpu',
      arch: 'amd64',
    };
    each.weights['phi-4-mini'].format = 'gguf';
    each.weights['store-intents'].lineage = {
      job: 'TRL 1.2, LoRA of rank 16',
      date: '2026-11-20',
      trainingSha256: 'a'.repeat(64),
      validationSha256: 'b'.repeat(64),
      trainedTokens: 240_000,
      evaluation: { trainingLoss: 0.4, validationLoss: 0.5, validationTokenAccuracy: 0.8 },
    };
    each.engines[0].version = 'b9000';
    addToWorkloads(each);
    change(each);
  });
}

/** The same for each requirement that an estimate may satisfy. */
export const estimated = {
  languages: 'estimated',
  latency: 'estimated',
  quality: 'estimated',
  prices: 'estimated',
  quotas: 'estimated',
  lifecycle: 'estimated',
  instanceTypes: 'estimated',
};

/** A workload whose model is tuned, and was. */
const reviews = {
  name: 'reviews',
  task: 'classification',
  scope: 'focused',
  quality: 'any',
  traffic: { requestsPerDay: 2000, inputTokens: 350, outputTokens: 60 },
  fineTuning: {
    base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
    method: 'dpo',
    trainingFile: 'reviews/train.jsonl',
    validationFile: 'reviews/validation.jsonl',
    trainingTokens: 120_000,
    hyperparameters: { epochs: 2, batchSize: 8, learningRateMultiplier: 0.1, beta: 0.1, seed: 7 },
    tier: 'global',
    suffix: 'reviews',
    retrainedEveryMonths: 6,
    tuned: {
      model: 'gpt-4.1-mini-2025-04-14.ft-0123456789abcdef0123456789abcdef-reviews',
      location: 'swedencentral',
      base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
      job: 'ftjob-0123456789abcdef',
      date: '2026-11-20',
      trainingSha256: 'a'.repeat(64),
      validationSha256: 'b'.repeat(64),
      trainedTokens: 240_000,
      evaluation: { trainingLoss: 0.4, validationLoss: 0.5, validationTokenAccuracy: 0.8 },
    },
  },
};

function addToWorkloads(each: Loose): void {
  Object.assign(workloadOf(each, 'support-chat'), {
    reasoning: 'allowed',
    evidence: estimated,
    api: 'openai',
  });
  Object.assign(workloadOf(each, 'contract-summaries'), { quality: 'any', evidence: 'estimated' });
  Object.assign(workloadOf(each, 'product-images'), {
    image: { quality: 'low' },
    sites: { named: '*', hardware: 'jetson-orin-nano-super-8gb', except: ['headquarters'] },
  });
  Object.assign(workloadOf(each, 'search-embeddings'), {
    dataLocation: { provider: 'azure', region: 'swedencentral' },
    pin: {
      venue: 'hosted',
      model: 'text-embedding-3-small',
      version: '1',
      sku: 'GlobalStandard',
      measured: { by: 'search team', languages: ['en'] },
    },
  });
  const classifier = workloadOf(each, 'intent-classifier');
  classifier.field = 'language';
  classifier.traffic.activeHours = {
    days: ['mon', 'tue'],
    from: '08:00',
    to: '18:00',
    timeZone: 'Europe/Stockholm',
  };
  classifier.traffic.peakFactor = 10;
  each.workloads.push(reviews, {
    name: 'order-notes',
    formerly: 'order-remarks',
    partOf: 'orders',
    sites: ['stockholm'],
    task: 'extraction',
    scope: 'focused',
    languages: ['en'],
    residency: 'region',
    dataLocation: { provider: 'aws', region: 'us-east-1' },
    traffic: { requestsPerDay: 2000, inputTokens: 350, outputTokens: 60 },
  });
}
