import type { ControlPlane } from '../../azure/control-plane';
import { toJson } from '../../protocol/codec';
import type { Answer, ApplyRequest } from '../../protocol/provider';
import { alreadyExists, writeError } from '../write-errors';
import { outputOf } from './output';
import { isJsonObject } from './arm-response';
import { readsOf, withReads } from './reads';
import type { OutputReads } from './reads';
import type { RequestTurns } from './request-turns';

const type = 'azapi_data_plane_resource';

/** Creates, changes or deletes what a service holds behind its own host: it is known by its name alone, and nothing is checked. */
export async function applyDataPlane(
  azure: ControlPlane,
  turns: RequestTurns,
  { prior, planned }: ApplyRequest,
  reads: OutputReads,
): Promise<Answer> {
  const subject = planned ?? prior ?? {};
  const id = `${String(subject['parent_id'])}/${String(subject['name'])}`;
  const action = planned ? (prior ? 'update' : 'create') : 'delete';
  if (action === 'create' && azure.store.get(id))
    return { value: null, diagnostics: [alreadyExists(id, type)] };
  try {
    await turns.run(subject, () => azure.request({ action, type, id }));
  } catch (failure) {
    return {
      value: prior,
      diagnostics: [writeError(action === 'create' ? 'creating' : 'updating', id, failure)],
    };
  }
  if (!planned) {
    azure.store.drop(id);
    return { value: null, diagnostics: [] };
  }
  const body = toJson(planned['body'] ?? null);
  azure.store.put({ id, type, attributes: { id, body } });
  const response = { ...(isJsonObject(body) ? body : {}), id, name: String(planned['name']) };
  const output = outputOf(response, planned['response_export_values'] ?? null, response);
  const read = readsOf(reads, type, planned['type']);
  return { value: { ...planned, id, output: withReads(output, read, id) }, diagnostics: [] };
}
