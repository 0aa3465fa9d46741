import { ImportableResource, TerraformResource, Token } from 'cdktf';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { requireProps } from '../required-props';
import { checkType, commonAttributes, hclAttributes } from './azapi-attributes';
import type { AzapiCommonConfig } from './azapi-attributes';
import type { AzapiBody, AzapiValue } from './body-values';
import { azapiMetadata } from './azapi-provider';
import { literals } from '../literals';

/** Managed identities of a resource. */
export interface AzapiIdentity {
  /** Which kinds of identity it has. */
  readonly type: 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned, UserAssigned' | 'None';
  /** ARM ids of user-assigned identities. @default - none */
  readonly identityIds?: readonly string[];
}

/** A resource of any ARM type. */
export interface AzapiResourceConfig<T extends string = string> extends AzapiCommonConfig<T> {
  /** A change replaces the resource. @default - only for types that have no name */
  readonly name?: string;
  /** ARM id of the resource group or the parent resource. A change replaces the resource. @default - the subscription */
  readonly parentId?: string;
  /** @default - none, for types without a location */
  readonly location?: string;
  /** @default - none */
  readonly identity?: AzapiIdentity;
  /** Only for types that take tags. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Write-only part of the body: sent to Azure, never kept in state. Needs Terraform 1.11. @default - none */
  readonly sensitiveBody?: AzapiBody;
  /** Path in the sensitive body to a version; a new version sends that value again. @default - sent on every change */
  readonly sensitiveBodyVersion?: Readonly<Record<string, string>>;
  /** Whether type and body are checked against the schema. @default true */
  readonly schemaValidationEnabled?: boolean;
  /** Whether the case of property names in responses is ignored. @default false */
  readonly ignoreCasing?: boolean;
  /** Whether properties that Azure does not return are no difference. @default true */
  readonly ignoreMissingProperty?: boolean;
  /** Whether properties that are null are left out of the request. @default false */
  readonly ignoreNullProperty?: boolean;
  /** A change of this value replaces the resource. @default - none */
  readonly replaceTriggersExternalValues?: AzapiValue;
  /** Paths in this resource; a change of a value there replaces it. @default - none */
  readonly replaceTriggersRefs?: readonly string[];
  /** Sent with the delete request. @default - none */
  readonly deleteQueryParameters?: Readonly<Record<string, readonly string[]>>;
}

/**
 * `azapi_resource`: any Azure resource, in the words of its ARM schema.
 *
 * @example
 * new AzapiResource(this, 'Project', {
 *   type: 'Microsoft.CognitiveServices/accounts/projects@2025-06-01',
 *   name: 'shop',
 *   parentId: account.id,
 *   location: 'swedencentral',
 *   body: { properties: { displayName: 'Shop' } },
 * });
 */
export class AzapiResource<T extends string = string> extends TerraformResource {
  /** Its type in Terraform. */
  static readonly tfResourceType = 'azapi_resource';

  /** Writes the configuration that brings an existing resource under Terraform on the next plan. */
  static generateConfigForImport(
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: TerraformProvider,
  ): ImportableResource {
    return new ImportableResource(
      scope,
      importToId,
      literals({
        terraformResourceType: AzapiResource.tfResourceType,
        importId: importFromId,
        provider,
      }),
    );
  }

  /** Tags of the resource; an aspect that tags everything sets them. */
  tags: Readonly<Record<string, string>> | undefined;
  private readonly config: AzapiResourceConfig<T>;

  /** @throws Error when `type` is not an ARM type and API version. */
  constructor(scope: Construct, id: string, config: AzapiResourceConfig<T>) {
    super(scope, id, {
      ...config,
      terraformResourceType: AzapiResource.tfResourceType,
      terraformGeneratorMetadata: azapiMetadata,
    });
    requireProps<{ type: string }>(this, config, { type: 'string' });
    checkType(this, config.type);
    this.config = literals(config);
    this.tags = this.config.tags;
  }

  /** Tags as they were given; undefined without any. */
  get tagsInput(): Readonly<Record<string, string>> | undefined {
    return this.tags;
  }

  /** ARM type without its API version, such as `Microsoft.KeyVault/vaults`. */
  get armType(): string {
    return this.config.type.split('@')[0] ?? '';
  }

  /** ARM id. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  /** Name of the resource. */
  get name(): string {
    return this.getStringAttribute('name');
  }

  /** Object id of the system-assigned identity. */
  get principalId(): string {
    return Token.asString(this.interpolationForAttribute('identity[0].principal_id'));
  }

  /** A value that `responseExportValues` exports: its path, such as `properties.loginServer`, or its name. */
  output(path: string): string {
    return Token.asString(this.interpolationForAttribute(`output.${path}`));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { config } = this;
    return {
      ...commonAttributes(config),
      name: config.name,
      parent_id: config.parentId,
      location: config.location,
      identity: config.identity && [
        { type: config.identity.type, identity_ids: config.identity.identityIds },
      ],
      tags: this.tags,
      sensitive_body: config.sensitiveBody,
      sensitive_body_version: config.sensitiveBodyVersion,
      schema_validation_enabled: config.schemaValidationEnabled,
      ignore_casing: config.ignoreCasing,
      ignore_missing_property: config.ignoreMissingProperty,
      ignore_null_property: config.ignoreNullProperty,
      replace_triggers_external_values: config.replaceTriggersExternalValues,
      replace_triggers_refs: config.replaceTriggersRefs,
      delete_query_parameters: config.deleteQueryParameters,
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}
