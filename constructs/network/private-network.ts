import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { IResourceGroup } from '../resource-group';
import { addressSpaceAllowed, isAddressSpace, subnetOf } from '../../limits/address-space';
import { shown } from '../../text/shown';
import { nameConstraint } from '../constraint';
import type { Constraint } from '../constraint';
import { ConstructError, rejectViolations } from '../errors';
import {
  armIdConstraint,
  groupNameConstraint,
  locationConstraint,
  violation,
  zoneNameConstraint,
} from '../validation';
import { requireProps } from '../required-props';
import { NetworkEgress } from './network-egress';
import { PrivateDnsZone, privateLinkZones } from './private-dns-zone';
import { ProtectedSubnet } from './protected-subnet';
import type { ProtectedSubnetProps } from './protected-subnet';
import { literals } from '../literals';

/** A virtual network in which everything private has its endpoint, and hosts their subnet. */
export interface IPrivateNetwork extends IConstruct {
  /** Group in which private endpoints and other network resources are made. */
  readonly resourceGroupName: string;
  /** Location of the virtual network; private endpoints and hosts must be in it. */
  readonly location: string;
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: string;
  /** Subnet of the private endpoints. */
  readonly endpointSubnetId: string;
  /** Subnet of the hosts; it has explicit egress. */
  readonly hostSubnetId: string;
  /** Private zone in which hosts get their names, such as `dev-1a2b3.berth.internal`. */
  readonly hostsZoneName: string;
  /**
   * ARM id of a private DNS zone that is linked to the network.
   * @throws Error naming the known zones when the network has none of this name.
   */
  privateDnsZoneId(zoneName: string): string;
}

/** A network that is made. */
export interface PrivateNetworkProps {
  /** 2–64 letters, digits, `_`, `-` and `.`; begins with a letter or digit, ends with one or an underscore. */
  readonly name: string;
  /** Group that gets the network. */
  readonly resourceGroup: IResourceGroup;
  /** Azure location. @default - the resource group's */
  readonly location?: string;
  /** Private IPv4 range in CIDR notation, /8 to /22; subnets are its first two /24. @default '10.40.0.0/16' */
  readonly addressSpace?: string;
  /** Private zone in which hosts get their names, such as `dev-1a2b3.berth.internal`. */
  readonly hostsZoneName: string;
}

/** A network that is there already. */
export interface PrivateNetworkAttributes {
  /** Group in which private endpoints are made; the network itself may be in another. */
  readonly resourceGroupName: string;
  /** Azure location of the network. */
  readonly location: string;
  /** ARM id of the virtual network. */
  readonly virtualNetworkId: string;
  /** ARM id of the subnet for private endpoints. */
  readonly endpointSubnetId: string;
  /** Subnet of the hosts; it must have egress. */
  readonly hostSubnetId: string;
  /** Name of the private DNS zone that hosts get their names in. */
  readonly hostsZoneName: string;
  /** Zone name to ARM id, the hosts' zone included; every zone must be linked to the network. */
  readonly privateDnsZoneIds: Readonly<Record<string, string>>;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
const networkName = nameConstraint(
  /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  '2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit and end with one or an underscore',
);

const addressSpaceConstraint: Constraint<string> = {
  allowed: addressSpaceAllowed,
  advice: 'choose one such as 10.40.0.0/16',
  holds: isAddressSpace,
};

/** HTTPS, and one port for each of the models that a host can serve. */
const hostPorts = ['443', '8443-8458'];

/** @throws Error listing the props that Azure would refuse. */
function checkNetwork(scope: Construct, props: PrivateNetworkProps): void {
  rejectViolations(scope, [
    ...violation('name', props.name, networkName),
    ...violation('addressSpace', props.addressSpace, addressSpaceConstraint),
    ...(Token.isUnresolved(props.addressSpace)
      ? ['addressSpace must be a literal range in CIDR notation, not a token: write it out']
      : []),
    ...violation('location', props.location, locationConstraint),
    ...violation('hostsZoneName', props.hostsZoneName, zoneNameConstraint),
  ]);
}

const networkId = armIdConstraint('Microsoft.Network/virtualNetworks');
const subnetId = armIdConstraint('Microsoft.Network/virtualNetworks/subnets');
const zoneId = armIdConstraint('Microsoft.Network/privateDnsZones');

/** @throws Error listing the attributes that no network of Azure has. */
function checkAttributes(scope: Construct, attributes: PrivateNetworkAttributes): void {
  rejectViolations(scope, [
    ...violation('resourceGroupName', attributes.resourceGroupName, groupNameConstraint),
    ...violation('location', attributes.location, locationConstraint),
    ...violation('virtualNetworkId', attributes.virtualNetworkId, networkId),
    ...violation('endpointSubnetId', attributes.endpointSubnetId, subnetId),
    ...violation('hostSubnetId', attributes.hostSubnetId, subnetId),
    ...violation('hostsZoneName', attributes.hostsZoneName, zoneNameConstraint),
    ...Object.entries(attributes.privateDnsZoneIds).flatMap(([name, id]) => [
      ...violation('a name in privateDnsZoneIds', name, zoneNameConstraint),
      ...violation(`privateDnsZoneIds of ${shown(name)}`, id, zoneId),
    ]),
  ]);
}

abstract class NetworkBase extends Construct implements IPrivateNetwork {
  abstract readonly resourceGroupName: string;
  abstract readonly location: string;
  abstract readonly virtualNetworkId: string;
  abstract readonly endpointSubnetId: string;
  abstract readonly hostSubnetId: string;
  abstract readonly hostsZoneName: string;
  protected abstract readonly zoneIds: Readonly<Record<string, string>>;

