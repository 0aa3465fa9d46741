import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Token, conditional } from 'cdktf';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { AzapiResource, DataAzapiResource } from '../azapi';
import type { AzapiValue } from '../azapi';
import type { GrantOptions, IPrincipal } from '../model-endpoint';
import { privateLinkZones } from '../network/private-dns-zone';
import { PrivateEndpoint } from '../network/private-endpoint';
import type { IPrivateNetwork } from '../network/private-network';
import { DiagnosticSettings } from '../observability/diagnostic-settings';
import type { ILogWorkspace } from '../observability/log-workspace';
import type { IResourceGroup } from '../resource-group';
import { movedFrom } from '../moved-from';
import { integerConstraint, nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, guidConstraint, locationConstraint, violation } from '../validation';
import { requireProps } from '../required-props';
import { builtInRoles, grantOn } from './role-grant';
import type { BuiltInRole } from './role-grant';

/** A key vault with role-based access, made here or already there. */
export interface IKeyVault extends IConstruct {
  /** ARM id of the vault. */
  readonly id: string;
  /** Ends with a slash, such as `https://kv-dev-1a2b3.vault.azure.net/`; known at synthesis. */
  readonly vaultUri: string;
  /**
   * Lets the principal read secrets: role `Key Vault Secrets User`.
   * @param id unique among the grants of this vault
   * @param secretName only this secret; without it, every secret of the vault
   */
  grantSecretsUser(
    id: string,
    principal: IPrincipal,
    secretName?: string,
    options?: GrantOptions,
  ): RoleAssignment;
  /**
   * Lets the principal read and write secrets: role `Key Vault Secrets Officer`.
   * @param id unique among the grants of this vault
   * @param secretName only this secret; without it, every secret of the vault
   */
  grantSecretsOfficer(id: string, principal: IPrincipal, secretName?: string, options?: GrantOptions): void;
  /**
   * Lets a service encrypt its data with keys of the vault: role `Key Vault Crypto Service Encryption User`.
   * @param id unique among the grants of this vault
   */
  grantEncryptionUser(id: string, principal: IPrincipal, options?: GrantOptions): void;
}

/** A key vault that is made. */
export interface KeyVaultProps {
  /**
   * 3–24 letters, digits and hyphens, unique in Azure; begins with a letter, ends with a letter or digit, no two hyphens
   * in a row. Purge protection keeps the name taken after destroy; a vault of the same name, group and location is
   * recovered by the next deploy.
   */
  readonly name: string;
  /** Group that gets the vault. */
  readonly resourceGroup: IResourceGroup;
  /** Network in which the vault has its private endpoint, the only way to its secrets. */
  readonly network: IPrivateNetwork;
  /** Where its audit log goes. */
  readonly logWorkspace: ILogWorkspace;
  /** Azure location. @default - the resource group's */
  readonly location?: string;
  /** GUID of the tenant whose identities it knows. @default - the tenant that Terraform is logged in to */
  readonly tenantId?: string;
  /** How long deleted secrets, and the deleted vault, are kept. Unit: days, 7 to 90; fixed at creation. @default 90 */
  readonly softDeleteRetentionDays?: number;
  /**
   * Whether a deleted vault of this name and location is recovered instead of a new one being made. To know of one, each plan reads
   * `Microsoft.KeyVault/locations/deletedVaults/read` on the subscription; set false where whoever deploys may not, and
   * `az keyvault recover` by hand when the name is taken. @default true
   */
  readonly recoverSoftDeleted?: boolean;
}

