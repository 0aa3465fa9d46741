import type { Construct, IConstruct } from 'constructs';
import type { EndpointAddress } from './endpoint-address';

/** Who may be granted a role: an identity known by its object id in Entra ID. */
export interface IPrincipal {
  /** Object id of the identity in Entra ID, a GUID. */
  readonly principalId: string;
  /** What kind of identity it is. */
  readonly principalType: 'ServicePrincipal' | 'User' | 'Group';
}

/** Where a grant stands. */
export interface GrantOptions {
  /**
   * Construct that the role assignment becomes a child of, and with it the stack that makes it: say it for a principal that is no
   * construct but of another stack, such as the system-assigned identity of an app. A change of it makes the assignment anew.
   * @default - the principal, where it is a construct of another stack, so that neither stack needs the other in a circle; else what is granted
   */
  readonly scope?: Construct;
}

/** A model that has an address. Who may call it is settled elsewhere, such as on the device that serves it. */
export interface IModelAddress extends IConstruct {
  /** How callers reach the model. */
  readonly address: EndpointAddress;
}

/** The seam that hosted, catalogue and self-hosted models share. Imported endpoints implement it too. */
export interface IModelEndpoint extends IModelAddress {
  /**
   * Lets the principal call this model, with the smallest built-in role that does; each implementation names it.
   * @param id unique among the grants of this endpoint; it becomes part of the resource's logical id
   */
  grantInvoke(id: string, principal: IPrincipal, options?: GrantOptions): void;
}
