import type { ControlPlane } from '../../azure/control-plane';
import type { Json, SimulatedResource } from '../../azure/simulated-azure';
import { noteTraffic } from '../../azure/services/machine-learning';
import { noFeatures } from '../../azure/soft-delete';
import { uuidOf } from '../../azure/uuid';
import { fromJson, toJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Answer, ApplyRequest } from '../../protocol/provider';
import type { ObjectValue, Type, Value } from '../../protocol/value';
import { blockType } from '../../schema/schema';
import { signedInTenantId } from '../client';
import { settle } from '../settle';
import { alreadyExists, writeError } from '../write-errors';
import { azapiBlock, azapiDefaults, azapiRecord } from './arm-record';
import { armSchema, parseResourceType } from './arm-schema';
import { resourceErrors } from './config-errors';
import { deletionFeatures } from './delete-request';
import { checkServiceName } from './name-rules';
import { hasArmSchema } from './plan';
import type { RequestTurns } from './request-turns';
import { locationOf, readOnlyPart, responseOf, typeOfIdentity } from './arm-response';
import { outputOf } from './output';
import { readsOf, withReads } from './reads';
import type { OutputReads, Way } from './reads';
import { composeId } from './resource-id';
import { secretToKeep, withSecret } from './sensitive-body';

/** Arguments of the provider, not of Azure. */
const storedAttributes = ['type', 'name', 'parent_id', 'location', 'body', 'tags', 'identity', 'output'];

/** Creates, changes or deletes an `azapi_resource`. */
export async function applyResource(
  azure: ControlPlane,
  turns: RequestTurns,
  request: ApplyRequest,
  reads: OutputReads,
): Promise<Answer> {
  const { prior, planned } = request;
  if (!planned) return deleteResource(azure, turns, prior);
  const problems = resourceErrors(withSecret(request));
  if (problems.length > 0) return { value: prior, diagnostics: problems };
  const armType = parseResourceType(String(planned['type']))?.armType ?? '';
  const { id } = composeId(armType, String(planned['parent_id']), String(planned['name']));
  if (!hasArmSchema(planned)) azure.store.noteStructureOnly(`azapi_resource ${String(planned['type'])}`);
  if (!prior && azure.store.get(id))
    return { value: null, diagnostics: [alreadyExists(id, 'azapi_resource')] };
  try {
    const value = settled(azure, id, planned, readsOf(reads, 'azapi_resource', planned['type']));
    const resource = { id, type: 'azapi_resource', attributes: stored(value) };
    await turns.run(planned, async () => {
      checkServiceName(armType, String(planned['name']));
      await (prior ? azure.update(resource) : azure.create(resource, noFeatures));
      noteTraffic(azure.store, id, resource.attributes['body'] ?? null, 'put');
    });
    return { value, diagnostics: [], keep: secretToKeep(request) };
  } catch (failure) {
    return { value: prior, diagnostics: [writeError(prior ? 'updating' : 'creating', id, failure)] };
  }
}

async function deleteResource(
  azure: ControlPlane,
  turns: RequestTurns,
  prior: ObjectValue | null,
): Promise<Answer> {
  const live = azure.store.get(String(prior?.['id']));
  if (!live || !prior) return { value: null, diagnostics: [] };
  try {
    await turns.run(prior, () => azure.delete(live, deletionFeatures(prior)));
    return { value: null, diagnostics: [] };
  } catch (failure) {
    return { value: prior, diagnostics: [writeError('deleting', live.id, failure)] };
  }
}

function settled(azure: ControlPlane, id: string, planned: ObjectValue, read: readonly Way[]): ObjectValue {
  const type = blockType(azapiBlock);
  const output = resourceOutput(azure, id, planned, read);
  const known: Readonly<Record<string, Value>> = { id, output };
  const computed = (name: string, _type: Type, owner: ObjectValue): Value | undefined => {
    if ('identity_ids' in owner) return identityValue(id, name, owner);
    return known[name];
  };
  return settle(planned, type, computed) as ObjectValue;
}

/** What `output` holds after a write or a read. @param read what the stacks read of it */
export function resourceOutput(
  azure: ControlPlane,
  id: string,
  planned: ObjectValue,
  read: readonly Way[] = [],
): Value {
  const parsed = parseResourceType(String(planned['type']));
  const own = typeof planned['location'] === 'string' ? planned['location'] : '';
  const location = own || locationOf(id, at => azure.store.get(at)?.attributes['location']);
  const response = responseOf({
    id,
    armType: parsed?.armType ?? '',
    location,
    body: toJson(planned['body'] ?? null),
    tags: toJson(planned['tags'] ?? null),
    ...typeOfIdentity(planned['identity']),
  });
  const schema = parsed && armSchema(parsed);
  const output = outputOf(
    response,
    planned['response_export_values'] ?? null,
    readOnlyPart(schema, response),
  );
  return schema ? output : withReads(output, read, id);
}

function identityValue(id: string, name: string, owner: ObjectValue): Value {
  if (!String(owner['type']).includes('SystemAssigned')) return '';
  return name === 'tenant_id' ? signedInTenantId : uuidOf(id, 'identity', name);
}

function stored(value: ObjectValue): SimulatedResource['attributes'] {
  const kept = Object.fromEntries(
    storedAttributes.map((name): [string, Json] => [name, toJson(value[name] ?? null)]),
  );
  return { ...kept, id: toJson(value['id'] ?? null) };
}

/** The state with which an import of an `azapi_resource` begins. */
export function importResource(azure: ControlPlane, given: string): Answer {
  const [id = '', query = ''] = given.split('?');
  const live = azure.store.get(id);
  const record = live && azapiRecord(live);
  if (!record) {
    const reason = live
      ? `${id} is a ${live.type} in the simulated Azure: import it as one`
      : `${id} does not exist`;
    return { value: null, diagnostics: [error('Cannot import the resource', reason)] };
  }
  const version = /api-version=([\w-]+)/.exec(query)?.[1];
  const type = String(record.attributes['type']);
  const state = {
    ...azapiDefaults,
    ...record.attributes,
    type: version ? type.replace(/@.*/, `@${version}`) : type,
  };
  return { value: fromJson(state, blockType(azapiBlock)), diagnostics: [] };
}
