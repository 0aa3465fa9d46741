import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

export interface WebStackProps {
  /** Who pays, as a tag. */
  readonly owner: string;
  /** Size of the machine. @default 'Standard_B2s' */
  readonly size?: string;
  /** Ports open to the network. @default [443] */
  readonly ports?: readonly number[];
  /** Name of the machine; another one replaces it. @default 'vm-web' */
  readonly machineName?: string;
}

/** A machine in a network of its own. It knows nothing of Berth: it is here to be tested with `cdktf-berth/testing`. */
export class WebStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', {
      features: [{}],
      subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11',
    });
    const group = new ResourceGroup(this, 'group', {
      name: 'rg-web',
      location: 'swedencentral',
      tags: { owner: props.owner },
    });
    const place = { resourceGroupName: group.name, location: group.location };
    const machine = new LinuxVirtualMachine(this, 'machine', {
      ...place,
      name: props.machineName ?? 'vm-web',
      size: props.size ?? 'Standard_B2s',
      adminUsername: 'operator',
      adminSshKey: [{ username: 'operator', publicKey }],
      networkInterfaceIds: [this.networkInterface(place, props.ports ?? [443]).id],
      osDisk: { caching: 'ReadWrite', storageAccountType: 'StandardSSD_LRS', diskSizeGb: 30 },
      sourceImageReference: {
        publisher: 'Canonical',
        offer: 'ubuntu-24_04-lts',
        sku: 'server',
        version: '24.04.202610010',
      },
      userData: Buffer.from(cloudInit(props.ports ?? [443])).toString('base64'),
    });
    new TerraformOutput(this, 'address', { value: machine.privateIpAddress, staticId: true });
  }

  private networkInterface(
    place: { readonly resourceGroupName: string; readonly location: string },
    ports: readonly number[],
  ): NetworkInterface {
    const network = new VirtualNetwork(this, 'network', {
      ...place,
      name: 'vnet-web',
      addressSpace: ['10.20.0.0/16'],
    });
    const subnet = new Subnet(this, 'subnet', {
      name: 'snet-web',
      resourceGroupName: place.resourceGroupName,
      virtualNetworkName: network.name,
      addressPrefixes: ['10.20.1.0/24'],
    });
    const rules = new NetworkSecurityGroup(this, 'rules', {
      ...place,
      name: 'nsg-web',
      securityRule: ports.map((port, index) => ({
        name: `port-${port}`,
        priority: 100 + index,
        direction: 'Inbound',
        access: 'Allow',
        protocol: 'Tcp',
        sourceAddressPrefix: 'VirtualNetwork',
        sourcePortRange: '*',
        destinationAddressPrefix: '*',
        destinationPortRange: String(port),
      })),
    });
    new SubnetNetworkSecurityGroupAssociation(this, 'subnet-rules', {
      subnetId: subnet.id,
      networkSecurityGroupId: rules.id,
    });
    return new NetworkInterface(this, 'interface', {
      ...place,
      name: 'nic-web',
      ipConfiguration: [{ name: 'internal', subnetId: subnet.id, privateIpAddressAllocation: 'Dynamic' }],
    });
  }
}

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5xhPR5zYzUQ7nWMsWZBWPmSLTqn0bm5vF2nfRWiGMb operator@example.com';

function cloudInit(ports: readonly number[]): string {
  return [
    '#cloud-config',
    'packages: [nginx]',
    'runcmd:',
    ...ports.map(port => `  - ufw allow ${port}/tcp`),
    '',
  ].join('\n');
}
