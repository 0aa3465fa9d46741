import { everyEngine } from '../../bench/verified-files';
import { catalog } from '../../config';
import { longestUrl } from '../../limits/file';
import type { EnvironmentInput } from '../../config';
import { azureOf, deviceOn, fileOf, withSpotPrices } from './targets';
import type { WorkloadInput } from './targets';
import type { Trial } from './trial';

/** Names of the trials, each at an edge of what a construct takes. */
export type Edge =
  | 'more machines than a host has'
  | 'more machines than the subnet has addresses'
  | 'more models than a host serves'
  | 'more models than the document of a recipe holds'
  | 'two files of one model'
  | 'no files'
  | 'no engine'
  | 'a second region'
  | 'terms at deployment'
  | 'a driver that is not installed'
  | 'more capacity than a deployment has'
  | 'more instances than an endpoint has';

const model = 'smollm2-135m-instruct';
const open = catalog.openModels.filter(({ id }) => id === model || id === 'phi-4');
const small = { requestsPerDay: 50, inputTokens: 100, outputTokens: 20 };
const azure = azureOf(['swedencentral', 'eastus2'], []);
const file = fileOf({ id: model });

/** Own weights for as many workloads, which may all stand on one machine. */
const own = Object.fromEntries(
  Array.from({ length: 17 }, (_, i) => [`own-${i}a`, { ...file, fineTuned: true }]),
);

/** As long as an address may be, as those are that are signed. */
function longestFor(url: string): string {
  return `${url}?`.padEnd(longestUrl, 's');
}

function environment(workloads: readonly Partial<WorkloadInput>[], more: Partial<EnvironmentInput>) {
  return {
    name: 'test',
    weights: { file },
    engines: everyEngine,
    workloads: workloads.map((each, i) => ({
      name: `w-${i}a`,
      task: 'chat' as const,
      quality: 'any' as const,
      traffic: small,
      ...each,
    })),
    ...more,
  };
}

const each = (pin: WorkloadInput['pin'], more: Partial<WorkloadInput> = {}, count = 17) =>
  Object.keys(own)
    .slice(0, count)
    .map(weights => ({ weights, pin, ...more }));

export const edges: Readonly<Record<Edge, EnvironmentInput>> = {
  'more machines than a host has': environment(
    [10_000, 100_000, 300_000, 1_000_000].map(requestsPerDay => ({
      pin: { venue: 'vm', sku: 'Standard_D2as_v6' },
      traffic: { ...small, requestsPerDay },
    })),
    { azure },
  ),
  'more machines than the subnet has addresses': environment(
    Array.from({ length: 14 }, () => ({
      pin: { venue: 'vm' as const, sku: 'Standard_D2as_v6' },
      traffic: { ...small, requestsPerDay: 450_000 },
    })),
    { azure },
  ),
  'more models than a host serves': environment(each({ venue: 'vm', sku: 'Standard_D64as_v6' }), {
    azure,
    weights: own,
  }),
  'more models than the document of a recipe holds': environment(
    each({ venue: 'vm', sku: 'g4dn.xlarge' }, {}, 15),
    {
      aws: { region: 'us-east-1' },
      weights: Object.fromEntries(
        Object.entries(own).map(([name, weights]) => [name, { ...weights, url: longestFor(weights.url) }]),
      ),
    },
  ),
  'two files of one model': environment(
    ['Q4_K_M', 'Q8_0'].map(version => ({ pin: { venue: 'vm', sku: 'Standard_D64as_v6', model, version } })),
    {
      azure,
      weights: {
        four: { ...file, revision: 'Q4_K_M' },
        eight: { ...fileOf({ id: model }, 'Q8_0'), revision: 'Q8_0' },
      },
    },
  ),
  'no files': environment([{ pin: { venue: 'vm' } }], { azure, weights: {} }),
  'no engine': environment(
    ['Standard_D8ps_v6', 'Standard_NC4as_T4_v3'].map(sku => ({ pin: { venue: 'vm', sku } })),
    { azure, engines: everyEngine.slice(0, 1) },
  ),
  'a second region': environment(
    [{ pin: { venue: 'vm' }, residency: 'region', dataLocation: { provider: 'azure', region: 'eastus2' } }],
    { azure },
  ),
  'terms at deployment': environment([{ pin: { venue: 'hosted', model: 'claude-opus-5' } }], {
    azure: { ...azureOf(['swedencentral', 'eastus2'], catalog.hostedModels), acceptedTerms: ['Anthropic'] },
  }),
  'a driver that is not installed': environment(
    ['Standard_NV6ads_A10_v5', 'Standard_NV36ads_A10_v5', 'Standard_NV36adms_A10_v5'].map(sku => ({
      pin: { venue: 'vm', sku },
    })),
    { azure },
  ),
  'more capacity than a deployment has': environment(
    [1_000_000_000, 1_000_000_000_000].map(requestsPerDay => ({
      pin: { venue: 'hosted', model: 'gpt-5-mini' },
      traffic: { ...small, requestsPerDay },
    })),
    {
      azure: {
        ...azureOf(['swedencentral'], []),
        quotas: (['GlobalStandard', 'GlobalProvisionedManaged'] as const).map(sku => ({
          model: 'gpt-5-mini',
          sku,
          tokensPerMinute: 1e12,
          provisionedUnits: 1e9,
        })),
      },
    },
  ),
  'more instances than an endpoint has': environment(
    [1_000_000, 6_000_000, 20_000_000].map(requestsPerDay => ({
      pin: { venue: 'catalog', model: 'phi-4', sku: 'Standard_NC24ads_A100_v4' },
      traffic: { ...small, requestsPerDay },
    })),
    { azure },
  ),
};

/** Sees to it that a device serves no more than it may, too. */
const device: EnvironmentInput = environment(each({ venue: 'edge' }, { site: 'here', residency: 'device' }), {
  devices: { box: deviceOn('pc-rtx-4090-24gb', 'here', 0) },
  weights: own,
});

/** Environments at the edges of what constructs take. */
export function edgeTrials(): Trial[] {
  return Object.entries({ ...edges, 'more models than a device serves': device }).map(([name, input]) =>
    edgeTrial(name, input),
  );
}

export function edgeTrial(name: string, input: EnvironmentInput): Trial {
  const hostedModels = catalog.hostedModels.filter(({ name }) =>
    ['claude-opus-5', 'gpt-5-mini'].includes(name),
  );
  return {
    name,
    input,
    catalog: { ...withSpotPrices(catalog), hostedModels, openModels: open },
  };
}
