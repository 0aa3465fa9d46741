import { describeId } from '../../azure/arm-names';
import { parseArmId } from '../../../text/arm-id';
import type { ControlPlane } from '../../azure/control-plane';
import { uuidOf } from '../../azure/uuid';
import { fromJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Diagnostic } from '../../protocol/messages';
import type { Answer } from '../../protocol/provider';
import type { ObjectValue, Value } from '../../protocol/value';
import { clientId, objectId, signedInTenantId } from '../client';
import { actionResponse, listResponse, liveResponse, readOnlyPart } from './arm-response';
import { armSchema, parseResourceType } from './arm-schema';
import { idProblems } from './config-errors';
import { outputOf } from './output';
import { readsOf, withReads } from './reads';
import type { OutputReads } from './reads';
import { composeId } from './resource-id';
import { isStanding } from './standing';

/** What a data source of azapi is asked. */
interface DataQuery {
  readonly config: ObjectValue;
  readonly azure: ControlPlane;
  readonly subscriptionId: string;
  /** What the stacks read of outputs. */
  readonly reads: OutputReads;
}

/** Values beside those of the configuration, or an error for the user. */
type Found = ObjectValue | string;

const readers: Readonly<Record<string, (query: DataQuery) => Found>> = {
  azapi_client_config: ({ subscriptionId }) => ({
    id: uuidOf('azapi client config', subscriptionId, clientId),
    object_id: objectId,
    subscription_id: subscriptionId,
    subscription_resource_id: `/subscriptions/${subscriptionId}`,
    tenant_id: signedInTenantId,
  }),
  azapi_resource: readResource,
  azapi_resource_action: readAction,
  azapi_resource_id: ({ config, subscriptionId }) => resourceIdParts(idOf(config, subscriptionId)),
  azapi_resource_list: readList,
};

/** Reads a data source of azapi. */
export function readAzapiData(type: string, query: DataQuery): Answer {
  const values = readers[type]?.(query) ?? `the rehearsal knows no data source ${type} of azapi`;
  if (typeof values === 'string')
    return { value: null, diagnostics: [error('Failed to retrieve resource', values)] };
  return { value: { ...query.config, ...values }, diagnostics: [] };
}

/** What azapi refuses in the configuration of a data source that names a resource in one of two ways. */
export function dataErrors(type: string, config: ObjectValue): readonly Diagnostic[] {
  return type === 'azapi_resource_id' ? idProblems(config) : [];
}

function idOf(config: ObjectValue, subscriptionId: string): string {
  if (typeof config['resource_id'] === 'string') return config['resource_id'];
  const armType = parseResourceType(String(config['type']))?.armType ?? '';
  const parent = config['parent_id'] ?? `/subscriptions/${subscriptionId}`;
  return composeId(armType, String(parent), String(config['name'])).id;
}

function readResource({ config, azure, subscriptionId, reads }: DataQuery): Found {
  const id = idOf(config, subscriptionId);
  const response = liveResponse(azure, id);
  if (!response) {
    const absent = { id, exists: false, output: null };
    return config['ignore_not_found'] === true ? absent : `${describeId(id)} was not found`;
  }
  const parsed = parseResourceType(String(config['type']));
  const schema = parsed && armSchema(parsed);
  const output = outputOf(response, config['response_export_values'] ?? null, readOnlyPart(schema, response));
  const read = schema ? [] : readsOf(reads, 'data.azapi_resource', config['type']);
  return {
    id,
    exists: true,
    name: parseArmId(id)?.name ?? '',
    resource_id: id,
    parent_id: parseArmId(id)?.parent ?? '',
    location: fromJson(response['location'], 'string'),
    tags: fromJson(response['tags'] ?? {}, ['map', 'string']),
    identity: [],
    output: withReads(output, read, id),
  };
}

function readList({ config, azure }: DataQuery): Found {
  const armType = parseResourceType(String(config['type']))?.armType ?? '';
  const parent = String(config['parent_id']);
  const response = listResponse(azure, armType, parent);
  return {
    id: `${parent.replace(/\/$/, '')}/providers/${armType}`,
    output: outputOf(response, config['response_export_values'] ?? null, response),
  };
}

/** An action of a data source reads: what it answers is made of the resource's id, and nothing is written. */
function readAction({ config, azure, reads }: DataQuery): Found {
  const target = String(config['resource_id'] ?? '');
  const action = String(config['action'] ?? '');
  if (target.startsWith('/subscriptions/') && !isStanding(azure, target))
    return `${describeId(target)} was not found`;
  const response = action === '' ? (liveResponse(azure, target) ?? {}) : actionResponse(target, action);
  const read = readsOf(reads, 'data.azapi_resource_action', config['type'], action);
  const picked = (exports: string): Value =>
    withReads(outputOf(response, config[exports] ?? null, {}), read, target);
  return {
    id: action ? `${target}/${action}` : target,
    method: config['method'] ?? 'POST',
    output: picked('response_export_values'),
    sensitive_output: picked('sensitive_response_export_values'),
  };
}

/** The parts of an ARM id under azapi's names. */
function resourceIdParts(id: string): ObjectValue {
  const parsed = parseArmId(id);
  const segments = id.replace(/^\/|\/$/g, '').split('/');
  const pairs = segments.flatMap((segment, i): [string, string][] =>
    i % 2 === 0 && segments[i + 1] !== undefined ? [[segment, segments[i + 1] as string]] : [],
  );
  return {
    id,
    name: parsed?.name ?? '',
    parent_id: parsed?.parent ?? '',
    resource_id: id,
    resource_group_name: parsed?.resourceGroup ?? '',
    subscription_id: parsed?.subscription ?? '',
    provider_namespace: parsed?.type.split('/')[0] ?? '',
    parts: Object.fromEntries(pairs),
  };
}
