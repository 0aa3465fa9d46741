import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { IPrincipal } from '../model-endpoint';
import { argument, literals } from '../literals';
import { rejectViolations } from '../errors';
import { armIdConstraint, guidConstraint, violation } from '../validation';

/** Built-in roles in use, by what they are for. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const builtInRoles = {
  /** Calls OpenAI models of an account. */
  openAiUser: 'Cognitive Services OpenAI User',
  /** Calls any model of an account, partner models too. */
  cognitiveServicesUser: 'Cognitive Services User',
  /** Manages and calls the endpoints of a Machine Learning workspace. */
  machineLearningDataScientist: 'AzureML Data Scientist',
  keyVaultSecretsUser: 'Key Vault Secrets User',
  keyVaultSecretsOfficer: 'Key Vault Secrets Officer',
  keyVaultAdministrator: 'Key Vault Administrator',
  /** Wraps and unwraps keys for a service that encrypts with a customer's key. */
  keyVaultEncryptionUser: 'Key Vault Crypto Service Encryption User',
  contributor: 'Contributor',
  blobContributor: 'Storage Blob Data Contributor',
  /** Starts and deallocates virtual machines, and nothing else of them. */
  powerOnOff: 'Desktop Virtualization Power On Off Contributor',
  /** Calls OpenAI models of an account and runs batch jobs on them. */
  openAiContributor: 'Cognitive Services OpenAI Contributor',
  fileContributor: 'Storage File Data Privileged Contributor',
} as const;

/** Name of a built-in role. */
export type BuiltInRole = (typeof builtInRoles)[keyof typeof builtInRoles];

/** Who may act how on what. */
export interface RoleGrant {
  /** Who may act. */
  readonly principal: IPrincipal;
  /** A built-in role, or the ARM id of a role definition. */
  readonly role: BuiltInRole | { readonly definitionId: string };
  /** ARM id of what the role is for. */
  readonly resourceId: string;
}

/**
 * Assigns a role. Azure takes up to minutes to let a new assignment act.
 * @param id unique in the scope; the assignment's logical id
 * @throws Error listing the ids that are none
 */
export function grantRole(scope: Construct, id: string, grant: RoleGrant): RoleAssignment {
  const { principal, role } = grant;
  rejectViolations(scope, [
    ...violation('principalId', principal.principalId, guidConstraint),
    ...violation('resourceId', grant.resourceId, armIdConstraint()),
    ...(typeof role === 'string' ? [] : violation('definitionId', role.definitionId, armIdConstraint())),
  ]);
  const roleName = typeof role === 'string' ? role : role.definitionId;
  return new RoleAssignment(
    scope,
    id,
    literals({
      name: stableGuid(scope, grant.resourceId, roleName, principal.principalId),
      scope: grant.resourceId,
      principalId: principal.principalId,
      principalType: principal.principalType,
      roleDefinitionName: typeof role === 'string' ? role : undefined,
      roleDefinitionId: typeof role === 'string' ? undefined : role.definitionId,
      // An identity of this same deployment may not have reached every replica of Entra ID yet.
      skipServicePrincipalAadCheck: principal.principalType === 'ServicePrincipal' ? true : undefined,
    }),
  );
}

/**
 * A GUID that is the same in every deploy for the same parts. azurerm makes up a new one for a role that has none: when
 * the answer to its creation is lost, the next deploy is refused and nothing says which role to import.
 * @param scope whose GUID it is, for errors
 * @param parts what makes the named thing unlike any other; values known after apply are welcome
 */
export function stableGuid(scope: Construct, ...parts: readonly string[]): string {
  return Fn.uuidv5('url', argument(scope, parts.join('|')));
}
