import { PrivateEndpoint as AzurermPrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { PrivateEndpointConfig } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { dependable } from 'cdktf';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { requireProps } from '../required-props';
import type { IPrivateNetwork } from './private-network';
import { literals } from '../literals';
import { nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, violation } from '../validation';

/** The private way to a resource. */
export interface PrivateEndpointProps {
  /** Name of the resource it leads to; the endpoint is named `pe-<name>-<subresource>`. */
  readonly resourceName: string;
  /** ARM id of the resource it leads to. */
  readonly resourceId: string;
  /** What of the resource it leads to, such as `vault` or `blob`. */
  readonly subresource: string;
  /** Network whose endpoint subnet and zones it uses. */
  readonly network: IPrivateNetwork;
  /** Zones in which the resource gets its private address. */
  readonly zoneNames: readonly string[];
}

const resourceName = nameConstraint(
  /^[A-Za-z0-9][\w.-]{0,63}$/,
  '1 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit',
);

const subresource = nameConstraint(/^[A-Za-z]\w{0,29}$/, 'the name of a part, such as vault or blob');

/**
 * A private address of a resource in the network, under the resource's public name.
 *
 * @example
 * new PrivateEndpoint(this, 'Endpoint', {
 *   resourceName: 'kv-shop',
 *   resourceId: keyVault.id,
 *   subresource: 'vault',
 *   network,
 *   zoneNames: [privateLinkZones.keyVault],
 * });
 */
export class PrivateEndpoint extends Construct {
  private readonly resource: AzurermPrivateEndpoint;

  /** @throws Error when the network has no zone of one of the names, or listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: PrivateEndpointProps) {
    super(scope, id);
    requireProps<PrivateEndpointProps>(this, props, {
      resourceName: 'string',
      resourceId: 'string',
      subresource: 'string',
      network: 'object',
      zoneNames: ['string'],
    });
    rejectViolations(this, [
      ...violation('resourceName', props.resourceName, resourceName),
      ...violation('resourceId', props.resourceId, armIdConstraint()),
      ...violation('subresource', props.subresource, subresource),
    ]);
    const name = `pe-${props.resourceName}-${props.subresource}`;
    this.resource = new AzurermPrivateEndpoint(
      this,
      'Resource',
      literals({
        name,
        resourceGroupName: props.network.resourceGroupName,
        location: props.network.location,
        subnetId: props.network.endpointSubnetId,
        privateServiceConnection: {
          name,
          privateConnectionResourceId: props.resourceId,
          subresourceNames: [props.subresource],
          isManualConnection: false,
        },
        ...zoneGroupOf(props),
      }),
    );
  }

  /** Makes the endpoint after the given resource, and after nothing else that was given before. */
  comeAfter(resource: ITerraformDependable): void {
    this.resource.dependsOn = [dependable(resource)];
  }
}

/** Without one, what a policy adds would be taken away by each deploy. */
function zoneGroupOf({
  network,
  zoneNames,
}: PrivateEndpointProps): Pick<PrivateEndpointConfig, 'privateDnsZoneGroup' | 'lifecycle'> {
  return network.hasZoneGroupsByPolicy
    ? { lifecycle: { ignoreChanges: ['private_dns_zone_group'] } }
    : {
        privateDnsZoneGroup: {
          name: 'default',
          privateDnsZoneIds: zoneNames.map(zone => network.privateDnsZoneId(zone)),
        },
      };
}
