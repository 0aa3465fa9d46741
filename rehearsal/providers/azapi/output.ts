import { parseArmId, resourceGroupId } from '../../azure/arm-id';
import type { Json } from '../../azure/simulated-azure';
import { uuidOf } from '../../azure/uuid';
import { Dynamic, typeOf } from '../../protocol/value';
import type { Value } from '../../protocol/value';
import type { ArmSchema } from './arm-schema';

type JsonObject = { readonly [key: string]: Json };

/** What Azure knows about a resource of azapi. */
export interface Live {
  readonly id: string;
  readonly armType: string;
  readonly location: string;
  readonly body: Json;
}

/** Read-only properties, by ARM type, that other resources and outputs parse. */
const COMPUTED: Readonly<Record<string, (live: Live) => JsonObject>> = {
  'microsoft.cognitiveservices/accounts/projects': ({ id }) => ({
    endpoints: {
      'AI Foundry API': `https://${parseArmId(parseArmId(id)?.parent ?? '')?.name}.services.ai.azure.com/api/projects/${parseArmId(id)?.name}`,
    },
  }),
  'microsoft.machinelearningservices/workspaces/onlineendpoints': ({ id, location }) => {
    const host = `https://${parseArmId(id)?.name}.${location || 'westeurope'}.inference.ml.azure.com`;
    return { scoringUri: `${host}/score`, swaggerUri: `${host}/swagger.json` };
  },
  'microsoft.machinelearningservices/workspaces/serverlessendpoints': ({ id, location }) => ({
    inferenceEndpoint: {
      uri: `https://${parseArmId(id)?.name}.${location || 'westeurope'}.models.ai.azure.com`,
      headers: {},
    },
  }),
};

/** The body that a GET answers: what was sent, and what Azure adds. */
export function responseOf(live: Live): JsonObject {
  const body = isJsonObject(live.body) ? live.body : {};
  const properties = isJsonObject(body['properties'] ?? null) ? (body['properties'] as JsonObject) : {};
  const computed = COMPUTED[live.armType.toLowerCase()]?.(live) ?? {};
  return {
    ...body,
    id: live.id,
    name: parseArmId(live.id)?.name ?? '',
    type: live.armType,
    properties: { ...properties, ...computed, provisioningState: 'Succeeded' },
  };
}

/** The read-only part of a response: what azapi puts in `output` when nothing else is asked for. */
export function readOnlyPart(schema: ArmSchema | undefined, response: JsonObject): JsonObject {
  if (!schema?.properties) return { id: response['id'] ?? null, name: response['name'] ?? null };
  const picked: Record<string, Json> = {};
  for (const [name, part] of Object.entries(schema.properties)) {
    const value = response[name];
    if (value === undefined) continue;
    if (part.readOnly) picked[name] = value;
    else if (part.properties && isJsonObject(value)) {
      const inner = readOnlyPart(part, value);
      if (Object.keys(inner).length > 0) picked[name] = inner;
    }
  }
  return picked;
}

/**
 * The `output` of azapi: the values asked for, or the read-only part.
 * @throws Error for a query that is more than a path.
 */
export function outputOf(response: JsonObject, exports: Value, byDefault: JsonObject): Dynamic {
  const wanted = exports instanceof Dynamic ? (exports.value as Json) : null;
  const picked = pick(response, wanted, byDefault) as Value;
  return new Dynamic(typeOf(picked), picked);
}

function pick(response: JsonObject, wanted: Json, byDefault: JsonObject): Json {
  if (Array.isArray(wanted)) {
    if (wanted.includes('*')) return response;
    return wanted.reduce<JsonObject>(
      (all, path) => merge(all, nest(String(path), at(response, String(path)))),
      {},
    );
  }
  if (!isJsonObject(wanted)) return byDefault;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, path]) => [name, at(response, String(path)) ?? null]),
  );
}

function at(json: Json, path: string): Json | undefined {
  if (!/^[\w@.[\]"-]+$/.test(path)) {
    throw new Error(
      `response_export_values: the rehearsal reads paths such as properties.scoringUri, not "${path}"`,
    );
  }
  const steps = path
    .replaceAll('"', '')
    .replace(/\[(\w+)\]/g, '.$1')
    .split('.')
    .filter(step => step !== '' && step !== '@');
  return steps.reduce<Json | undefined>(
    (value, step) => (value as Record<string, Json> | null | undefined)?.[step],
    json,
  );
}

function nest(path: string, value: Json | undefined): JsonObject {
  if (value === undefined) return {};
  return path.split('.').reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as JsonObject;
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key] ?? null;
    merged[key] = isJsonObject(before) && isJsonObject(value) ? merge(before, value) : value;
  }
  return merged;
}

function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** What an action answers; keys are made up and say so. */
export function actionResponse(resourceId: string, action: string): JsonObject {
  if (!/^list\w*keys$/i.test(action)) return {};
  const key = (which: string) => `simulated-${which}-key-${uuidOf(resourceId, which).slice(0, 8)}`;
  return { primaryKey: key('primary'), secondaryKey: key('secondary') };
}

/** The location in which a resource without one of its own stands: its parents', or its resource group's. */
export function locationOf(id: string, find: (id: string) => Json | undefined): string {
  for (let at: string | undefined = id; at; at = parseArmId(at)?.parent) {
    const location = find(at);
    if (typeof location === 'string' && location) return location;
  }
  const group = find(resourceGroupId(id) ?? '');
  return typeof group === 'string' ? group : '';
}
