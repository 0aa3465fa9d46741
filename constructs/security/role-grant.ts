import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Fn, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { GrantOptions, IPrincipal } from '../model-endpoint';
import { argument, literals } from '../literals';
import { rejectViolations } from '../errors';
import { armIdConstraint, guidConstraint, violation } from '../validation';

/** Built-in roles in use, by what they are for. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const builtInRoles = {
  /** Calls OpenAI models of an account. */
  openAiUser: 'Cognitive Services OpenAI User',
  /** Calls any model of an account, partner models too. */
  cognitiveServicesUser: 'Cognitive Services User',
  /** Calls models of an account, those on managed compute too; the role that was called Azure AI User. */
  foundryUser: 'Foundry User',
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
 * Assigns a role on something that others are granted: where the principal is of another stack, it stands there. An app's stack needs
 * what it calls, so a grant beside that, which needs the app's identity, would make a circle of stacks.
 * @param granted what the role is for
 * @param id unique among the grants of it
 */
export function grantOn(
  granted: Construct,
  id: string,
  grant: RoleGrant,
  options: GrantOptions = {},
): RoleAssignment {
  const { principal } = grant;
  const { scope = isElsewhere(granted, principal) ? principal : granted } = options;
  return grantRole(scope, scope === granted ? id : `${granted.node.path.replaceAll('/', '-')}-${id}`, grant);
}

function isElsewhere(granted: Construct, principal: IPrincipal): principal is IPrincipal & Construct {
  return Construct.isConstruct(principal) && TerraformStack.of(principal) !== TerraformStack.of(granted);
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
