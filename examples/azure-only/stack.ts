import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** A stack that knows nothing of Berth: it is here to be tested with the kit of `cdktf-berth/testing`. */
export class NetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: { readonly owner: string }) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', {
      features: [{}],
      subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11',
    });
    const group = new ResourceGroup(this, 'group', {
      name: 'rg-network',
      location: 'swedencentral',
      tags: { owner: props.owner },
    });
    new VirtualNetwork(this, 'network', {
      name: 'vnet-main',
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: ['10.20.0.0/16'],
    });
  }
}
