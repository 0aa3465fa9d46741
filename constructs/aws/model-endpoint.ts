import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { EndpointAddress } from '../endpoint-address';

/** A model on AWS: the twin of `IModelEndpoint`, for identities of IAM. */
export interface IModelEndpointAws extends IConstruct {
  /** How callers reach the model. */
  readonly address: EndpointAddress;
  /** Lets the grantee read the key and the certificate that calls need: `secretsmanager:GetSecretValue` on both. */
  grantInvoke(grantee: IGrantable): Grant;
}

/** A model on an EC2 host. */
export class Ec2Endpoint extends Construct implements IModelEndpointAws {
  readonly address: EndpointAddress;
  private readonly grant: (grantee: IGrantable) => Grant;

  /** @param grant lets a grantee read the host's key and certificate */
  constructor(scope: Construct, id: string, address: EndpointAddress, grant: (grantee: IGrantable) => Grant) {
    super(scope, id);
    this.address = address;
    this.grant = grant;
  }

  grantInvoke(grantee: IGrantable): Grant {
    return this.grant(grantee);
  }
}
