import { parseArmId } from '../../../text/arm-id';
import type { ControlPlane } from '../../azure/control-plane';
import type { Json } from '../../azure/simulated-azure';
import { azurermBody, typesWithBody } from '../../facts/azurerm-bodies';
import { fromJson, toJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Answer, MoveRequest, ReadRequest } from '../../protocol/provider';
import type { ObjectValue } from '../../protocol/value';
import { blockType } from '../../schema/schema';
import { refresh } from '../refresh';
import { isJsonObject, liveResponse } from './arm-response';
import type { JsonObject } from './arm-response';
import { azapiBlock, azapiDefaults, azapiRecord } from './arm-record';
import { resourceOutput } from './azapi-resource';
import { movedMark } from './kept';
import { shapedLike } from './no-op-changes';

/**
 * Takes over the state of a resource of azurerm. azapi makes it of the id alone: neither location, tags nor body are in it, and the
 * API version is the newest that the provider knows. The next read fills them in.
 */
export function moveResource({ from, state, to }: MoveRequest): Answer {
  const refused = (summary: string, detail: string): Answer => ({
    value: null,
    diagnostics: [error(summary, detail)],
  });
  if (to !== 'azapi_resource')
    return refused('Move Resource State Not Supported', `${to} takes over nothing.`);
  if (!from.startsWith('azurerm')) {
    return refused(
      'Invalid source type',
      'The `azapi_resource` resource can only be moved from an `azurerm` resource',
    );
  }
  const parsed = parseArmId(String(state['id']));
  if (!parsed) return refused('Invalid Resource ID', `parsing Resource ID "${String(state['id'])}"`);
  const known = azurermBody(from);
  if (!known) {
    return refused(
      'Move not rehearsed',
      `the rehearsal knows the ARM body of ${typesWithBody().join(', ')} only, not of ${from}`,
    );
  }
  const moved: Readonly<Record<string, Json>> = {
    ...azapiDefaults,
    id: parsed.id,
    name: parsed.name,
    parent_id: parsed.parent ?? '',
    type: `${parsed.type}@${known.newest}`,
    body: null,
  };
  return { value: fromJson(moved, blockType(azapiBlock)), diagnostics: [], keep: movedMark };
}

/** Reads an `azapi_resource`. Right after a move the whole writable body is taken from Azure, later what the body names. */
export function readResource(azure: ControlPlane, { current, kept }: ReadRequest): Answer {
  const live = azure.store.find(String(current['id']), 'azapi_resource');
  if (!live) return { value: null, diagnostics: [] };
  const type = blockType(azapiBlock);
  if (live.type === 'azapi_resource' && kept !== movedMark)
    return { value: refresh(current, live.attributes, type), diagnostics: [] };
  const response = liveResponse(azure, live.id) ?? {};
  const record = azapiRecord(live);
  if (!record) return { value: current, diagnostics: [] };
  const { location, tags } = record.attributes;
  const found = {
    location: location ?? null,
    tags: tags ?? null,
    body: kept === movedMark ? writablePart(response) : stillNamed(current, response),
  };
  const value = refresh(current, found, type);
  return {
    value: { ...value, output: resourceOutput(azure, live.id, value) },
    diagnostics: [],
    ...(kept === movedMark ? { keep: '' } : {}),
  };
}

/** What a body may hold of a response. */
function writablePart(response: JsonObject): JsonObject {
  const elsewhere = new Set(['id', 'name', 'type', 'location', 'tags', 'identity']);
  return Object.fromEntries(Object.entries(response).filter(([name]) => !elsewhere.has(name)));
}

function stillNamed(current: ObjectValue, response: JsonObject): Json {
  const body = toJson(current['body'] ?? null);
  if (!isJsonObject(body)) return body;
  return shapedLike(body, response, {
    missing: current['ignore_missing_property'] !== false,
    nulls: current['ignore_null_property'] === true,
    casing: current['ignore_casing'] === true,
  });
}
