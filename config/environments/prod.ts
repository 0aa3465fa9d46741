import { defineEnvironment } from '../environment';

const network = '/subscriptions/0a6d1c52-3f6e-4a0b-8f0e-5a9c7c1d4b10/resourceGroups/rg-shared-network';
const virtualNetworkId = `${network}/providers/Microsoft.Network/virtualNetworks/vnet-shared`;

/** The shop's production: an existing network, and one workload whose data lives in AWS and stays there. */
export default defineEnvironment({
  name: 'prod',
  azure: {
    subscriptionId: '0a6d1c52-3f6e-4a0b-8f0e-5a9c7c1d4b10',
    locations: ['swedencentral'],
    // Granted on request; a new subscription starts with about 300,000. That of the successors is asked for in good time.
    quotas: [
      { model: 'gpt-5-mini', sku: 'DataZoneStandard', tokensPerMinute: 1_000_000 },
      { model: 'gpt-6-luna', sku: 'DataZoneStandard', tokensPerMinute: 1_000_000 },
      { model: 'gpt-5.6-terra', sku: 'DataZoneStandard', tokensPerMinute: 1_000_000 },
    ],
    existing: {
      virtualNetworkId,
      endpointSubnetId: `${virtualNetworkId}/subnets/snet-private-endpoints`,
      hostSubnetId: `${virtualNetworkId}/subnets/snet-models`,
      logAnalyticsWorkspaceId: `${network}/providers/Microsoft.OperationalInsights/workspaces/log-shared`,
    },
  },
  aws: { region: 'us-east-1' },
  backend: {
    resourceGroupName: 'rg-terraform-state',
    storageAccountName: 'stshopterraform',
    containerName: 'berth',
  },
  tags: { owner: 'shop-platform', 'cost-center': '4711' },
  lifecycle: { retirementHorizonDays: 60, insideHorizon: 'error' },
  verified: [
    {
      model: 'gpt-5-mini',
      by: 'support team, 400 tickets read by native speakers, 2026-10-12',
      languages: ['en', 'sv', 'fi', 'de'],
      quality: 0.7, // with the least effort that callers can ask for
    },
    {
      model: 'smollm2-1.7b-instruct',
      by: 'American shop, 300 order notes, 2026-10-20',
      quality: -1,
    },
  ],
  weights: {
    'smollm2-1-7b': {
      model: 'smollm2-1.7b-instruct',
      quantisation: 'Q4_K_M',
      url: 'https://models.example.com/smollm2/smollm2-1.7b-q4_k_m.gguf',
      revision: '2026-05-04',
      // of fixtures/: it stands for a model in the rehearsal
      sha256: '344f9bf8060a0cffa207e9db3dd34bc62efccdbe6576507b4a9f92762990ab38',
    },
  },
  engines: [
    {
      arch: 'amd64',
      accelerator: 'cpu',
      version: 'b9000',
      url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-amd64-cpu.tar.gz',
      sha256: 'ba732d16f46fef35bf7cfee5b97b17fb3e949dd6aa01bd7e2373f20b1895ba73',
    },
    {
      arch: 'amd64',
      accelerator: 'cuda',
      version: 'b9000',
      url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-amd64-cuda.tar.gz',
      sha256: 'a6874f492254889cb78201a78f22609e5db1f83342976e785c19ff731d03f638',
    },
    {
      arch: 'arm64',
      accelerator: 'cpu',
      version: 'b9000',
      url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-arm64-cpu.tar.gz',
      sha256: '5e7dc1975b3ec92c1f60841612e34d9a860efabbd8026ec212e87606eca456cf',
    },
  ],
  workloads: [
    {
      name: 'support-chat',
      description: 'Answers customers in their own language.',
      task: 'chat',
      quality: { atLeast: 'gpt-4.1-mini' },
      languages: ['en', 'sv', 'fi', 'de'],
      residency: 'data-zone',
      traffic: { requestsPerDay: 90_000, inputTokens: 1400, outputTokens: 280, cachedInputShare: 0.4 },
    },
    {
      name: 'search-embeddings',
      task: 'embedding',
      quality: { atLeast: 'text-embedding-3-small' },
      traffic: { requestsPerDay: 700_000, inputTokens: 220 },
    },
    {
      name: 'order-notes',
      description: 'Reads the order notes of the American shop, whose data lives in AWS and must stay there.',
      task: 'extraction',
      scope: 'focused',
      languages: ['en'],
      residency: 'region',
      dataLocation: { provider: 'aws', region: 'us-east-1' },
      traffic: { requestsPerDay: 20_000, inputTokens: 350, outputTokens: 60 },
    },
  ],
});
