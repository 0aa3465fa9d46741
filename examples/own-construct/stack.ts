import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { AzapiProvider, ResourceGroup, WorkloadIdentity } from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';
import { CompanyChat } from './company-chat';
import type { CompanyChatProps } from './company-chat';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';

/** One app that calls the nearest of two regions, each with the same construct. */
export class TwoRegionsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    new AzapiProvider(this, 'azapi', { subscriptionId });
    const resourceGroup = new ResourceGroup(this, 'group', { name: 'rg-app', location: 'swedencentral' });
    const app = new WorkloadIdentity(this, 'app', { name: 'id-app', resourceGroup });
    const regions: Readonly<Record<string, CompanyChatProps>> = {
      sweden: { location: 'swedencentral', region: 'swc', addressSpace: '10.40.0.0/16' },
      virginia: { location: 'eastus2', region: 'eus2', addressSpace: '10.41.0.0/16' },
    };
    for (const [name, region] of Object.entries(regions)) {
      const chat = new CompanyChat(this, name, region);
      chat.grantInvoke('app', app);
      new TerraformOutput(this, `${name}_chat`, { value: chat.endpoint.address, staticId: true });
    }
  }
}