  privateDnsZoneId(zoneName: string): string {
    const id = Object.hasOwn(this.zoneIds, zoneName) ? this.zoneIds[zoneName] : undefined;
    if (id !== undefined) return id;
    throw new ConstructError(
      this.node.path,
      `no private DNS zone ${shown(zoneName)} in network ${this.node.path}: known are ` +
        `${Object.keys(this.zoneIds).sort().join(', ') || 'none'}; give the network the id of that zone`,
    );
  }
}

/**
 * A virtual network with a subnet for private endpoints, a subnet for hosts whose only way out is a NAT gateway, and a
 * private DNS zone for every service in use.
 *
 * @example
 * const network = new PrivateNetwork(this, 'Network', {
 *   name: 'vnet-shop',
 *   resourceGroup,
 *   hostsZoneName: 'models.shop.internal',
 * });
 */
export class PrivateNetwork extends NetworkBase {
  /** An existing network. */
  static fromAttributes(scope: Construct, id: string, attributes: PrivateNetworkAttributes): IPrivateNetwork {
    return new ImportedPrivateNetwork(scope, id, attributes);
  }

  readonly resourceGroupName: string;
  readonly location: string;
  readonly virtualNetworkId: string;
  readonly endpointSubnetId: string;
  readonly hostSubnetId: string;
  readonly hostsZoneName: string;
  protected readonly zoneIds: Readonly<Record<string, string>>;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    requireProps<PrivateNetworkProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      hostsZoneName: 'string',
    });
    checkNetwork(this, props);
    const addressSpace = props.addressSpace ?? '10.40.0.0/16';
    this.resourceGroupName = props.resourceGroup.name;
    this.location = props.location ?? props.resourceGroup.location;
    this.hostsZoneName = props.hostsZoneName;
    const network = new VirtualNetwork(
      this,
      'Resource',
      literals({
        ...this.place,
        name: props.name,
        addressSpace: [addressSpace],
      }),
    );
    this.virtualNetworkId = network.id;
    this.endpointSubnetId = this.addSubnet('EndpointSubnet', network, {
      name: 'snet-endpoints',
      addressPrefix: subnetOf(addressSpace, 0),
      ports: ['443'],
    });
    this.hostSubnetId = this.addHostSubnet(network, props.name, subnetOf(addressSpace, 1));
    this.zoneIds = this.addZones({ ...privateLinkZones, hosts: props.hostsZoneName });
  }

  private get place(): { readonly resourceGroupName: string; readonly location: string } {
    return { resourceGroupName: this.resourceGroupName, location: this.location };
  }

  private addSubnet(
    id: string,
    virtualNetwork: VirtualNetwork,
    subnet: Pick<ProtectedSubnetProps, 'name' | 'addressPrefix' | 'ports'>,
  ): string {
    return new ProtectedSubnet(this, id, { ...this.place, ...subnet, virtualNetwork }).id;
  }

  private addHostSubnet(virtualNetwork: VirtualNetwork, networkName: string, addressPrefix: string): string {
    const subnet = { name: 'snet-hosts', addressPrefix, ports: hostPorts };
    const subnetId = this.addSubnet('HostSubnet', virtualNetwork, subnet);
    return new NetworkEgress(this, 'Egress', { ...this.place, networkName, subnetId }).subnetId;
  }

  private addZones(zones: Readonly<Record<string, string>>): Record<string, string> {
    const { resourceGroupName, virtualNetworkId } = this;
    return Object.fromEntries(
      Object.entries(zones).map(([purpose, zoneName]) => [
        zoneName,
        new PrivateDnsZone(this, `Zone-${purpose}`, { zoneName, resourceGroupName, virtualNetworkId }).id,
      ]),
    );
  }
}

class ImportedPrivateNetwork extends NetworkBase {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly virtualNetworkId: string;
  readonly endpointSubnetId: string;
  readonly hostSubnetId: string;
  readonly hostsZoneName: string;
  protected readonly zoneIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, attributes: PrivateNetworkAttributes) {
    super(scope, id);
    requireProps<PrivateNetworkAttributes>(this, attributes, {
      resourceGroupName: 'string',
      location: 'string',
      virtualNetworkId: 'string',
      endpointSubnetId: 'string',
      hostSubnetId: 'string',
      hostsZoneName: 'string',
      privateDnsZoneIds: 'object',
    });
    checkAttributes(this, attributes);
    this.resourceGroupName = attributes.resourceGroupName;
    this.location = attributes.location;
    this.virtualNetworkId = attributes.virtualNetworkId;
    this.endpointSubnetId = attributes.endpointSubnetId;
    this.hostSubnetId = attributes.hostSubnetId;
    this.hostsZoneName = attributes.hostsZoneName;
    this.zoneIds = { ...attributes.privateDnsZoneIds };
  }
}
