import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record';
import { Fn, Token } from 'cdktf';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { IPrivateNetwork } from '../network';
import { argument, literals } from '../literals';
import { hostNameTtlSeconds } from '../../limits/host-name';

interface HostNameProps {
  /** First label of the name. */
  readonly label: string;
  readonly network: IPrivateNetwork;
  /** Where the name leads. */
  readonly privateIpAddress: string;
  /** What proves that somebody serves there; it leads there no sooner. */
  readonly after: readonly ITerraformDependable[];
}

/** Position of the group's name in `/subscriptions/<id>/resourceGroups/<name>/…`. */
const groupSegment = 4;

/** A name in the network's private zone for hosts. */
export class HostName extends Construct {
  constructor(scope: Construct, id: string, props: HostNameProps) {
    super(scope, id);
    const { network } = props;
    const zoneId = network.privateDnsZoneId(network.hostsZoneName);
    new PrivateDnsARecord(
      this,
      'Resource',
      literals({
        name: props.label,
        zoneName: network.hostsZoneName,
        // An imported zone may lie in another group than the network. Terraform splits the id, which may be a token here.
        resourceGroupName: Token.asString(Fn.element(Fn.split('/', argument(this, zoneId)), groupSegment)),
        ttl: hostNameTtlSeconds,
        records: [props.privateIpAddress],
        ...(props.after.length > 0 ? { dependsOn: [...props.after] } : {}),
      }),
    );
  }
}