/** A key vault that is there already. */
export interface KeyVaultAttributes {
  /** ARM id of the vault. */
  readonly id: string;
  /** Name of the vault. */
  readonly name: string;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
const vaultName = nameConstraint(
  /^(?=.{3,24}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/,
  '3 to 24 letters, digits and single hyphens that begin with a letter and end with a letter or digit',
);

const vaultId = armIdConstraint('Microsoft.KeyVault/vaults');

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
const secret = nameConstraint(/^[A-Za-z0-9-]{1,127}$/, '1 to 127 letters, digits and hyphens');

/** https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
const retention = integerConstraint(7, 90, ' days');

abstract class KeyVaultBase extends Construct implements IKeyVault {
  abstract readonly id: string;
  abstract readonly vaultUri: string;

  grantSecretsUser(
    id: string,
    principal: IPrincipal,
    secretName?: string,
    options?: GrantOptions,
  ): RoleAssignment {
    return this.grant(id, principal, builtInRoles.keyVaultSecretsUser, secretName, options);
  }

  grantSecretsOfficer(id: string, principal: IPrincipal, secretName?: string, options?: GrantOptions): void {
    this.grant(id, principal, builtInRoles.keyVaultSecretsOfficer, secretName, options);
  }

  grantEncryptionUser(id: string, principal: IPrincipal, options?: GrantOptions): void {
    this.grant(id, principal, builtInRoles.keyVaultEncryptionUser, undefined, options);
  }

  private grant(
    id: string,
    principal: IPrincipal,
    role: BuiltInRole,
    secretName?: string,
    options?: GrantOptions,
  ): RoleAssignment {
    rejectViolations(this, violation('secretName', secretName, secret));
    const resourceId = secretName === undefined ? this.id : `${this.id}/secrets/${secretName}`;
    return grantOn(this, id, { principal, role, resourceId }, options);
  }
}

/** API version of Azure Resource Manager. Those before it stop on 27 February 2027, azurerm 4.x's with them. */
const vaultApiVersion = '2026-02-01';

/**
 * A key vault with role-based access, purge protection and no public network access. The stack needs an {@link AzapiProvider}: what
 * release 0.1 made as `azurerm_key_vault` moves to azapi without being replaced.
 *
 * @example
 * const vault = new KeyVault(this, 'Vault', { name: 'kv-shop', resourceGroup, network, logWorkspace });
 * vault.grantSecretsUser('shop', identity, 'chat-api-key');
 */
export class KeyVault extends KeyVaultBase {
  /** An existing vault; it must use role-based access. */
  static fromAttributes(scope: Construct, id: string, attributes: KeyVaultAttributes): IKeyVault {
    return new ImportedKeyVault(scope, id, attributes);
  }

  readonly id: string;
  readonly vaultUri: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: KeyVaultProps) {
    super(scope, id);
    requireProps<KeyVaultProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      network: 'object',
      logWorkspace: 'object',
    });
    rejectViolations(this, [
      ...violation('name', props.name, vaultName),
      ...violation('location', props.location, locationConstraint),
      ...violation('tenantId', props.tenantId, guidConstraint),
      ...violation('softDeleteRetentionDays', props.softDeleteRetentionDays, retention),
    ]);
    this.id = movedFrom(this.addVault(props), 'azurerm_key_vault').attribute('id');
    this.vaultUri = vaultUri(props.name);
    new DiagnosticSettings(this, 'Diagnostics', { resourceId: this.id, logWorkspace: props.logWorkspace });
    new PrivateEndpoint(this, 'PrivateEndpoint', {
      resourceName: props.name,
      resourceId: this.id,
      subresource: 'vault',
      network: props.network,
      zoneNames: [privateLinkZones.keyVault],
    });
  }

  private addVault(props: KeyVaultProps): AzapiResource {
    const { name, resourceGroup, location = resourceGroup.location } = props;
    const client = new DataAzurermClientConfig(this, 'Client');
    const createMode =
      props.recoverSoftDeleted === false
        ? undefined
        : this.createMode(
            `/subscriptions/${client.subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
          );
    return new AzapiResource(this, 'Resource', {
      type: `Microsoft.KeyVault/vaults@${vaultApiVersion}`,
      name,
      parentId: resourceGroup.id,
      location,
      body: {
        properties: {
          tenantId: props.tenantId ?? client.tenantId,
          sku: { family: 'A', name: 'standard' },
          // Azure asks for the list, though roles decide.
          accessPolicies: [],
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          enablePurgeProtection: true,
          softDeleteRetentionInDays: props.softDeleteRetentionDays ?? 90,
          publicNetworkAccess: 'Disabled',
          // Machine Learning and encryption with a customer's key reach the vault as trusted services.
          networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
          ...(createMode === undefined ? {} : { createMode }),
        },
      },
      ignoreNullProperty: true,
      // With an export of its own, a vault that azurerm made is written once by this version: until then its state names the newest
      // version that azapi knows, a preview that Azure may withdraw.
      responseExportValues: ['properties.vaultUri'],
    });
  }

  /** Azure refuses `recover` where nothing was deleted, and anything else where a deleted vault has the name. */
  private createMode(deletedVaultId: string): AzapiValue {
    const deleted = new DataAzapiResource(this, 'Deleted', {
      type: `Microsoft.KeyVault/locations/deletedVaults@${vaultApiVersion}`,
      resourceId: deletedVaultId,
      ignoreNotFound: true,
    });
    return conditional(deleted.exists, 'recover', null);
  }
}

class ImportedKeyVault extends KeyVaultBase {
  readonly id: string;
  readonly vaultUri: string;

  constructor(scope: Construct, id: string, attributes: KeyVaultAttributes) {
    super(scope, id);
    requireProps<KeyVaultAttributes>(this, attributes, { id: 'string', name: 'string' });
    rejectViolations(this, [
      ...violation('id', attributes.id, vaultId),
      ...violation('name', attributes.name, vaultName),
    ]);
    this.id = attributes.id;
    this.vaultUri = vaultUri(attributes.name);
  }
}

/** Azure's public cloud; the name is chosen here, so the address is known before the vault exists. */
function vaultUri(name: string): string {
  return `https://${Token.isUnresolved(name) ? name : name.toLowerCase()}.vault.azure.net/`;
}
