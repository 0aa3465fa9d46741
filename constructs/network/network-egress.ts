import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { Construct } from 'constructs';
import { literals } from '../literals';

interface NetworkEgressProps {
  /** Name of the virtual network; gateway and address are named after it. */
  readonly networkName: string;
  readonly resourceGroupName: string;
  readonly location: string;
  /** ARM id of the subnet that gets a way out. */
  readonly subnetId: string;
}

/** The one way out of a subnet: a NAT gateway with a fixed public address, which lets nothing in. */
export class NetworkEgress extends Construct {
  /** ARM id of the subnet; what stands in it is made after the way out is there. */
  readonly subnetId: string;

  constructor(scope: Construct, id: string, props: NetworkEgressProps) {
    super(scope, id);
    const place = { resourceGroupName: props.resourceGroupName, location: props.location };
    const gateway = new NatGateway(
      this,
      'Resource',
      literals({
        ...place,
        name: `ng-${props.networkName}`,
        skuName: 'Standard',
      }),
    );
    const address = new PublicIp(
      this,
      'Address',
      literals({
        ...place,
        name: `pip-${props.networkName}`,
        sku: 'Standard',
        allocationMethod: 'Static',
      }),
    );
    new NatGatewayPublicIpAssociation(
      this,
      'AddressAssociation',
      literals({
        natGatewayId: gateway.id,
        publicIpAddressId: address.id,
      }),
    );
    const association = new SubnetNatGatewayAssociation(
      this,
      'SubnetAssociation',
      literals({
        natGatewayId: gateway.id,
        subnetId: props.subnetId,
      }),
    );
    this.subnetId = association.subnetId;
  }
}
