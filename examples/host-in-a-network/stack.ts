import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  AzapiProvider,
  KeyVault,
  LogWorkspace,
  PrivateNetwork,
  ResourceGroup,
  SlmHost,
  WorkloadIdentity,
} from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const hub = `/subscriptions/${subscriptionId}/resourceGroups/rg-hub/providers/Microsoft.Network`;
const zones = `${hub}/privateDnsZones`;

/** What the network team made, and this stack only names. */
export const existing = {
  network: `${hub}/virtualNetworks/vnet-hub`,
  endpoints: `${hub}/virtualNetworks/vnet-hub/subnets/endpoints`,
  hosts: `${hub}/virtualNetworks/vnet-hub/subnets/models`,
  vaultZone: `${zones}/privatelink.vaultcore.azure.net`,
  hostsZone: `${zones}/models.internal`,
};

/** A small model on a machine in a network that another team owns. */
export class TriageStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    new AzapiProvider(this, 'azapi', { subscriptionId });
    const resourceGroup = new ResourceGroup(this, 'group', { name: 'rg-triage', location: 'swedencentral' });
    const network = PrivateNetwork.fromAttributes(this, 'network', {
      resourceGroupName: 'rg-hub',
      location: 'swedencentral',
      virtualNetworkId: existing.network,
      endpointSubnetId: existing.endpoints,
      hostSubnetId: existing.hosts,
      hostsZoneName: 'models.internal',
      privateDnsZoneIds: {
        'privatelink.vaultcore.azure.net': existing.vaultZone,
        'models.internal': existing.hostsZone,
      },
    });
    const logWorkspace = new LogWorkspace(this, 'logs', { name: 'log-triage', resourceGroup });
    const platform = { resourceGroup, network, logWorkspace };
    const keyVault = new KeyVault(this, 'vault', { ...platform, name: 'kv-triage' });
    const host = new SlmHost(this, 'host', {
      ...platform,
      keyVault,
      name: 'triage',
      size: 'Standard_D4as_v5',
      engine: {
        version: 'b9000',
        url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-amd64-cpu.tar.gz',
        sha256: 'ba732d16f46fef35bf7cfee5b97b17fb3e949dd6aa01bd7e2373f20b1895ba73',
        arch: 'amd64',
        accelerator: 'cpu',
      },
      models: [
        {
          model: 'triage',
          api: 'chat',
          weights: {
            url: 'https://models.example.com/claims/v3/claims-q4_k_m.gguf',
            revision: 'v3',
            sha256: '344f9bf8060a0cffa207e9db3dd34bc62efccdbe6576507b4a9f92762990ab38',
            format: 'gguf',
          },
          contextTokens: 4096,
          parallel: 2,
        },
      ],
    });
    const desk = new WorkloadIdentity(this, 'desk', { name: 'id-desk', resourceGroup });
    const triage = host.endpoint('triage');
    triage.grantInvoke('desk', desk);
    new TerraformOutput(this, 'triage', { value: triage.address, staticId: true });
  }
}
