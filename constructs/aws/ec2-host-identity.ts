import { Duration } from 'aws-cdk-lib';
import { ARecord } from 'aws-cdk-lib/aws-route53';
import type { IPrivateHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { hostNameTtlSeconds } from '../../limits/host-name';
import { HostSecrets } from './host-secrets';

interface Ec2HostIdentityProps {
  /** Label of the host in its zone. */
  readonly name: string;
  readonly zone: IPrivateHostedZone;
}

/**
 * By what callers know a host: its name in the private zone, its key and its certificate. It is older than the machines, and other
 * machines that take the place of those that it was made for have it on.
 */
export class Ec2HostIdentity extends Construct {
  readonly name: string;
  readonly secrets: HostSecrets;
  /** The whole name. */
  readonly address: string;
  private readonly zone: IPrivateHostedZone;

  constructor(scope: Construct, id: string, { name, zone }: Ec2HostIdentityProps) {
    super(scope, id);
    this.name = name;
    this.zone = zone;
    this.address = `${name}.${zone.zoneName}`;
    this.secrets = new HostSecrets(this, 'Secrets', name);
  }

  /** Leads callers there, once what serves there does. The record stays, and is changed in place. */
  leadTo(target: RecordTarget, served: readonly IDependable[]): void {
    const record = new ARecord(this, 'Name', {
      zone: this.zone,
      recordName: this.name,
      target,
      ttl: Duration.seconds(hostNameTtlSeconds),
    });
    record.node.addDependency(...served);
  }
}
