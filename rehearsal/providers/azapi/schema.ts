import { mapValues } from '../../protocol/value';
import type { Type } from '../../protocol/value';
import type { Attribute, Block, NestedBlock, TypeSchema } from '../../schema/schema';
import { computed, optional, required } from '../state-only/attributes';

/*
 * Schemas of the azapi provider 2.x: attribute names, types and flags, from the `Schema` methods of
 * Azure/terraform-provider-azapi (MPL-2.0, facts only), read 2026-11.
 */

const strings: Type = ['list', 'string'];
const stringMap: Type = ['map', 'string'];
const listsByName: Type = ['map', ['list', 'string']];

const either = (type: Type, more: Partial<Attribute> = {}): Attribute =>
  optional(type, { computed: true, ...more });

const retryAttributes: Readonly<Record<string, Attribute>> = {
  error_message_regex: required(strings),
  interval_seconds: either('number', { default: 10 }),
  max_interval_seconds: either('number', { default: 180 }),
  multiplier: either('number', { default: 1.5 }),
  randomization_factor: either('number', { default: 0.5 }),
};

function object(attributes: Readonly<Record<string, Attribute>>): Type {
  return ['object', mapValues(attributes, ({ type }) => type)];
}

const retryAttribute = optional(object(retryAttributes), {
  nested: { nesting: 'SINGLE', attributes: retryAttributes },
});

const timeoutsBlock: NestedBlock = {
  nesting: 'SINGLE',
  min: 0,
  max: 0,
  block: {
    attributes: {
      create: optional('string'),
      read: optional('string'),
      update: optional('string'),
      delete: optional('string'),
    },
    blocks: {},
  },
};

const readTimeout: NestedBlock = {
  ...timeoutsBlock,
  block: { attributes: { read: optional('string') }, blocks: {} },
};

const identityBlock: NestedBlock = {
  nesting: 'LIST',
  min: 0,
  max: 0,
  block: {
    attributes: {
      type: required('string'),
      identity_ids: optional(strings),
      principal_id: computed('string'),
      tenant_id: computed('string'),
    },
    blocks: {},
  },
};

/** Headers and query parameters of the given requests. */
function requestOptions(...requests: readonly string[]): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(
    requests.flatMap(request => [
      [`${request}_headers`, optional(stringMap)],
      [`${request}_query_parameters`, optional(listsByName)],
    ]),
  );
}

const resource: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string', { forceNew: true }),
    parent_id: either('string', { forceNew: true }),
    location: either('string', { forceNew: true }),
    body: either('dynamic', { default: {} }),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(stringMap),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    replace_triggers_external_values: optional('dynamic', { forceNew: true }),
    replace_triggers_refs: optional(strings),
    tags: either(stringMap),
    locks: optional(strings),
    schema_validation_enabled: either('bool', { default: true }),
    ignore_casing: either('bool', { default: false }),
    ignore_missing_property: either('bool', { default: true }),
    ignore_null_property: either('bool', { default: false }),
    ignore_other_items_in_list: optional(strings),
    list_unique_id_property: optional(stringMap),
    retry: retryAttribute,
    ...requestOptions('create', 'read', 'update', 'delete'),
  },
  blocks: { identity: identityBlock, timeouts: timeoutsBlock },
};

const updateBlock: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string', { forceNew: true }),
    parent_id: either('string', { forceNew: true }),
    resource_id: either('string', { forceNew: true }),
    body: optional('dynamic'),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(stringMap),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    locks: optional(strings),
    ignore_casing: either('bool', { default: false }),
    ignore_missing_property: either('bool', { default: true }),
    ignore_other_items_in_list: optional(strings),
    list_unique_id_property: optional(stringMap),
    replace_triggers_external_values: optional('dynamic', { forceNew: true }),
    retry: retryAttribute,
    ...requestOptions('read', 'update'),
  },
  blocks: { timeouts: timeoutsBlock },
};

/** What only a resource of Azure Resource Manager has. */
const managedOnly =
  /^(location|tags|schema_validation_enabled|ignore_other_items_in_list|list_unique_id_property)$/;

/** Source: documentation of azapi 2.12, "azapi_data_plane_resource", read 2026-11. */
const dataPlaneBlock: Block = {
  attributes: {
    ...Object.fromEntries(Object.entries(resource.attributes).filter(([name]) => !managedOnly.test(name))),
    type: required('string', { forceNew: true }),
    name: required('string', { forceNew: true }),
    parent_id: required('string', { forceNew: true }),
  },
  blocks: { timeouts: timeoutsBlock },
};

