import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { IPrincipal } from '../model-endpoint';
import type { IResourceGroup } from '../resource-group';
import { nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, guidConstraint, locationConstraint, violation } from '../validation';
import { literals } from '../literals';
import { requireProps } from '../required-props';

/** A user-assigned managed identity: who a host or a workload is in Entra ID. */
export interface IWorkloadIdentity extends IPrincipal {
  /** ARM id of the identity. */
  readonly id: string;
  /** Application id: what a machine with several identities names to get this one's token. */
  readonly clientId: string;
}

/** A managed identity that is made. */
export interface WorkloadIdentityProps {
  /** 3–128 letters, digits, `-` and `_`; begins with a letter or digit. */
  readonly name: string;
  /** Group that gets the identity. */
  readonly resourceGroup: IResourceGroup;
  /** Azure location. @default - the resource group's */
  readonly location?: string;
}

/** A managed identity that is there already. */
export interface WorkloadIdentityAttributes {
  /** ARM id of the identity. */
  readonly id: string;
  /** Object id of its service principal. */
  readonly principalId: string;
  /** Application id. */
  readonly clientId: string;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagedidentity */
const identityName = nameConstraint(
  /^[A-Za-z0-9][\w-]{2,127}$/,
  '3 to 128 letters, digits, hyphens and underscores that begin with a letter or digit',
);

const identityId = armIdConstraint('Microsoft.ManagedIdentity/userAssignedIdentities');

/**
 * A user-assigned managed identity.
 *
 * @example
 * const shop = new WorkloadIdentity(this, 'Identity', { name: 'id-shop', resourceGroup });
 * deployment.grantInvoke('shop', shop);
 */
export class WorkloadIdentity extends Construct implements IWorkloadIdentity {
  /** An existing identity. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: WorkloadIdentityAttributes,
  ): IWorkloadIdentity {
    return new ImportedWorkloadIdentity(scope, id, attributes);
  }

  readonly id: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly principalType = 'ServicePrincipal';

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    requireProps<WorkloadIdentityProps>(this, props, { name: 'string', resourceGroup: 'object' });
    rejectViolations(this, [
      ...violation('name', props.name, identityName),
      ...violation('location', props.location, locationConstraint),
    ]);
    const identity = new UserAssignedIdentity(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroup.name,
        location: props.location ?? props.resourceGroup.location,
      }),
    );
    this.id = identity.id;
    this.principalId = identity.principalId;
    this.clientId = identity.clientId;
  }
}

class ImportedWorkloadIdentity extends Construct implements IWorkloadIdentity {
  readonly id: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly principalType = 'ServicePrincipal';

  constructor(scope: Construct, id: string, attributes: WorkloadIdentityAttributes) {
    super(scope, id);
    requireProps<WorkloadIdentityAttributes>(this, attributes, {
      id: 'string',
      principalId: 'string',
      clientId: 'string',
    });
    rejectViolations(this, [
      ...violation('id', attributes.id, identityId),
      ...violation('principalId', attributes.principalId, guidConstraint),
      ...violation('clientId', attributes.clientId, guidConstraint),
    ]);
    this.id = attributes.id;
    this.principalId = attributes.principalId;
    this.clientId = attributes.clientId;
  }
}
