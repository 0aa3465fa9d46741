import type { Type } from '../../protocol/value';
import type { Attribute, Block, NestedBlock, TypeSchema } from '../../schema/schema';

/*
 * Schemas of the azapi provider 2.x: attribute names, types and flags, from the `Schema` methods of
 * Azure/terraform-provider-azapi (MPL-2.0, facts only), read 2026-11. Defaults of `retry` are left out.
 */

const STRINGS: Type = ['list', 'string'];
const STRING_MAP: Type = ['map', 'string'];
const LISTS_BY_NAME: Type = ['map', ['list', 'string']];

const optional = (type: Type, more: Partial<Attribute> = {}): Attribute => ({
  type,
  optional: true,
  ...more,
});
const computed = (type: Type, more: Partial<Attribute> = {}): Attribute => ({
  type,
  computed: true,
  ...more,
});
const required = (type: Type, more: Partial<Attribute> = {}): Attribute => ({
  type,
  required: true,
  ...more,
});
const either = (type: Type, more: Partial<Attribute> = {}): Attribute =>
  optional(type, { computed: true, ...more });

const RETRY_ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  error_message_regex: required(STRINGS),
  interval_seconds: optional('number'),
  max_interval_seconds: optional('number'),
  multiplier: optional('number'),
  randomization_factor: optional('number'),
};

function object(attributes: Readonly<Record<string, Attribute>>): Type {
  return ['object', Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))];
}

const RETRY = optional(object(RETRY_ATTRIBUTES), {
  nested: { nesting: 'SINGLE', attributes: RETRY_ATTRIBUTES },
});

const TIMEOUTS: NestedBlock = {
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

const READ_TIMEOUT: NestedBlock = {
  ...TIMEOUTS,
  block: { attributes: { read: optional('string') }, blocks: {} },
};

const IDENTITY: NestedBlock = {
  nesting: 'LIST',
  min: 0,
  max: 0,
  block: {
    attributes: {
      type: required('string'),
      identity_ids: optional(STRINGS),
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
      [`${request}_headers`, optional(STRING_MAP)],
      [`${request}_query_parameters`, optional(LISTS_BY_NAME)],
    ]),
  );
}

const RESOURCE: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string', { forceNew: true }),
    parent_id: either('string', { forceNew: true }),
    location: either('string', { forceNew: true }),
    body: either('dynamic', { default: {} }),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(STRING_MAP),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    replace_triggers_external_values: optional('dynamic', { forceNew: true }),
    replace_triggers_refs: optional(STRINGS),
    tags: either(STRING_MAP),
    locks: optional(STRINGS),
    schema_validation_enabled: either('bool', { default: true }),
    ignore_casing: either('bool', { default: false }),
    ignore_missing_property: either('bool', { default: true }),
    ignore_null_property: either('bool', { default: false }),
    ignore_other_items_in_list: optional(STRINGS),
    list_unique_id_property: optional(STRING_MAP),
    retry: RETRY,
    ...requestOptions('create', 'read', 'update', 'delete'),
  },
  blocks: { identity: IDENTITY, timeouts: TIMEOUTS },
};

const UPDATE: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string', { forceNew: true }),
    parent_id: either('string', { forceNew: true }),
    resource_id: either('string', { forceNew: true }),
    body: optional('dynamic'),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(STRING_MAP),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    locks: optional(STRINGS),
    ignore_casing: either('bool', { default: false }),
    ignore_missing_property: either('bool', { default: true }),
    ignore_null_property: either('bool', { default: false }),
    ignore_other_items_in_list: optional(STRINGS),
    list_unique_id_property: optional(STRING_MAP),
    retry: RETRY,
    ...requestOptions('read', 'update'),
  },
  blocks: { timeouts: TIMEOUTS },
};

const ACTION: Block = {
  attributes: {
    id: computed('string'),
    type: required('string', { forceNew: true }),
    resource_id: required('string', { forceNew: true }),
    action: optional('string', { forceNew: true }),
    method: either('string', { default: 'POST' }),
    when: either('string', { default: 'apply' }),
    body: optional('dynamic'),
    sensitive_body: optional('dynamic', { writeOnly: true }),
    sensitive_body_version: optional(STRING_MAP),
    output: computed('dynamic'),
    sensitive_output: computed('dynamic', { sensitive: true }),
    response_export_values: optional('dynamic'),
    sensitive_response_export_values: optional('dynamic'),
    locks: optional(STRINGS),
    ignore_not_found: either('bool', { default: false }),
    headers: optional(STRING_MAP),
    query_parameters: optional(LISTS_BY_NAME),
    retry: RETRY,
  },
  blocks: { timeouts: TIMEOUTS },
};

