import type { IResolvable, TerraformElement, TerraformMetaArguments } from 'cdktf';
import { shown } from '../../text/shown';
import { ConstructError } from '../errors';
import type { ArmResources } from './arm';
import type { AzapiBody } from './body-values';

/**
 * The body of a request for a type and API version. Of the types in `ArmResources`, a property that is misspelt, read-only or of the wrong kind does
 * not compile; of any other, every body does.
 */
export type BodyOf<T extends string> = T extends keyof ArmResources
  ? Omit<ArmResources[T], 'location' | 'identity' | 'tags'>
  : AzapiBody;

/** A part of a body, for what something else made. */
export type PartOf<B> = B extends
  readonly unknown[] | IResolvable | string | number | boolean | null | undefined
  ? B
  : { readonly [K in keyof B]?: PartOf<B[K]> };

/** When and how a failed request is sent again. */
export interface AzapiRetry {
  /** Go regular expressions; a request whose error matches one is sent again until the operation times out. */
  readonly errorMessageRegex: readonly string[];
  /** First wait. Unit: seconds, 1 to 120. @default 10 */
  readonly intervalSeconds?: number;
  /** Longest wait. Unit: seconds, 1 to 300. @default 180 */
  readonly maxIntervalSeconds?: number;
}

/** Go durations such as `30m`. */
export interface AzapiTimeouts {
  /** @default '30m' */
  readonly create?: string;
  /** @default '30m' */
  readonly update?: string;
  /** @default '5m' */
  readonly read?: string;
  /** @default '30m' */
  readonly delete?: string;
}

/** What a response leaves in `output`: paths of its body, or a name and JMESPath query for each value. */
export type AzapiExports = readonly string[] | Readonly<Record<string, string>>;

/** Arguments that all three resources of the provider share. */
export interface AzapiCommonConfig<
  T extends string = string,
  Body = BodyOf<T>,
> extends TerraformMetaArguments {
  /** ARM type and API version: `Microsoft.Storage/storageAccounts@2025-01-01`. */
  readonly type: T;
  /**
   * Request body; checked against the ARM schema at plan time, and of the types in `ArmResources` when it is compiled. Read-only properties must not
   * be in it. @default {}
   */
  readonly body?: Body;
  /** ARM ids that no two azapi resources write at the same time. @default - none */
  readonly locks?: readonly string[];
  /** @default - only throttling and unavailability are retried */
  readonly retry?: AzapiRetry;
  /** @default - nothing */
  readonly responseExportValues?: AzapiExports;
  /** @default - the provider's own */
  readonly timeouts?: AzapiTimeouts;
}

/** Arguments of {@link AzapiCommonConfig} under their Terraform names. */
export function commonAttributes(config: AzapiCommonConfig<string, unknown>): Record<string, unknown> {
  return {
    type: config.type,
    body: config.body,
    locks: config.locks,
    retry: config.retry && {
      error_message_regex: config.retry.errorMessageRegex,
      interval_seconds: config.retry.intervalSeconds,
      max_interval_seconds: config.retry.maxIntervalSeconds,
    },
    response_export_values: config.responseExportValues,
    timeouts: config.timeouts && { ...config.timeouts },
  };
}

/** Attributes that are blocks in HCL; every other one, `retry` too, is assigned with an equals sign. */
const blocks: Readonly<Record<string, 'list' | 'struct'>> = { identity: 'list', timeouts: 'struct' };

/** The same attributes with what cdktf's HCL renderer asks for beside each value. */
export function hclAttributes(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const block = blocks[name];
        return [name, { value, isBlock: block !== undefined, type: block ?? 'any', storageClassType: 'any' }];
      }),
  );
}

/** ARM type and API version, such as `Microsoft.Network/virtualNetworks/subnets@2024-05-01`. */
const typePattern = /^[A-Za-z][\w.]*(\/[\w]+)+@\d{4}-\d{2}-\d{2}(-[a-z]+)?$/;

/** @throws Error when the type is not of the form that azapi takes. */
export function checkType(resource: TerraformElement, type: string): void {
  if (typePattern.test(type)) return;
  throw new ConstructError(
    resource.node.path,
    `type of ${resource.node.path} must be an ARM type and an API version, such as ` +
      `Microsoft.Storage/storageAccounts@2025-01-01, not "${shown(type)}": write both, joined by @`,
  );
}
