import { TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { requireProps } from '../required-props';
import { checkType, commonAttributes, hclAttributes } from './azapi-attributes';
import type { AzapiCommonConfig, PartOf } from './azapi-attributes';
import type { AzapiBody } from './body-values';
import type { ArmResources } from './arm';
import { azapiMetadata } from './azapi-provider';
import { literals } from '../literals';

/** What is sent to the resource itself is a part of it, with what azapi has arguments for elsewhere. What an action takes, nobody types. */
type RequestOf<T extends string, A extends string> = [A] extends [never]
  ? T extends keyof ArmResources
    ? PartOf<ArmResources[T]>
    : AzapiBody
  : AzapiBody;

/** An action of a resource, such as starting it. */
export interface AzapiResourceActionConfig<
  T extends string = string,
  A extends string = string,
> extends AzapiCommonConfig<T, RequestOf<T, A>> {
  /** ARM id of the resource that is acted on. */
  readonly resourceId: string;
  /** Last part of the request's path, such as `start`. @default - the request goes to the resource itself */
  readonly action?: A;
  /** @default 'POST' */
  readonly method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** When the action is performed. @default 'apply' */
  readonly when?: 'apply' | 'destroy';
  /** Sent with the request. @default - none */
  readonly queryParameters?: Readonly<Record<string, readonly string[]>>;
  /** Whether a resource that is not there is no error. @default false */
  readonly ignoreNotFound?: boolean;
}

/**
 * `azapi_resource_action`: one request to an existing resource, on apply or on destroy.
 *
 * @example
 * new AzapiResourceAction(this, 'Restart', {
 *   type: 'Microsoft.Compute/virtualMachines@2024-07-01',
 *   resourceId: '/subscriptions/…/virtualMachines/gpu',
 *   action: 'restart',
 * });
 */
export class AzapiResourceAction<
  T extends string = string,
  A extends string = never,
> extends TerraformResource {
  /** Its type in Terraform. */
  static readonly tfResourceType = 'azapi_resource_action';

  private readonly config: AzapiResourceActionConfig<T, A>;

  /** @throws Error when `type` is not an ARM type and API version. */
  constructor(scope: Construct, id: string, config: AzapiResourceActionConfig<T, A>) {
    super(scope, id, {
      ...config,
      terraformResourceType: AzapiResourceAction.tfResourceType,
      terraformGeneratorMetadata: azapiMetadata,
    });
    requireProps<{ type: string; resourceId: string }>(this, config, {
      type: 'string',
      resourceId: 'string',
    });
    checkType(this, config.type);
    this.config = literals(config);
  }

  /** A value that `responseExportValues` exports: its path or its name. */
  output(path: string): string {
    return Token.asString(this.interpolationForAttribute(`output.${path}`));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...commonAttributes(this.config),
      resource_id: this.config.resourceId,
      action: this.config.action,
      method: this.config.method,
      when: this.config.when,
      query_parameters: this.config.queryParameters,
      ignore_not_found: this.config.ignoreNotFound,
    };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return hclAttributes(this.synthesizeAttributes());
  }
}
