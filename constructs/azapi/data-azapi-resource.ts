import { TerraformDataSource } from 'cdktf';
import type { IResolvable, TerraformMetaArguments } from 'cdktf';
import type { Construct } from 'constructs';
import { literals } from '../literals';
import { requireProps } from '../required-props';
import { checkType, hclAttributes } from './azapi-attributes';
import { azapiMetadata } from './azapi-provider';

/** Something that is read of Azure. */
export interface DataAzapiResourceConfig extends TerraformMetaArguments {
  /** ARM type and API version: `Microsoft.KeyVault/locations/deletedVaults@2026-02-01`. */
  readonly type: string;
  /** ARM id of what is read. */
  readonly resourceId: string;
  /** Whether a resource that is not there is an answer (see {@link DataAzapiResource.exists}), no error. @default false */
  readonly ignoreNotFound?: boolean;
}

/**
 * `data.azapi_resource`: what is there under an ARM id. It is read by every plan.
 *
 * @example
 * const vault = new DataAzapiResource(this, 'Vault', {
 *   type: 'Microsoft.KeyVault/vaults@2026-02-01',
 *   resourceId: keyVault.id,
 *   ignoreNotFound: true,
 * });
 * const isThere = vault.exists;
 */
export class DataAzapiResource extends TerraformDataSource {
  /** Its type in Terraform. */
  static readonly tfResourceType = 'azapi_resource';

  private readonly config: DataAzapiResourceConfig;

  /** @throws Error when `type` is not an ARM type and API version. */
  constructor(scope: Construct, id: string, config: DataAzapiResourceConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: DataAzapiResource.tfResourceType,
      terraformGeneratorMetadata: azapiMetadata,
    });
    requireProps<DataAzapiResourceConfig>(this, config, { type: 'string', resourceId: 'string' });
    checkType(this, config.type);
    this.config = literals(config);
  }

  /** Whether it is there. Always true unless `ignoreNotFound` is set. */
  get exists(): IResolvable {
    return this.getBooleanAttribute('exists');
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { type, resourceId, ignoreNotFound } = this.config;
    return { type, resource_id: resourceId, ignore_not_found: ignoreNotFound };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}
