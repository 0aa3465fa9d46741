import { App, Testing } from 'cdktf';
import { catalog, decide, explain, parseEnvironment } from '../../config';
import type { EnvironmentInput } from '../../config';
import { EnvironmentStacks } from '../../stacks/environment-stacks';
import { rehearse } from '../../testing';

const traffic = { requestsPerDay: 2000, inputTokens: 500, outputTokens: 100 };
const asOf = '2026-11-24';
const registry = 'azureml://registries/azureml/models/mistralai-Mistral-7B-Instruct-v0-3';

/** A model of Hugging Face, one of Mistral, one of Meta and one of Microsoft, for four applications that ask for different things. */
const shop: EnvironmentInput = {
  name: 'shop',
  azure: {
    subscriptionId: '00000000-0000-4000-8000-000000000000',
    locations: ['eastus2'],
    managedCompute: {
      usdPerAcceleratorHour: { A100_80GB: 3, H100_80GB: 8 },
      asOf: '2026-11-20',
      quotas: [{ acceleratorType: 'A100_80GB', location: 'eastus2', accelerators: 8 }],
    },
  },
  onlineEndpoints: {
    'mistral-7b-instruct-v0.3': {
      autoscale: {
        minimumInstances: 1,
        maximumInstances: 3,
        scaleOutPercent: 80,
        hours: { from: '07:00', to: '19:00', timeZone: 'Europe/Stockholm', minimumInstances: 2 },
      },
      alerts: { latencyP95Seconds: 20, failuresPerMinute: 5 },
      requests: { concurrentPerInstance: 16, timeoutSeconds: 60 },
      readiness: { periodSeconds: 5 },
      dataCollection: true,
      deployments: { green: { assetId: `${registry}/versions/3` } },
      traffic: { placed: 90, green: 10 },
    },
  },
  workloads: [
    {
      name: 'answers',
      task: 'chat',
      quality: 'any',
      traffic,
      pin: { model: 'qwen3-32b' },
      operations: 'provider-managed',
    },
    {
      name: 'summaries',
      task: 'summarisation',
      quality: 'any',
      traffic,
      pin: { model: 'mistral-7b-instruct-v0.3' },
      operations: 'provider-managed',
    },
    { name: 'assistant', task: 'chat', quality: 'any', traffic, pin: { model: 'Llama-3.3-70B-Instruct' } },
    {
      name: 'contracts',
      task: 'extraction',
      quality: 'any',
      traffic,
      pin: { model: 'phi-4' },
      residency: 'region',
      tenancy: 'dedicated',
      operations: 'provider-managed',
    },
  ],
};

const some = new Set(['qwen3-32b', 'mistral-7b-instruct-v0.3', 'phi-4']);
const small = {
  ...catalog,
  hostedModels: catalog.hostedModels.filter(({ name }) => name === 'Llama-3.3-70B-Instruct'),
  openModels: catalog.openModels.filter(({ id }) => some.has(id)),
};

async function built(input = shop) {
  const environment = parseEnvironment(input, 'shop');
  const decision = await decide(environment, small, { asOf });
  const app = new App({ stackTraces: false });
  return { app, environment, decision, ...new EnvironmentStacks(app, { environment, decision }) };
}

