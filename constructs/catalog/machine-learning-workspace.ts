import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { BodyOf } from '../azapi';
import { AzapiResource } from '../azapi';
import { privateLinkZones } from '../network/private-dns-zone';
import { PrivateEndpoint } from '../network/private-endpoint';
import type { IPrivateNetwork } from '../network/private-network';
import { DiagnosticSettings } from '../observability/diagnostic-settings';
import type { ILogWorkspace } from '../observability/log-workspace';
import type { IResourceGroup } from '../resource-group';
import { KeyVault } from '../security/key-vault';
import { builtInRoles, grantRole, stableGuid } from '../security/role-grant';
import type { BuiltInRole, RoleGrant } from '../security/role-grant';
import { WorkloadIdentity } from '../security/workload-identity';
import { nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import {
  armIdConstraint,
  groupNameConstraint,
  hostNamesConstraint,
  locationConstraint,
  violation,
} from '../validation';
import { requireProps } from '../required-props';
import { WorkspaceInsights } from './workspace-insights';
import { WorkspaceStorage } from './workspace-storage';
import { literals } from '../literals';

const workspaceType = 'Microsoft.MachineLearningServices/workspaces@2025-12-01';

/** An Azure Machine Learning workspace, made here or already there. */
export interface IMachineLearningWorkspace extends IConstruct {
  /** ARM id of the workspace. */
  readonly id: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroupName: string;
  /** Azure location of the workspace and its endpoints. */
  readonly location: string;
  /** Role that lets a principal call an endpoint. */
  readonly endpointCallerRole: RoleGrant['role'];
}

/** A workspace that is made. */
export interface MachineLearningWorkspaceProps {
  /**
   * 3–33 letters, digits, `_` and `-`, begins with a letter or digit. At most 22 of them are letters and digits: the
   * storage account `st…` and the key vault `kv…` are named after it and hold 24.
   */
  readonly name: string;
  /** Group that gets the workspace and what it stores in. */
  readonly resourceGroup: IResourceGroup;
  /** Network in which the workspace, its storage and its vault have private endpoints. */
  readonly network: IPrivateNetwork;
  /** Where logs of the workspace, its vault and its application go. */
  readonly logWorkspace: ILogWorkspace;
  /**
   * Azure location; it may differ from the network's. To change it later, change the name as well: the deleted vault
   * keeps its name. @default - the resource group's
   */
  readonly location?: string;
  /**
   * Hosts that deployed models may call besides Azure's own services. Each one makes the workspace pay for a firewall.
   * Models of the HuggingFace registry need theirs here; most others need none.
   * https://learn.microsoft.com/azure/machine-learning/how-to-network-isolation-model-catalog
   * @default - none
   */
  readonly allowedFqdns?: readonly string[];
}

/** A workspace that is there already. */
export interface MachineLearningWorkspaceAttributes {
  /** ARM id of the workspace. */
  readonly id: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroupName: string;
  /** Azure location, such as `swedencentral`. */
  readonly location: string;
  /**
   * ARM id of a role definition that allows `…/onlineEndpoints/score/action`.
   * @default - the built-in role `AzureML Data Scientist`, which may also change the endpoint
   */
  readonly endpointCallerRoleId?: string;
}

/** Pattern of the ARM type Microsoft.MachineLearningServices/workspaces, and room for the names made from it. */
const workspaceName = nameConstraint(
  /^(?=([_-]*[A-Za-z0-9]){3,22}[_-]*$)[A-Za-z0-9][\w-]{2,32}$/,
  '3 to 33 letters, digits, underscores and hyphens that begin with a letter or digit, at most 22 of them letters and digits',
);

const workspaceId = armIdConstraint('Microsoft.MachineLearningServices/workspaces');

const scoreAction = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';

/**
 * A workspace for catalogue endpoints, with storage, key vault and application insights of its own. Identities only, no
 * keys; deployed models reach nothing but Azure's own services and the hosts that are allowed.
 *
 * @example
 * const workspace = new MachineLearningWorkspace(this, 'Workspace', {
 *   name: 'mlw-shop',
 *   resourceGroup,
 *   network,
 *   logWorkspace,
 * });
 */
export class MachineLearningWorkspace extends Construct implements IMachineLearningWorkspace {
  /** An existing workspace; it must have a managed network, because endpoints set no egress of their own. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: MachineLearningWorkspaceAttributes,
  ): IMachineLearningWorkspace {
    return new ImportedMachineLearningWorkspace(scope, id, attributes);
  }

  readonly id: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly endpointCallerRole: RoleGrant['role'];

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: MachineLearningWorkspaceProps) {
    super(scope, id);
    requireProps<MachineLearningWorkspaceProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      network: 'object',
      logWorkspace: 'object',
    });
    rejectViolations(this, [
      ...violation('name', props.name, workspaceName),
      ...violation('location', props.location, locationConstraint),
      ...violation('allowedFqdns', props.allowedFqdns, hostNamesConstraint),
    ]);
    this.resourceGroupName = props.resourceGroup.name;
    this.location = props.location ?? props.resourceGroup.location;
    const workspace = this.addWorkspace(props);
    this.id = workspace.id;
    this.endpointCallerRole = this.addCallerRole(props);
    new DiagnosticSettings(this, 'Diagnostics', { resourceId: this.id, logWorkspace: props.logWorkspace });
    new PrivateEndpoint(this, 'PrivateEndpoint', {
      resourceName: props.name,
      resourceId: this.id,
      subresource: 'amlworkspace',
      network: props.network,
      zoneNames: [privateLinkZones.machineLearningApi, privateLinkZones.machineLearningNotebooks],
    });
  }

  private addWorkspace(props: MachineLearningWorkspaceProps): AzapiResource {
    const { location } = this;
    const compactName = props.name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const identity = new WorkloadIdentity(this, 'Identity', { ...props, location, name: `id-${props.name}` });
    const storage = new WorkspaceStorage(this, 'Storage', { ...props, location, name: `st${compactName}` });
    const vault = new KeyVault(this, 'KeyVault', { ...props, location, name: `kv${compactName}` });
    const insights = new WorkspaceInsights(this, 'Insights', {
      ...props,
      location,
      name: `appi-${props.name}`,
    });
    const parts = { storageId: storage.id, vaultId: vault.id, insightsId: insights.id };
    const workspace = new AzapiResource(this, 'Resource', {
      type: workspaceType,
      parentId: props.resourceGroup.id,
      name: props.name,
      location,
      identity: { type: 'UserAssigned', identityIds: [identity.id] },
      body: workspaceBody(props, identity, parts),
      // A deleted workspace keeps its name for 14 days unless it is purged.
      deleteQueryParameters: { forceToPurge: ['true'] },
      retry: { errorMessageRegex: ['AuthorizationFailed', 'does not have authorization to perform action'] },
      // The managed network is made with the workspace.
      timeouts: { create: '60m', update: '60m', delete: '60m' },
      dependsOn: grantParts(this, identity, parts),
    });
    grantRole(this, 'WorkspaceContributor', {
      principal: identity,
      role: builtInRoles.contributor,
      resourceId: workspace.id,
    });
    return workspace;
  }

  /** No built-in role can call endpoints without being able to change them, so the workspace has its own. */
  private addCallerRole(props: MachineLearningWorkspaceProps): RoleGrant['role'] {
    const name = `Berth endpoint caller (${props.name})`;
    const definition = new RoleDefinition(
      this,
      'EndpointCallerRole',
      literals({
        name,
        roleDefinitionId: stableGuid(this, props.resourceGroup.id, name),
        description: `Calls online endpoints of the workspace ${props.name}`,
        scope: props.resourceGroup.id,
        permissions: [{ actions: [scoreAction] }],
        assignableScopes: [props.resourceGroup.id],
      }),
    );
    return { definitionId: definition.roleDefinitionResourceId };
  }
}

class ImportedMachineLearningWorkspace extends Construct implements IMachineLearningWorkspace {
  readonly id: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly endpointCallerRole: RoleGrant['role'];

  constructor(scope: Construct, id: string, attributes: MachineLearningWorkspaceAttributes) {
    super(scope, id);
    requireProps<MachineLearningWorkspaceAttributes>(this, attributes, {
      id: 'string',
      resourceGroupName: 'string',
      location: 'string',
    });
    rejectViolations(this, [
      ...violation('id', attributes.id, workspaceId),
      ...violation('resourceGroupName', attributes.resourceGroupName, groupNameConstraint),
      ...violation('location', attributes.location, locationConstraint),
      ...violation('endpointCallerRoleId', attributes.endpointCallerRoleId, armIdConstraint()),
    ]);
    this.id = attributes.id;
    this.resourceGroupName = attributes.resourceGroupName;
    this.location = attributes.location;
    this.endpointCallerRole =
      attributes.endpointCallerRoleId === undefined
        ? builtInRoles.machineLearningDataScientist
        : { definitionId: attributes.endpointCallerRoleId };
  }
}

/** ARM ids of what a workspace stands on. */
interface WorkspaceParts {
  readonly storageId: string;
  readonly vaultId: string;
  readonly insightsId: string;
}

/**
 * azurerm has no argument for `systemDatastoresAuthMode` (hashicorp/terraform-provider-azurerm#22150), without which a
 * workspace asks for the account keys that its storage does not have. Hence the workspace goes through azapi.
 */
function workspaceBody(
  props: MachineLearningWorkspaceProps,
  identity: WorkloadIdentity,
  parts: WorkspaceParts,
): BodyOf<typeof workspaceType> {
  const outboundRules = Object.fromEntries(
    (props.allowedFqdns ?? []).map(fqdn => [
      `fqdn-${fqdn.replaceAll('.', '_').replace('*', 'any')}`,
      { type: 'FQDN', category: 'UserDefined', destination: fqdn } as const,
    ]),
  );
  return {
    kind: 'Default',
    sku: { name: 'Basic', tier: 'Basic' },
    properties: {
      friendlyName: props.name,
      storageAccount: parts.storageId,
      keyVault: parts.vaultId,
      applicationInsights: parts.insightsId,
      primaryUserAssignedIdentity: identity.id,
      systemDatastoresAuthMode: 'Identity',
      publicNetworkAccess: 'Disabled',
      v1LegacyMode: false,
      provisionNetworkNow: true,
      managedNetwork: { isolationMode: 'AllowOnlyApprovedOutbound', outboundRules },
    },
  };
}

/**
 * What the workspace's identity may do, as Azure asks for it; it must hold before the workspace is made.
 * https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication
 */
function grantParts(
  scope: Construct,
  principal: WorkloadIdentity,
  parts: WorkspaceParts,
): ITerraformDependable[] {
  const grants: readonly (readonly [id: string, role: BuiltInRole, resourceId: string])[] = [
    ['StorageContributor', builtInRoles.contributor, parts.storageId],
    ['BlobContributor', builtInRoles.blobContributor, parts.storageId],
    ['FileContributor', builtInRoles.fileContributor, parts.storageId],
    ['VaultContributor', builtInRoles.contributor, parts.vaultId],
    ['VaultAdministrator', builtInRoles.keyVaultAdministrator, parts.vaultId],
    ['InsightsContributor', builtInRoles.contributor, parts.insightsId],
  ];
  return grants.map(([id, role, resourceId]) => grantRole(scope, id, { principal, role, resourceId }));
}
