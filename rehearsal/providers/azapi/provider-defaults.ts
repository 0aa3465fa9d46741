import { isObject, unknownValue } from '../../protocol/value';
import type { ObjectValue, Value } from '../../protocol/value';
import type { ResourceType } from './arm-schema';
import { armSchema } from './arm-schema';

/** What the provider block gives resources that do not say it themselves. */
export interface ProviderDefaults {
  /** GUID of the subscription in which a resource group stands that names no parent. */
  readonly subscriptionId: string;
  readonly location: string | null;
  readonly name: string | null;
  readonly tags: ObjectValue | null;
}

/** The defaults of a provider block. @param subscriptionId until it names another one */
export function defaultsIn(config: ObjectValue, subscriptionId: string): ProviderDefaults {
  const text = (name: string): string | null => {
    const value = config[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const tags = config['default_tags'];
  return {
    subscriptionId: text('subscription_id') ?? subscriptionId,
    location: text('default_location'),
    name: text('default_name'),
    tags: isObject(tags) ? tags : null,
  };
}

/**
 * Location and tags of an `azapi_resource`: of its arguments, its body, what it has, or the provider block, in this order; tags of
 * the provider block count before those that it has. Source: `locationWithDefaultLocation` and `tagsWithDefaultTags` of
 * Azure/terraform-provider-azapi 2.12 (MPL-2.0, facts only), read 2026-12-01.
 */
export function locationAndTags(
  config: ObjectValue,
  body: Value,
  prior: ObjectValue | null,
  parsed: ResourceType | undefined,
  defaults: ProviderDefaults,
): ObjectValue {
  if (body === unknownValue) return {};
  const said = (name: string): Value => config[name] ?? (isObject(body) ? (body[name] ?? null) : null);
  const had = typeof prior?.['location'] === 'string' && prior['location'] !== '' ? prior['location'] : null;
  const takes = (name: string): boolean => parsed !== undefined && takesProperty(parsed, name);
  return {
    location: said('location') ?? had ?? (takes('location') ? defaults.location : null),
    tags: said('tags') ?? (takes('tags') ? defaults.tags : null),
  };
}

/** A type without a schema here is taken to have both where it is not of another resource. */
function takesProperty(type: ResourceType, name: string): boolean {
  const schema = armSchema(type);
  if (!schema)
    return type.armType.split('/').length === 2 && !/^Microsoft\.Authorization\//i.test(type.armType);
  const property = schema.properties?.[name];
  return property !== undefined && property.readOnly !== true;
}