describe('a model on the road that suits it', () => {
  it('is decided for four publishers, with the reason', async () => {
    const { environment, decision, directory } = await built();
    expect(decision.placements.map(({ workload, venue, model }) => [workload, venue, model])).toEqual([
      ['answers', 'managed-compute', 'qwen3-32b'],
      ['assistant', 'hosted', 'Llama-3.3-70B-Instruct'],
      ['contracts', 'catalog', 'phi-4'],
      ['summaries', 'catalog', 'mistral-7b-instruct-v0.3'],
    ]);
    const why = explain(decision, environment, small).placements.map(each => JSON.stringify(each));
    expect(why[0]).toContain('Foundry managed compute is in preview: without a service level');
    expect(why[2]).toContain('is on the list of instance types for phi-4');
    const account = 'https://aif-shop-eastus2-cc821.openai.azure.com/openai/v1';
    expect(Object.values(directory).map(({ api, baseUrl, auth }) => [api, baseUrl, auth])).toEqual([
      ['openai-chat', account, 'entra-id'],
      ['openai-chat', account, 'entra-id'],
      ['azureml-score', expect.stringMatching(/\.eastus2\.inference\.ml\.azure\.com\/score$/), 'entra-id'],
      ['azureml-score', expect.stringMatching(/\.eastus2\.inference\.ml\.azure\.com\/score$/), 'entra-id'],
    ]);
  });

  it('is deployed, planned again without a change, and destroyed', async () => {
    const { app } = await built();
    const result = await rehearse(app);
    expect(result.findings).toEqual([]);
    expect(result.secondPlan.flatMap(plan => plan.changes)).toEqual([]);
    expect(result.leftovers.resources).toEqual([]);
  }, 180_000);

  it('runs as the environment says of its endpoint', async () => {
    const { stacks } = await built();
    const { resource } = JSON.parse(Testing.synth(stacks.catalog)) as {
      resource: Record<string, Record<string, { body?: unknown; name: string }>>;
    };
    const bodies = Object.values({ ...resource.azapi_resource, ...resource.azapi_update_resource }).map(
      ({ body }) => body,
    );
    const settings = {
      requestSettings: { maxConcurrentRequestsPerInstance: 16, requestTimeout: 'PT60S' },
      readinessProbe: {
        period: 'PT5S',
        timeout: 'PT10S',
        successThreshold: 1,
        initialDelay: 'PT10S',
        failureThreshold: 180,
      },
      dataCollector: {
        collections: {
          request: { dataCollectionMode: 'Enabled' },
          response: { dataCollectionMode: 'Enabled' },
        },
      },
    };
    expect(bodies).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          properties: expect.objectContaining({ model: `${registry}/versions/2`, ...settings }) as object,
        }),
        expect.objectContaining({
          properties: expect.objectContaining({ model: `${registry}/versions/3`, ...settings }) as object,
        }),
        {
          properties: {
            traffic: { 'model-80be37c0': 90, 'model-aff12cbd': 10 },
            mirrorTraffic: { 'model-80be37c0': 0, 'model-aff12cbd': 0 },
          },
        },
      ]),
    );
    const [scale] = Object.values(resource.azurerm_monitor_autoscale_setting ?? {});
    const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
    const zone = { timezone: 'W. Europe Standard Time', days: weekdays, minutes: [0] };
    expect(scale).toMatchObject({
      profile: [
        { capacity: { minimum: 1, maximum: 3 } },
        { capacity: { minimum: 2, maximum: 3 }, recurrence: { ...zone, hours: [7] } },
        { capacity: { minimum: 1, maximum: 3 }, recurrence: { ...zone, hours: [19] } },
      ],
    });
    expect(Object.keys(resource.azurerm_monitor_metric_alert ?? {})).toHaveLength(2);
  });
});

describe('traffic of an endpoint', () => {
  const of = (settings: object) => {
    const onlineEndpoints = { 'mistral-7b-instruct-v0.3': settings };
    return () => parseEnvironment({ ...shop, onlineEndpoints } as EnvironmentInput, 'shop.yaml');
  };
  const green = { assetId: `${registry}/versions/3` };

  it.each([
    [
      'to a deployment that was removed',
      { traffic: { placed: 90, green: 10 } },
      "traffic.green: must be one of the deployments placed, got 'green' with 10 %; give its traffic to another, deploy, and then remove it",
    ],
    [
      'that does not sum to 100',
      { deployments: { green }, traffic: { placed: 90, green: 20 } },
      'traffic: must sum to 100, got 110; change a weight',
    ],
    [
      'copied to a deployment that has some',
      {
        deployments: { green },
        traffic: { placed: 90, green: 10 },
        mirror: { deployment: 'green', percent: 10 },
      },
      "mirror.deployment: must have no traffic of its own, got 'green' with 10 %; set that to 0",
    ],
    [
      'copied too much of',
      { deployments: { green }, mirror: { deployment: 'green', percent: 51 } },
      'mirror.percent: must be from 1 to 50, got 51; correct it',
    ],
  ])('%s is refused', (_what, settings, says) => {
    expect(of(settings)).toThrow(`shop.yaml: onlineEndpoints["mistral-7b-instruct-v0.3"].${says}`);
  });

  it('of fewer instances at the most than at the least is refused', () => {
    expect(
      of({ autoscale: { maximumInstances: 2, hours: { from: '07:00', to: '19:00', minimumInstances: 3 } } }),
    ).toThrow(
      'shop.yaml: onlineEndpoints["mistral-7b-instruct-v0.3"].autoscale.hours.minimumInstances: must be at most maximumInstances, 2, got 3; change one of them',
    );
  });

  it('of a model that does not exist is refused', () => {
    const onlineEndpoints = { 'mistral-8b': {} };
    expect(() => parseEnvironment({ ...shop, onlineEndpoints }, 'shop.yaml')).toThrow(
      /^shop\.yaml: onlineEndpoints\.mistral-8b: /,
    );
  });
});
