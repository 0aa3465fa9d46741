import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  AzapiProvider,
  FoundryAccount,
  KeyVault,
  LogWorkspace,
  PrivateNetwork,
  ResourceGroup,
  SlmHost,
  WorkloadIdentity,
} from 'cdktf-berth/constructs';
import type { IModelEndpoint } from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';

/** Files that the team verified; the hashes are of the fixtures of a rehearsal. */
const engine = {
  version: 'b9000',
  url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-amd64-cpu.tar.gz',
  sha256: 'ba732d16f46fef35bf7cfee5b97b17fb3e949dd6aa01bd7e2373f20b1895ba73',
  arch: 'amd64',
  accelerator: 'cpu',
} as const;
const weights = {
  url: 'https://models.example.com/claims/v3/claims-q4_k_m.gguf',
  revision: 'v3',
  sha256: '344f9bf8060a0cffa207e9db3dd34bc62efccdbe6576507b4a9f92762990ab38',
  format: 'gguf',
} as const;

/** A stack of another team: no environment, no decision, only Berth's constructs. */
export class ClaimsDeskStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', {
      features: [{}],
      subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11',
    });
    new AzapiProvider(this, 'azapi', { subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11' });
    const resourceGroup = new ResourceGroup(this, 'group', { name: 'rg-claims', location: 'swedencentral' });
    const network = new PrivateNetwork(this, 'network', {
      name: 'vnet-claims',
      resourceGroup,
      hostsZoneName: 'claims.internal',
    });
    const logWorkspace = new LogWorkspace(this, 'logs', { name: 'log-claims', resourceGroup });
    const keyVault = new KeyVault(this, 'vault', { name: 'kv-claims', resourceGroup, network, logWorkspace });
    const platform = { resourceGroup, network, logWorkspace };

    const account = new FoundryAccount(this, 'account', { ...platform, name: 'aif-claims' });
    const letters = account.addDeployment('letters', {
      name: 'letters',
      model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
      sku: { name: 'DataZoneStandard', capacity: 50 },
      api: 'openai-chat',
    });
    const host = new SlmHost(this, 'host', {
      ...platform,
      keyVault,
      name: 'claims',
      size: 'Standard_D4as_v5',
      engine,
      models: [{ model: 'claims', api: 'chat', weights, contextTokens: 4096, parallel: 2 }],
    });

    // The application does not care which kind of place a model has.
    const endpoints: Record<string, IModelEndpoint> = { letters, triage: host.endpoint('claims') };
    const desk = new WorkloadIdentity(this, 'desk', { name: 'id-claims-desk', resourceGroup });
    for (const [name, endpoint] of Object.entries(endpoints)) {
      endpoint.grantInvoke('desk', desk);
      new TerraformOutput(this, name, { value: endpoint.address, staticId: true });
    }
  }
}
