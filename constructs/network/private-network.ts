import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { subnetOf } from '../../limits/address-space';
import { shown } from '../../text/shown';
import { Claims } from '../claims';
import { ConstructError, rejectViolations } from '../errors';
import { requireProps } from '../required-props';
import { NetworkEgress } from './network-egress';
import { PrivateDnsZone, linkZone, privateLinkZones } from './private-dns-zone';
import { checkAttributes, checkNetwork } from './private-network-props';
import type { OfSubnets, PrivateNetworkAttributes, PrivateNetworkProps } from './private-network-props';
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
  /** Whether Azure Policy gives private endpoints their DNS zone groups. @default false */
  readonly hasZoneGroupsByPolicy?: boolean;
  /**
   * ARM id of a private DNS zone that is linked to the network.
   * @throws Error naming the known zones when the network has none of this name.
   */
  privateDnsZoneId(zoneName: string): string;
}

/** HTTPS, and one port for each of the models that a host can serve. */
const hostPorts = ['443', '8443-8458'];

abstract class NetworkBase extends Construct implements IPrivateNetwork {
  abstract readonly resourceGroupName: string;
  abstract readonly location: string;
  abstract readonly virtualNetworkId: string;
  abstract readonly endpointSubnetId: string;
  abstract readonly hostSubnetId: string;
  abstract readonly hostsZoneName: string;
  abstract readonly hasZoneGroupsByPolicy: boolean;
  /** ARM ids of the private DNS zones by their names: what another network shares them by. */
  abstract readonly privateDnsZoneIds: Readonly<Record<string, string>>;

  privateDnsZoneId(zoneName: string): string {
    const zoneIds = this.privateDnsZoneIds;
    const id = Object.hasOwn(zoneIds, zoneName) ? zoneIds[zoneName] : undefined;
    if (id !== undefined) return id;
    throw new ConstructError(
      this.node.path,
      `no private DNS zone ${shown(zoneName)} in network ${this.node.path}: known are ` +
        `${Object.keys(zoneIds).sort().join(', ') || 'none'}; give the network the id of that zone`,
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
  readonly hasZoneGroupsByPolicy: boolean;
  readonly privateDnsZoneIds: Readonly<Record<string, string>>;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: PrivateNetworkProps) {
    super(scope, id);
    requireProps<PrivateNetworkProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      hostsZoneName: 'string',
    });
    checkNetwork(this, props);
    this.hasZoneGroupsByPolicy = props.hasZoneGroupsByPolicy ?? false;
    const addressSpace = props.addressSpace ?? '10.40.0.0/16';
    this.resourceGroupName = props.resourceGroup.name;
    this.location = props.location ?? props.resourceGroup.location;
    this.hostsZoneName = props.hostsZoneName;
    this.checkNeighbours(props);
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
      ...groupOf(props, 'endpoints'),
    });
    this.hostSubnetId = this.addHostSubnet(network, props, subnetOf(addressSpace, 1));
    this.privateDnsZoneIds = this.addZones(props);
  }

  /** What two networks of a resource group would both make under one name, Terraform would find at the deploy only. */
  private checkNeighbours(props: PrivateNetworkProps): void {
    const names = namesMade(props);
    const keyOf = (name: string): string => `${this.resourceGroupName} ${name}`;
    const held = namesInGroups.take(this, names.map(keyOf));
    rejectViolations(
      this,
      [...new Set(held.values())].map(path => {
        const both = names.filter(name => held.get(keyOf(name)) === path);
        return (
          `${both.join(', ')} would be made twice in one resource group, for ${path} as well: ` +
          'give this network securityGroupNames of its own, and the privateDnsZoneIds of the other'
        );
      }),
    );
  }

  private get place(): { readonly resourceGroupName: string; readonly location: string } {
    return { resourceGroupName: this.resourceGroupName, location: this.location };
  }

  private addSubnet(
    id: string,
    virtualNetwork: VirtualNetwork,
    subnet: Omit<ProtectedSubnetProps, 'virtualNetwork' | 'resourceGroupName' | 'location'>,
  ): string {
    return new ProtectedSubnet(this, id, { ...this.place, ...subnet, virtualNetwork }).id;
  }

  private addHostSubnet(
    virtualNetwork: VirtualNetwork,
    props: PrivateNetworkProps,
    addressPrefix: string,
  ): string {
    const subnet = { name: 'snet-hosts', addressPrefix, ports: hostPorts, ...groupOf(props, 'hosts') };
    const subnetId = this.addSubnet('HostSubnet', virtualNetwork, subnet);
    return new NetworkEgress(this, 'Egress', { ...this.place, networkName: props.name, subnetId }).subnetId;
  }

  private addZones(props: PrivateNetworkProps): Record<string, string> {
    const { resourceGroupName, virtualNetworkId } = this;
    const made = Object.entries(zonesMade(props)).map(([purpose, zoneName]) => [
      zoneName,
      new PrivateDnsZone(this, `Zone-${purpose}`, { zoneName, resourceGroupName, virtualNetworkId }).id,
    ]);
    const { privateDnsZoneIds = {}, linksZones = true, name } = props;
    if (linksZones)
      for (const [zoneName, zoneId] of Object.entries(privateDnsZoneIds))
        linkZone(this, `Link-${zoneName}`, { name, zoneName, zoneId, virtualNetworkId });
    return { ...privateDnsZoneIds, ...Object.fromEntries(made) };
  }
}

const namesInGroups = new Claims();

/** Zones that are made, by what they are for. */
function zonesMade(props: PrivateNetworkProps): Record<string, string> {
  const { hostsZoneName: hosts, privateDnsZoneIds = {}, hasZoneGroupsByPolicy = false } = props;
  const wanted = hasZoneGroupsByPolicy ? { hosts } : { ...privateLinkZones, hosts };
  return Object.fromEntries(
    Object.entries(wanted).filter(([, zoneName]) => !Object.hasOwn(privateDnsZoneIds, zoneName)),
  );
}

/** Names of what is made beside the network, which is unlike others by its own. */
function namesMade(props: PrivateNetworkProps): string[] {
  const groups = (['endpoints', 'hosts'] as const)
    .map(subnet => groupOf(props, subnet))
    .flatMap(({ securityGroupId, securityGroupName }) => (securityGroupId ? [] : [securityGroupName]));
  return [...groups, ...Object.values(zonesMade(props))];
}

function groupOf(
  { securityGroupIds, securityGroupNames }: PrivateNetworkProps,
  subnet: keyof OfSubnets,
): { readonly securityGroupId?: string; readonly securityGroupName: string } {
  return {
    securityGroupId: securityGroupIds?.[subnet],
    securityGroupName: securityGroupNames?.[subnet] ?? `nsg-snet-${subnet}`,
  };
}

class ImportedPrivateNetwork extends NetworkBase {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly virtualNetworkId: string;
  readonly endpointSubnetId: string;
  readonly hostSubnetId: string;
  readonly hostsZoneName: string;
  readonly hasZoneGroupsByPolicy: boolean;
  readonly privateDnsZoneIds: Readonly<Record<string, string>>;

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
    this.hasZoneGroupsByPolicy = attributes.hasZoneGroupsByPolicy ?? false;
    this.privateDnsZoneIds = { ...attributes.privateDnsZoneIds };
  }
}
