import { TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { requireProps } from '../required-props';
import { checkType, commonAttributes, hclAttributes } from './azapi-attributes';
import type { AzapiCommonConfig, BodyOf, PartOf } from './azapi-attributes';
import { azapiMetadata } from './azapi-provider';
import { literals } from '../literals';

/** Properties that are set on a resource which something else made. */
export interface AzapiUpdateResourceConfig<T extends string = string> extends AzapiCommonConfig<
  T,
  PartOf<BodyOf<T>>
> {
  /** ARM id of the resource that is changed. A change replaces this element, not that resource. */
  readonly resourceId: string;
  /** Whether the case of property names in responses is ignored. @default false */
  readonly ignoreCasing?: boolean;
  /** Whether properties that Azure does not return are no difference. @default true */
  readonly ignoreMissingProperty?: boolean;
}

/**
 * `azapi_update_resource`: some properties of a resource that something else makes. Destroying it changes nothing in
 * Azure: the properties stay as they are.
 *
 * @example
 * new AzapiUpdateResource(this, 'Injection', {
 *   type: 'Microsoft.CognitiveServices/accounts@2025-06-01',
 *   resourceId: account.id,
 *   body: { properties: { restore: false } },
 * });
 */
export class AzapiUpdateResource<T extends string = string> extends TerraformResource {
  /** Its type in Terraform. */
  static readonly tfResourceType = 'azapi_update_resource';

  private readonly config: AzapiUpdateResourceConfig<T>;

  /** @throws Error when `type` is not an ARM type and API version. */
  constructor(scope: Construct, id: string, config: AzapiUpdateResourceConfig<T>) {
    super(scope, id, {
      ...config,
      terraformResourceType: AzapiUpdateResource.tfResourceType,
      terraformGeneratorMetadata: azapiMetadata,
    });
    requireProps<{ type: string; resourceId: string }>(this, config, {
      type: 'string',
      resourceId: 'string',
    });
    checkType(this, config.type);
    this.config = literals(config);
  }

  /** ARM id of the changed resource. */
  get id(): string {
    return this.getStringAttribute('id');
  }

  /** A value that `responseExportValues` exports: its path, such as `properties.traffic`, or its name. */
  output(path: string): string {
    return Token.asString(this.interpolationForAttribute(`output.${path}`));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...commonAttributes(this.config),
      resource_id: this.config.resourceId,
      ignore_casing: this.config.ignoreCasing,
      ignore_missing_property: this.config.ignoreMissingProperty,
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}