const actionBlock: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    resource_id: required('string', { forceNew: true }),
    action: optional('string', { forceNew: true }),
    method: either('string', { default: 'POST' }),
    when: either('string', { default: 'apply' }),
    body: optional('dynamic'),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(stringMap),
    output: computed('dynamic'),
    sensitive_output: computed('dynamic', { sensitive: true }),
    response_export_values: optional('dynamic'),
    sensitive_response_export_values: optional('dynamic'),
    locks: optional(strings),
    ignore_not_found: optional('bool'),
    exist: computed('bool'),
    headers: optional(stringMap),
    query_parameters: optional(listsByName),
    retry: retryAttribute,
  },
  blocks: { timeouts: timeoutsBlock },
};

const dataResource: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string'),
    parent_id: either('string'),
    resource_id: either('string'),
    location: computed('string'),
    tags: computed(stringMap),
    identity: computed(['list', object(identityBlock.block.attributes)]),
    output: computed('dynamic'),
    exists: computed('bool'),
    ignore_not_found: optional('bool'),
    response_export_values: optional('dynamic'),
    headers: optional(stringMap),
    query_parameters: optional(listsByName),
    retry: retryAttribute,
  },
  blocks: { timeouts: readTimeout },
};

const clientConfig: Block = {
  attributes: {
    id: computed('string'),
    object_id: computed('string'),
    subscription_id: computed('string'),
    subscription_resource_id: computed('string'),
    tenant_id: computed('string'),
  },
  blocks: { timeouts: readTimeout },
};

const resourceId: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string'),
    parent_id: either('string'),
    resource_id: either('string'),
    resource_group_name: computed('string'),
    subscription_id: computed('string'),
    provider_namespace: computed('string'),
    parts: computed(stringMap),
  },
  blocks: { timeouts: readTimeout },
};

const resourceList: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    parent_id: required('string'),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    headers: optional(stringMap),
    query_parameters: optional(listsByName),
    retry: retryAttribute,
  },
  blocks: { timeouts: readTimeout },
};

const dataAction: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    resource_id: optional('string'),
    action: optional('string'),
    method: either('string'),
    body: optional('dynamic'),
    output: computed('dynamic'),
    sensitive_output: computed('dynamic', { sensitive: true }),
    response_export_values: optional('dynamic'),
    sensitive_response_export_values: optional('dynamic'),
    headers: optional(stringMap),
    query_parameters: optional(listsByName),
    retry: retryAttribute,
  },
  blocks: { timeouts: readTimeout },
};

const endpointAttributes: Readonly<Record<string, Attribute>> = {
  active_directory_authority_host: optional('string'),
  resource_manager_audience: optional('string'),
  resource_manager_endpoint: optional('string'),
};

const texts =
  'client_id client_id_file_path client_secret client_secret_file_path client_certificate client_certificate_password ' +
  'client_certificate_path oidc_request_token oidc_request_url oidc_token oidc_token_file_path ' +
  'oidc_azure_service_connection_id tenant_id subscription_id environment partner_id custom_correlation_request_id ' +
  'default_name default_location';

const switches =
  'use_cli use_msi use_oidc use_aks_workload_identity skip_provider_registration disable_terraform_partner_id ' +
  'disable_correlation_request_id disable_default_output disable_instance_discovery enable_preflight ignore_no_op_changes';

/** The provider block of azapi. */
export const azapiProvider: Block = {
  attributes: {
    ...Object.fromEntries(texts.split(' ').map(name => [name, optional('string')])),
    ...Object.fromEntries(switches.split(' ').map(name => [name, optional('bool')])),
    auxiliary_tenant_ids: optional(strings),
    default_tags: optional(stringMap),
    maximum_busy_retry_attempts: optional('number'),
    endpoint: optional(['list', object(endpointAttributes)], {
      nested: { nesting: 'LIST', attributes: endpointAttributes },
    }),
  },
  blocks: {},
};

const schema = (version: number, block: Block): TypeSchema => ({ version, block, hasFacts: true });

/** Resource types of azapi that the rehearsal knows. */
export const azapiResources: Readonly<Record<string, TypeSchema>> = {
  azapi_resource: schema(2, resource),
  azapi_data_plane_resource: schema(0, dataPlaneBlock),
  azapi_resource_action: schema(2, actionBlock),
  azapi_update_resource: schema(2, updateBlock),
};

/** Data sources of azapi that the rehearsal knows. */
export const azapiData: Readonly<Record<string, TypeSchema>> = {
  azapi_client_config: schema(0, clientConfig),
  azapi_resource: schema(0, dataResource),
  azapi_resource_action: schema(0, dataAction),
  azapi_resource_id: schema(0, resourceId),
  azapi_resource_list: schema(0, resourceList),
};
