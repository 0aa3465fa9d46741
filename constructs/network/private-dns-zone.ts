import { PrivateDnsZone as AzurermPrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { literals } from '../literals';
import { rejectViolations } from '../errors';
import { armIdConstraint, groupNameConstraint, violation, zoneNameConstraint } from '../validation';
import { requireProps } from '../required-props';

/**
 * Zones in which private endpoints of the services in use get their names.
 * https://learn.microsoft.com/azure/private-link/private-endpoint-dns, read 2026-11-23.
 */
export const privateLinkZones = {
  cognitiveServices: 'privatelink.cognitiveservices.azure.com',
  openAi: 'privatelink.openai.azure.com',
  aiServices: 'privatelink.services.ai.azure.com',
  machineLearningApi: 'privatelink.api.azureml.ms',
  machineLearningNotebooks: 'privatelink.notebooks.azure.net',
  keyVault: 'privatelink.vaultcore.azure.net',
  blob: 'privatelink.blob.core.windows.net',
  file: 'privatelink.file.core.windows.net',
} as const;

/** A private DNS zone that is made. */
export interface PrivateDnsZoneProps {
  /** Domain name of the zone. */
  readonly zoneName: string;
  /** Group that gets the zone. */
  readonly resourceGroupName: string;
  /** ARM id of the virtual network whose machines resolve the zone. */
  readonly virtualNetworkId: string;
}

const networkId = armIdConstraint('Microsoft.Network/virtualNetworks');

/**
 * A private DNS zone, linked to one virtual network.
 *
 * @example
 * new PrivateDnsZone(this, 'Zone', {
 *   zoneName: privateLinkZones.keyVault,
 *   resourceGroupName: resourceGroup.name,
 *   virtualNetworkId: network.virtualNetworkId,
 * });
 */
export class PrivateDnsZone extends Construct {
  /** ARM id of the zone. */
  readonly id: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: PrivateDnsZoneProps) {
    super(scope, id);
    requireProps<PrivateDnsZoneProps>(this, props, {
      zoneName: 'string',
      resourceGroupName: 'string',
      virtualNetworkId: 'string',
    });
    rejectViolations(this, [
      ...violation('zoneName', props.zoneName, zoneNameConstraint),
      ...violation('resourceGroupName', props.resourceGroupName, groupNameConstraint),
      ...violation('virtualNetworkId', props.virtualNetworkId, networkId),
    ]);
    const zone = new AzurermPrivateDnsZone(
      this,
      'Resource',
      literals({
        name: props.zoneName,
        resourceGroupName: props.resourceGroupName,
      }),
    );
    new PrivateDnsZoneVirtualNetworkLink(
      this,
      'Link',
      literals({
        name: 'berth',
        resourceGroupName: props.resourceGroupName,
        privateDnsZoneName: zone.name,
        virtualNetworkId: props.virtualNetworkId,
        registrationEnabled: false,
      }),
    );
    this.id = zone.id;
  }
}

/** Links a zone that is there already, in whatever resource group, to a network. */
export function linkZone(
  scope: Construct,
  id: string,
  link: {
    readonly name: string;
    readonly zoneName: string;
    readonly zoneId: string;
    readonly virtualNetworkId: string;
  },
): void {
  new PrivateDnsZoneVirtualNetworkLink(
    scope,
    id,
    literals({
      name: link.name,
      // `/subscriptions/<id>/resourceGroups/<group>/…`, which another resource's id is at the deploy only.
      resourceGroupName: Fn.element(Fn.split('/', link.zoneId), 4),
      privateDnsZoneName: link.zoneName,
      virtualNetworkId: link.virtualNetworkId,
      registrationEnabled: false,
    }),
  );
}
