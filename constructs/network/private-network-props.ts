import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { addressSpaceAllowed, isAddressSpace } from '../../limits/address-space';
import { shown } from '../../text/shown';
import { nameConstraint } from '../constraint';
import type { Constraint } from '../constraint';
import { rejectViolations } from '../errors';
import type { IResourceGroup } from '../resource-group';
import {
  armIdConstraint,
  groupNameConstraint,
  locationConstraint,
  violation,
  zoneNameConstraint,
} from '../validation';

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
  /**
   * Private DNS zones that are there already, such as a hub's or those of another network here: zone name to ARM id. They are not made, and
   * are linked to the network under its name. @default - none: all zones are made in the resource group, and linked
   */
  readonly privateDnsZoneIds?: Readonly<Record<string, string>>;
  /** Whether the zones of `privateDnsZoneIds` are linked to the network here; false where the hub or a policy does it. @default true */
  readonly linksZones?: boolean;
  /**
   * Whether Azure Policy gives private endpoints their DNS zone groups, as in landing zones: endpoints then have none here, what the
   * policy adds stays, and only the zone of the hosts is made. @default false
   */
  readonly hasZoneGroupsByPolicy?: boolean;
  /** Names of the subnets' security groups; a second network of a resource group needs others. @default 'nsg-snet-endpoints', 'nsg-snet-hosts' */
  readonly securityGroupNames?: OfSubnets;
  /**
   * ARM ids of security groups that are there already, instead of ones that are made: their rules have to let the network reach the endpoints
   * on port 443, and the hosts on 443 and 8443 to 8458. @default - made, with rules that let in nothing else
   */
  readonly securityGroupIds?: OfSubnets;
}

/** A text for each of the subnets. */
export interface OfSubnets {
  /** Of the subnet of the private endpoints. */
  readonly endpoints?: string;
  /** Of the subnet of the hosts. */
  readonly hosts?: string;
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
  /**
   * Whether Azure Policy gives private endpoints their DNS zone groups, as in landing zones: endpoints then have none here, what the
   * policy adds stays, and no zone but the hosts' has to be named. @default false
   */
  readonly hasZoneGroupsByPolicy?: boolean;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
const networkName = nameConstraint(
  /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  '2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit and end with one or an underscore',
);

const groupName = nameConstraint(
  /^[A-Za-z0-9](?:[\w.-]{0,78}\w)?$/,
  '1 to 80 letters, digits, underscores, full stops and hyphens that begin with a letter or digit and end with one or an underscore',
);

const addressSpaceConstraint: Constraint<string> = {
  allowed: addressSpaceAllowed,
  advice: 'choose one such as 10.40.0.0/16',
  holds: isAddressSpace,
};

/** @throws Error listing the props that Azure would refuse. */
export function checkNetwork(scope: Construct, props: PrivateNetworkProps): void {
  rejectViolations(scope, [
    ...violation('name', props.name, networkName),
    ...violation('addressSpace', props.addressSpace, addressSpaceConstraint),
    ...(Token.isUnresolved(props.addressSpace)
      ? ['addressSpace must be a literal range in CIDR notation, not a token: write it out']
      : []),
    ...violation('location', props.location, locationConstraint),
    ...violation('hostsZoneName', props.hostsZoneName, zoneNameConstraint),
    ...zoneViolations(props.privateDnsZoneIds ?? {}),
    ...subnetNames.flatMap(subnet => [
      ...violation(`securityGroupNames.${subnet}`, props.securityGroupNames?.[subnet], groupName),
      ...violation(`securityGroupIds.${subnet}`, props.securityGroupIds?.[subnet], groupId),
    ]),
  ]);
}

const subnetNames = ['endpoints', 'hosts'] as const;
const groupId = armIdConstraint('Microsoft.Network/networkSecurityGroups');

function zoneViolations(zoneIds: Readonly<Record<string, string>>): string[] {
  return Object.entries(zoneIds).flatMap(([name, id]) => [
    ...violation('a name in privateDnsZoneIds', name, zoneNameConstraint),
    ...violation(`privateDnsZoneIds of ${shown(name)}`, id, zoneId),
  ]);
}

const networkId = armIdConstraint('Microsoft.Network/virtualNetworks');
const subnetId = armIdConstraint('Microsoft.Network/virtualNetworks/subnets');
const zoneId = armIdConstraint('Microsoft.Network/privateDnsZones');

/** @throws Error listing the attributes that no network of Azure has. */
export function checkAttributes(scope: Construct, attributes: PrivateNetworkAttributes): void {
  rejectViolations(scope, [
    ...violation('resourceGroupName', attributes.resourceGroupName, groupNameConstraint),
    ...violation('location', attributes.location, locationConstraint),
    ...violation('virtualNetworkId', attributes.virtualNetworkId, networkId),
    ...violation('endpointSubnetId', attributes.endpointSubnetId, subnetId),
    ...violation('hostSubnetId', attributes.hostSubnetId, subnetId),
    ...violation('hostsZoneName', attributes.hostsZoneName, zoneNameConstraint),
    ...zoneViolations(attributes.privateDnsZoneIds),
  ]);
}
