import { AzureError } from '../../azure/azure-error';
import type { ControlPlane } from '../../azure/control-plane';
import { noteTraffic } from '../../azure/services/machine-learning';
import { noFeatures } from '../../azure/soft-delete';
import type { Json } from '../../azure/simulated-azure';
import { toJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Answer, ApplyRequest } from '../../protocol/provider';
import type { ObjectValue, Value } from '../../protocol/value';
import { unknownValue } from '../../protocol/value';
import { writeError } from '../write-errors';
import { parseResourceType } from './arm-schema';
import { resourceOutput } from './azapi-resource';
import { actionResponse } from './arm-response';
import { outputOf } from './output';
import type { RequestTurns } from './request-turns';
import { readsOf, withReads } from './reads';
import type { OutputReads } from './reads';
import { composeId } from './resource-id';
import { isStanding } from './standing';
import { parseArmId } from '../../../text/arm-id';

/** Writes some properties of a resource that exists. Destroying an `azapi_update_resource` changes nothing in Azure. */
export async function applyUpdate(
  azure: ControlPlane,
  turns: RequestTurns,
  { prior, planned }: ApplyRequest,
  reads: OutputReads,
): Promise<Answer> {
  if (!planned) {
    azure.store.dropOverlay(String(prior?.['id']), 'azapi_update_resource');
    return { value: null, diagnostics: [] };
  }
  const armType = parseResourceType(String(planned['type']))?.armType ?? '';
  const id =
    typeof planned['resource_id'] === 'string'
      ? planned['resource_id']
      : composeId(armType, String(planned['parent_id']), String(planned['name'])).id;
  if (!isStanding(azure, id)) {
    return {
      value: prior,
      diagnostics: [error('Failed to retrieve resource', `update target does not exist ${id}`)],
    };
  }
  const value = {
    ...planned,
    ...identify(id),
    output: resourceOutput(azure, id, planned, readsOf(reads, 'azapi_update_resource', planned['type'])),
  };
  const body = toJson(planned['body'] ?? null);
  const overlay = {
    id,
    type: 'azapi_update_resource',
    attributes: { id, type: String(planned['type']), body },
  };
  try {
    await turns.run(planned, async () => {
      await azure.update(overlay);
      overwrite(azure, id, body);
      noteTraffic(azure.store, id, body, 'update');
    });
    return { value, diagnostics: [] };
  } catch (failure) {
    return { value: prior, diagnostics: [writeError('updating', id, failure)] };
  }
}

function identify(id: string): ObjectValue {
  const parsed = parseArmId(id);
  return { id, resource_id: id, name: parsed?.name ?? '', parent_id: parsed?.parent ?? '' };
}

/** What the other resource's own body also says changes under it, so that its next plan shows the conflict. */
function overwrite(azure: ControlPlane, id: string, patch: Json): void {
  const body = azure.store.get(id)?.attributes['body'];
  if (body !== undefined && body !== null) azure.store.change(id, { body: patched(body, patch) });
}

function patched(body: Json, patch: Json): Json {
  if (!isRecord(body) || !isRecord(patch)) return patch;
  const changed = Object.keys(body).map((key): [string, Json] => [
    key,
    key in patch ? patched(body[key] ?? null, patch[key] ?? null) : (body[key] ?? null),
  ]);
  return Object.fromEntries(changed);
}

function isRecord(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Performs an `azapi_resource_action` on apply or on destroy, as its `when` says. */
export async function applyAction(
  azure: ControlPlane,
  turns: RequestTurns,
  { prior, planned }: ApplyRequest,
  reads: OutputReads,
): Promise<Answer> {
  const subject = planned ?? prior ?? {};
  const target = String(subject['resource_id']);
  const action = typeof subject['action'] === 'string' ? subject['action'] : '';
  const id = action ? `${target}/${action}` : target;
  const acts = subject['when'] === (planned ? 'apply' : 'destroy');
  try {
    if (acts) await turns.run(subject, () => act(azure, target, id, subject));
  } catch (failure) {
    return {
      value: prior,
      diagnostics: [error('Failed to perform action', writeError('updating', id, failure).summary)],
    };
  }
  if (!planned) return { value: null, diagnostics: [] };
  const response = acts ? actionResponse(target, action) : {};
  const read = readsOf(reads, 'azapi_resource_action', planned['type'], action);
  const output = (name: string, exports: string): Value => {
    if (planned[name] !== unknownValue) return planned[name] ?? null;
    return acts ? withReads(outputOf(response, planned[exports] ?? null, {}), read, target) : null;
  };
  const outputs = {
    output: output('output', 'response_export_values'),
    sensitive_output: output('sensitive_output', 'sensitive_response_export_values'),
  };
  const exist = planned['exist'] === unknownValue ? true : (planned['exist'] ?? null);
  return { value: { ...planned, id, exist, ...outputs }, diagnostics: [] };
}

async function act(azure: ControlPlane, target: string, id: string, subject: ObjectValue): Promise<void> {
  const live = azure.store.get(target);
  if (live && id === target && subject['method'] === 'DELETE') return azure.delete(live, noFeatures);
  if (!live && id === target && subject['method'] === 'PUT') return create(azure, target, subject);
  if (isStanding(azure, target)) {
    await azure.request({ action: 'update', type: 'azapi_resource_action', id });
    if (id === target && subject['method'] === 'PUT')
      noteTraffic(azure.store, id, toJson(subject['body'] ?? null), 'put');
    return;
  }
  if (subject['ignore_not_found'] !== true)
    throw new AzureError(404, 'ResourceNotFound', `The Resource '${target}' was not found.`);
}

/** A PUT makes what is not there. No destroy of the action takes it away again. */
function create(azure: ControlPlane, id: string, subject: ObjectValue): Promise<void> {
  const { name = '', parent = '' } = parseArmId(id) ?? {};
  const attributes = {
    id,
    type: String(subject['type']),
    name,
    parent_id: parent,
    body: toJson(subject['body'] ?? null),
  };
  return azure.create({ id, type: 'azapi_resource', attributes }, noFeatures);
}
