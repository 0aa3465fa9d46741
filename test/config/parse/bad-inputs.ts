import { workloadOf } from '../dev-input';
import type { Loose } from '../dev-input';

/** An input with one thing wrong. */
export interface BadInput {
  readonly what: string;
  readonly change: (input: Loose) => void;
  /** The problem, behind the name of the file. */
  readonly says: string;
  /** Paths of what decides whether it is a problem, beside the path that it names. */
  readonly because?: readonly string[];
}

const plan = { trainingFile: 'train.jsonl' };

const tuned = {
  model: 'gpt-4.1-mini-2025-04-14.ft-0123456789abcdef',
  location: 'swedencentral',
  base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
  job: 'ftjob-1',
  date: '2026-11-20',
  trainingSha256: 'a'.repeat(64),
};

export const badInputs: readonly BadInput[] = [
  {
    what: 'an unknown model',
    change: input => (workloadOf(input, 'support-chat').pin = { model: 'gpt-5-mimi' }),
    says: "workloads[0].pin.model: must be a model of the catalogue, got 'gpt-5-mimi'; the closest are gpt-5-mini, gpt-4o-mini, gpt-5.4-mini",
  },
  {
    what: 'a retired model, naming its successors',
    change: input => (workloadOf(input, 'product-images').pin = { model: 'dall-e-3' }),
    says: 'workloads[1].pin.model: dall-e-3 was retired on 2026-03-04; use its successors gpt-image-2, gpt-image-1.5, gpt-image-1; change it to one of those',
  },
  {
    what: 'a typo in a key',
    change: input => (input.budjet = { monthlyUsd: 1 }),
    says: "budjet: must be one of the keys $schema, name, azure, aws, backend, devices, weights, engines, measured, facts, verified, budget, publishers, licences, commitments, evidence, moveWhen, rollout, hostedDeployments, onlineEndpoints, lifecycle, carbon, prices, maxPriceAgeDays, tags, workloads, got 'budjet' with an object with monthlyUsd; the closest known key is budget; rename or remove it",
  },
  {
    what: 'a key that is no misspelling of another',
    change: input => (input.azure.tenantId = 'x'),
    says: "azure.tenantId: must be one of the keys subscriptionId, locations, addressSpace, acceptedTerms, approvedModels, alreadyDeployed, quotas, managedCompute, fineTunedUsdPerHour, trainingUsdPerMillionTokens, existing, got 'tenantId' with 'x'; remove it",
  },
  {
    what: 'a network that its subnets do not fit',
    change: input => (input.azure.addressSpace = '10.40.0.0/24'),
    says: "azure.addressSpace: must be a private IPv4 range (RFC 1918) in CIDR notation with a prefix from /8 to /22, written with its first address, got '10.40.0.0/24'; correct it",
  },
  {
    what: 'a network of addresses that are not its own',
    change: input => (input.azure.addressSpace = '8.8.0.0/16'),
    says: "azure.addressSpace: must be a private IPv4 range (RFC 1918) in CIDR notation with a prefix from /8 to /22, written with its first address, got '8.8.0.0/16'; correct it",
  },
  {
    what: 'negative traffic',
    change: input => (workloadOf(input, 'search-embeddings').traffic.requestsPerDay = -5),
    says: 'workloads[2].traffic.requestsPerDay: must be a number of at least 0, got -5; raise it',
  },
  {
    what: 'a pin that its own residency forbids',
    change: input => {
      Object.assign(workloadOf(input, 'intent-classifier'), {
        pin: { venue: 'catalog' },
        weights: undefined,
      });
    },
    says: "workloads[4].pin.venue: must be vm or edge when residency is own-network, got 'catalog'; remove the pin or relax what it breaks",
    because: ['workloads[4].residency', 'workloads[4].task', 'workloads[4].weights'],
  },
  {
    what: 'a duplicate name',
    change: input => (input.workloads[1].name = 'support-chat'),
    says: "workloads[1].name: must be a name that no other workload has, got 'support-chat', which workloads[0] has; rename one",
    because: ['workloads[0].name'],
  },
  {
    what: 'a workload that had the name of one that is there',
    change: input => (input.workloads[1].formerly = 'support-chat'),
    says: "workloads[1].formerly: must be a name that no workload has any more, got 'support-chat', which one has; leave formerly out, or rename that one",
    because: ['workloads[0].name'],
  },
  {
    what: 'weights that do not exist',
    change: input => (workloadOf(input, 'intent-classifier').weights = 'store-intent'),
    says: "workloads[4].weights: must be a key of the environment's weights, got 'store-intent'; the closest is store-intents",
  },
  {
    what: 'a site without a device',
    change: input => (workloadOf(input, 'store-assistant').site = 'stokholm'),
    says: "workloads[5].site: must be the site of a device, got 'stokholm'; the closest is stockholm",
    because: ['devices.stockholm-till.site', 'devices.headquarters-workstation.site'],
  },
  {
    what: 'an offline workload without a site',
    change: input => delete workloadOf(input, 'store-assistant').site,
    says: 'workloads[5].site: is required when connectivity is offline, got nothing; name the site of a device, or make connectivity online',
    because: ['workloads[5].connectivity'],
  },
  {
    what: 'a device residency without a site',
    change: input => (workloadOf(input, 'support-chat').residency = 'device'),
    says: 'workloads[0].site: is required when residency is device, got nothing; name the site of a device, or relax residency',
    because: ['workloads[0].residency'],
  },
  {
    what: 'an image task with a text-only quality reference',
    change: input => (workloadOf(input, 'product-images').quality = { atLeast: 'gpt-4o' }),
    says: "workloads[1].quality: must be absent when task is image-generation, got 'gpt-4o', which is judged on text; no comparable figure of image quality is known, so remove it or pin a model",
    because: ['workloads[1].task'],
  },
  {
    what: 'operations that nobody can promise for own machines',
    change: input => (workloadOf(input, 'intent-classifier').operations = 'provider-managed'),
    says: "workloads[4].operations: must be any when residency is own-network, got 'provider-managed'; only our own machines do that, so make it any or relax the other",
    because: ['workloads[4].residency'],
  },
  {
    what: 'data in a region that may not be used and must not be left',
    change: input =>
      (workloadOf(input, 'contract-summaries').dataLocation = { provider: 'azure', region: 'westeurope' }),
    says: "workloads[3].dataLocation.region: must be a region of azure.locations (swedencentral) when residency is region, got 'westeurope'; add it there, or relax residency",
    because: ['workloads[3].dataLocation.provider', 'workloads[3].residency', 'azure.locations[0]'],
  },
  {
    what: 'unknown device hardware',
    change: input => (input.devices['stockholm-till'].hardware = 'jetson-nano'),
    says: 'devices.stockholm-till.hardware: the device hardware jetson-nano is not in the catalogue; closest known devices: jetson-orin-nano-8gb, jetson-orin-nx-8gb, jetson-orin-nx-16gb; name one of them, or give memoryGib, memoryBandwidthGbs, runsOn and arch',
  },
  {
    what: 'an unknown task',
    change: input => (workloadOf(input, 'support-chat').task = 'chatt'),
    says: "workloads[0].task: must be one of chat, completion, summarisation, classification, extraction, translation, code, embedding, image-generation, got 'chatt'; the closest is chat",
  },
  {
    what: 'a name with a hyphen',
    change: input => (input.name = 'dev-1'),
    says: "name: must be 1 to 12 lower-case letters and digits that start with a letter, got 'dev-1'; correct it",
  },
  {
    what: 'a missing key',
    change: input => delete workloadOf(input, 'support-chat').traffic.inputTokens,
    says: 'workloads[0].traffic.inputTokens: must be a number, got nothing; add it',
  },
  {
    what: 'a typo in one form of a union',
    change: input => (workloadOf(input, 'support-chat').quality = { atleast: 'gpt-4o' }),
    says: "workloads[0].quality.atleast: must be one of the keys atLeast, index, got 'atleast' with 'gpt-4o'; the closest known key is atLeast; rename or remove it",
  },
  {
    what: 'two files for one model',
    change: input => (input.weights.second = { ...input.weights['phi-4-mini'] }),
    says: 'weights.second: must be the only file of phi-4-mini-instruct in Q4_K_M, got a second one beside weights.phi-4-mini; remove one, or mark own weights fineTuned: true',
    because: ['weights.phi-4-mini.model', 'weights.phi-4-mini.quantisation'],
  },
  {
    what: 'hours of the whole week',
    change: input =>
      (workloadOf(input, 'support-chat').traffic.activeHours = {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '06:00',
        to: '06:00',
      }),
    says: 'workloads[0].traffic.activeHours: must leave out some hours of the week, got all 168; remove it',
  },
  {
    what: 'a peak below the average of the active hours',
    change: input =>
      (workloadOf(input, 'support-chat').traffic = {
        requestsPerDay: 10,
        inputTokens: 10,
        peakFactor: 3.35,
        activeHours: { from: '08:00', to: '18:00' },
      }),
    says: 'workloads[0].traffic.peakFactor: must be a number of at least 3.36 when traffic.activeHours has 50 of the 168 hours of a week, got 3.35; raise it, or widen the hours',
    because: ['workloads[0].traffic.activeHours'],
  },
  {
    what: 'own weights that are to be tuned',
    change: input => (workloadOf(input, 'intent-classifier').fineTuning = true),
    says: 'workloads[4].fineTuning: must be false when weights names tuned ones, got true; remove one',
    because: ['workloads[4].weights'],
  },
  {
    what: 'own weights beside a tuned model of an account',
    change: input => (workloadOf(input, 'intent-classifier').fineTuning = { ...plan, tuned }),
    says: 'workloads[4].fineTuning.tuned: must be absent when weights names tuned ones, got an object; remove one',
    because: ['workloads[4].weights', 'workloads[4].fineTuning'],
  },
  {
    what: 'a training file that is none',
    change: input => (workloadOf(input, 'product-images').fineTuning = { trainingFile: 'train.csv' }),
    says: "workloads[1].fineTuning.trainingFile: must be the path of a .jsonl file, such as data/train.jsonl, got 'train.csv'; correct it",
  },
  {
    what: 'a base that is no model',
    change: input =>
      (workloadOf(input, 'product-images').fineTuning = {
        ...plan,
        base: { model: 'gpt-4.1-mimi' },
      }),
    says: "workloads[1].fineTuning.base.model: must be a model of the catalogue, got 'gpt-4.1-mimi'; the closest are gpt-4.1-mini, gpt-4o-mini, gpt-5.4-mini",
    because: ['workloads[1].fineTuning'],
  },
  {
    what: 'a training that takes the data out of its zone',
    change: input => (workloadOf(input, 'support-chat').fineTuning = { ...plan, tier: 'global' }),
    says: "workloads[0].fineTuning.tier: must be standard when residency is data-zone, got 'global'; a training at that tier takes the data anywhere, so change one of them",
    because: ['workloads[0].fineTuning', 'workloads[0].residency'],
  },
  {
    what: 'a field of another method',
    change: input =>
      (workloadOf(input, 'product-images').fineTuning = { ...plan, hyperparameters: { beta: 0.1 } }),
    says: 'workloads[1].fineTuning.hyperparameters.beta: must be absent when method is supervised, got 0.1; remove it, or make method dpo',
    because: ['workloads[1].fineTuning'],
  },
  {
    what: 'a tuned model of a base that nobody sells',
    change: input =>
      (workloadOf(input, 'product-images').fineTuning = {
        ...plan,
        tuned: { ...tuned, base: { model: 'gpt-4.1-mini', version: '2025-04-15' } },
      }),
    says: 'workloads[1].fineTuning.tuned.base.model: version 2025-04-15 of the hosted model gpt-4.1-mini is not in the catalogue; closest known versions: 2025-04-14',
    because: ['workloads[1].fineTuning'],
  },
  {
    what: 'a tuned model elsewhere',
    change: input =>
      (workloadOf(input, 'product-images').fineTuning = {
        ...plan,
        tuned: { ...tuned, location: 'northcentralus' },
      }),
    says: "workloads[1].fineTuning.tuned.location: must be one of azure.locations (swedencentral), got 'northcentralus'; add it there, or remove tuned and train again",
    because: ['workloads[1].fineTuning', 'azure.locations'],
  },
  {
    what: 'measures of no model',
    change: input => (workloadOf(input, 'support-chat').pin = { measured: { by: 'us' } }),
    says: 'workloads[0].pin.measured: must be measures together with a model, got them alone; add pin.model',
  },
  {
    what: 'power of hardware whose draw nobody knows',
    change: input => {
      const till = input.devices['stockholm-till'];
      till.hardware = { memoryGib: 16, memoryBandwidthGbs: 100, runsOn: 'gpu', arch: 'arm64' };
      till.power = { usdPerKwh: 0.2 };
    },
    says: 'devices.stockholm-till.power.watts: is required when hardware is given by measures, got nothing; say what it draws on average',
    because: ['devices.stockholm-till.hardware'],
  },
  {
    what: 'two devices at one address',
    change: input => (input.devices.second = { ...input.devices['stockholm-till'] }),
    says: 'devices.second.connection: must be an address that no other device has, got till-01.stockholm.shop.example.com:22, which devices.stockholm-till has; correct one',
    because: ['devices.stockholm-till.connection'],
  },
  {
    what: 'nowhere to go',
    change: input => {
      input.azure = undefined;
      input.devices = {};
      input.workloads = [{ name: 'aa', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1 } }];
    },
    says: 'at least one of azure, aws and devices is required, got none; add one',
  },
];
