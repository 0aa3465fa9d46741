import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import type { NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import type { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import { literals } from '../literals';

export interface ProtectedSubnetProps {
  readonly name: string;
  readonly virtualNetwork: VirtualNetwork;
  readonly resourceGroupName: string;
  readonly location: string;
  /** IPv4 range in CIDR notation. */
  readonly addressPrefix: string;
  /** TCP ports that the network itself may reach. */
  readonly ports: readonly string[];
  /** Name of the security group that is made. */
  readonly securityGroupName: string;
  /** ARM id of one that is there already. @default - made */
  readonly securityGroupId?: string;
}

/** A subnet that only the network itself reaches, on named ports, and that has no egress of its own. */
export class ProtectedSubnet extends Construct {
  /** ARM id of the subnet. */
  readonly id: string;

  constructor(scope: Construct, id: string, props: ProtectedSubnetProps) {
    super(scope, id);
    const subnet = new Subnet(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroupName,
        virtualNetworkName: props.virtualNetwork.name,
        addressPrefixes: [props.addressPrefix],
        defaultOutboundAccessEnabled: false,
        privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled',
      }),
    );
    const association = new SubnetNetworkSecurityGroupAssociation(
      this,
      'SecurityGroupAssociation',
      literals({
        subnetId: subnet.id,
        networkSecurityGroupId: props.securityGroupId ?? this.addGroup(props).id,
      }),
    );
    // The association has the subnet's id: what stands in the subnet is made after its rules hold.
    this.id = association.subnetId;
  }

  private addGroup(props: ProtectedSubnetProps): NetworkSecurityGroup {
    return new NetworkSecurityGroup(
      this,
      'SecurityGroup',
      literals({
        name: props.securityGroupName,
        resourceGroupName: props.resourceGroupName,
        location: props.location,
        securityRule: securityRules(props.ports),
      }),
    );
  }
}

/** Only the network itself gets in, on the named ports; nobody inside opens a remote shell next door. */
function securityRules(ports: readonly string[]): NetworkSecurityGroupSecurityRule[] {
  const inbound = { direction: 'Inbound', sourcePortRange: '*', destinationAddressPrefix: '*' };
  const network = { protocol: 'Tcp', sourceAddressPrefix: 'VirtualNetwork' };
  const all = { protocol: '*', destinationPortRange: '*' };
  return [
    {
      ...inbound,
      ...network,
      name: 'AllowServiceFromNetwork',
      priority: 100,
      access: 'Allow',
      destinationPortRanges: [...ports],
    },
    {
      ...inbound,
      ...all,
      name: 'AllowLoadBalancerProbes',
      priority: 110,
      access: 'Allow',
      sourceAddressPrefix: 'AzureLoadBalancer',
    },
    {
      ...inbound,
      ...all,
      name: 'DenyOtherInbound',
      priority: 4096,
      access: 'Deny',
      sourceAddressPrefix: '*',
    },
    {
      ...network,
      name: 'DenyLateralTraversal',
      priority: 100,
      direction: 'Outbound',
      access: 'Deny',
      sourcePortRange: '*',
      destinationAddressPrefix: 'VirtualNetwork',
      destinationPortRanges: ['22', '3389'],
    },
  ];
}
