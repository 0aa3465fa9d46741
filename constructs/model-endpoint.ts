import type { IConstruct } from 'constructs';
import type { EndpointAddress } from './endpoint-address';

/** Who may be granted a role: an identity known by its object id in Entra ID. */
export interface IPrincipal {
  /** Object id of the identity in Entra ID, a GUID. */
  readonly principalId: string;
  /** What kind of identity it is. */
  readonly principalType: 'ServicePrincipal' | 'User' | 'Group';
}

/** The seam that hosted, catalogue and self-hosted models share. Imported endpoints implement it too. */
export interface IModelEndpoint extends IConstruct {
  /** How callers reach the model. */
  readonly address: EndpointAddress;
  /**
   * Lets the principal call this model, with the smallest built-in role that does; each implementation names it.
   * @param id unique among the grants of this endpoint; it becomes part of the resource's logical id
   */
  grantInvoke(id: string, principal: IPrincipal): void;
}