const DATA_RESOURCE: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string'),
    parent_id: either('string'),
    resource_id: either('string'),
    location: computed('string'),
    tags: computed(STRING_MAP),
    identity: computed(['list', object(IDENTITY.block.attributes)]),
    output: computed('dynamic'),
    exists: computed('bool'),
    ignore_not_found: optional('bool'),
    response_export_values: optional('dynamic'),
    headers: optional(STRING_MAP),
    query_parameters: optional(LISTS_BY_NAME),
    retry: RETRY,
  },
  blocks: { timeouts: READ_TIMEOUT },
};

const CLIENT_CONFIG: Block = {
  attributes: {
    id: computed('string'),
    object_id: computed('string'),
    subscription_id: computed('string'),
    subscription_resource_id: computed('string'),
    tenant_id: computed('string'),
  },
  blocks: { timeouts: READ_TIMEOUT },
};

const RESOURCE_ID: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    name: either('string'),
    parent_id: either('string'),
    resource_id: either('string'),
    resource_group_name: computed('string'),
    subscription_id: computed('string'),
    provider_namespace: computed('string'),
    parts: computed(STRING_MAP),
  },
  blocks: { timeouts: READ_TIMEOUT },
};

const RESOURCE_LIST: Block = {
  attributes: {
    id: computed('string'),
    type: required('string'),
    parent_id: required('string'),
    output: computed('dynamic'),
    response_export_values: optional('dynamic'),
    headers: optional(STRING_MAP),
    query_parameters: optional(LISTS_BY_NAME),
    retry: RETRY,
  },
  blocks: { timeouts: READ_TIMEOUT },
};

const DATA_ACTION: Block = {
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
    headers: optional(STRING_MAP),
    query_parameters: optional(LISTS_BY_NAME),
    retry: RETRY,
  },
  blocks: { timeouts: READ_TIMEOUT },
};

const ENDPOINT_ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  active_directory_authority_host: optional('string'),
  resource_manager_audience: optional('string'),
  resource_manager_endpoint: optional('string'),
};

const TEXTS =
  'client_id client_id_file_path client_secret client_secret_file_path client_certificate client_certificate_password ' +
  'client_certificate_path oidc_request_token oidc_request_url oidc_token oidc_token_file_path ' +
  'oidc_azure_service_connection_id tenant_id subscription_id environment partner_id custom_correlation_request_id ' +
  'default_name default_location';

const SWITCHES =
  'use_cli use_msi use_oidc use_aks_workload_identity skip_provider_registration disable_terraform_partner_id ' +
  'disable_correlation_request_id disable_default_output disable_instance_discovery enable_preflight ignore_no_op_changes';

/** The provider block of azapi. */
export const AZAPI_PROVIDER: Block = {
  attributes: {
    ...Object.fromEntries(TEXTS.split(' ').map(name => [name, optional('string')])),
    ...Object.fromEntries(SWITCHES.split(' ').map(name => [name, optional('bool')])),
    auxiliary_tenant_ids: optional(STRINGS),
    default_tags: optional(STRING_MAP),
    maximum_busy_retry_attempts: optional('number'),
    endpoint: optional(['list', object(ENDPOINT_ATTRIBUTES)], {
      nested: { nesting: 'LIST', attributes: ENDPOINT_ATTRIBUTES },
    }),
  },
  blocks: {},
};

const schema = (version: number, block: Block): TypeSchema => ({ version, block, hasFacts: true });

/** Resource types of azapi that the rehearsal knows. */
export const AZAPI_RESOURCES: Readonly<Record<string, TypeSchema>> = {
  azapi_resource: schema(2, RESOURCE),
  azapi_resource_action: schema(2, ACTION),
  azapi_update_resource: schema(2, UPDATE),
};

/** Data sources of azapi that the rehearsal knows. */
export const AZAPI_DATA: Readonly<Record<string, TypeSchema>> = {
  azapi_client_config: schema(0, CLIENT_CONFIG),
  azapi_resource: schema(0, DATA_RESOURCE),
  azapi_resource_action: schema(0, DATA_ACTION),
  azapi_resource_id: schema(0, RESOURCE_ID),
  azapi_resource_list: schema(0, RESOURCE_LIST),
};
