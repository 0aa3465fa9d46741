export { PrivateDnsZone, privateLinkZones } from './private-dns-zone';
export type { PrivateDnsZoneProps } from './private-dns-zone';
export { PrivateEndpoint } from './private-endpoint';
export type { PrivateEndpointProps } from './private-endpoint';
export { PrivateNetwork } from './private-network';
export type { IPrivateNetwork } from './private-network';
export type { OfSubnets, PrivateNetworkAttributes, PrivateNetworkProps } from './private-network-props';
