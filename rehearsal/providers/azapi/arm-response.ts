import { generateKeyPairSync } from 'node:crypto';
import type { ControlPlane } from '../../azure/control-plane';
import { parseArmId, resourceGroupId } from '../../../text/arm-id';
import { deletedVault } from '../../azure/services/key-vault';
import type { Json, SimulatedResource } from '../../azure/simulated-azure';
import { uuidOf } from '../../azure/uuid';
import { addedProperties } from '../../facts/arm-answers';
import { azurermBody } from '../../facts/azurerm-bodies';
import { signedInTenantId } from '../client';
import type { ArmSchema } from './arm-schema';
import { isMadeWithParent } from './standing';

export type JsonObject = { readonly [key: string]: Json };

/** What Azure knows about a resource. */
interface Live {
  readonly id: string;
  readonly armType: string;
  readonly location: string;
  readonly body: Json;
  readonly tags?: Json;
  /** `SystemAssigned`, for example. @default - no identity */
  readonly identityType?: string;
}

/** The body that a GET answers: what was sent, and what Azure adds. */
export function responseOf({ id, armType, location, body, tags, identityType }: Live): JsonObject {
  const sent = isJsonObject(body) ? body : {};
  const properties = isJsonObject(sent['properties'] ?? null) ? (sent['properties'] as JsonObject) : {};
  const parsed = parseArmId(id);
  const added = addedProperties(armType, {
    name: parsed?.name ?? '',
    location,
    parent: parseArmId(parsed?.parent ?? '')?.name ?? '',
    tenant: signedInTenantId,
    guid: word => uuidOf(id, word),
  });
  return {
    ...sent,
    ...(location ? { location } : {}),
    ...(isJsonObject(tags ?? null) ? { tags: tags as Json } : {}),
    ...identityOf(id, identityType),
    id,
    name: parsed?.name ?? '',
    type: armType,
    properties: { ...properties, ...added, provisioningState: 'Succeeded' },
  };
}

function identityOf(id: string, type: string | undefined): JsonObject {
  if (type === undefined) return {};
  const principal: JsonObject = type.includes('SystemAssigned')
    ? { principalId: uuidOf(id, 'identity', 'principal_id'), tenantId: signedInTenantId }
    : {};
  return { identity: { type, ...principal } };
}

/**
 * What a GET of an id answers, whoever made the resource; undefined when there is none. A subscription and the tenant are
 * always there.
 */
export function liveResponse(azure: ControlPlane, id: string): JsonObject | undefined {
  const parsed = parseArmId(id);
  if (parsed?.type === 'Microsoft.Resources/subscriptions') return subscriptionOf(id, parsed.name);
  const live = azure.store.get(id);
  if (live) return responseOf(liveOf(azure, live));
  if (isMadeWithParent(azure, id))
    return responseOf({ id, armType: parsed?.type ?? '', location: '', body: {} });
  return deletedVault(azure.store, id);
}

function subscriptionOf(id: string, subscriptionId: string): JsonObject {
  return { id, subscriptionId, tenantId: signedInTenantId, displayName: 'rehearsal', state: 'Enabled' };
}

function liveOf(azure: ControlPlane, { id, type, attributes }: SimulatedResource): Live {
  return {
    id,
    armType: parseArmId(id)?.type ?? '',
    location: locationOf(id, at => azure.store.get(at)?.attributes['location']),
    body: attributes['body'] ?? azurermBody(type)?.bodyOf(attributes) ?? {},
    tags: attributes['tags'] ?? null,
    ...typeOfIdentity(attributes['identity']),
  };
}

/** The type in an `identity` block, as it stands in a configuration or in the store. */
export function typeOfIdentity(identity: unknown): Pick<Live, 'identityType'> {
  const first: unknown = Array.isArray(identity) ? identity[0] : undefined;
  const type = (first as { type?: unknown } | undefined)?.type;
  return typeof type === 'string' ? { identityType: type } : {};
}

/** What a GET of a collection answers: every resource of the type directly below the parent. */
export function listResponse(azure: ControlPlane, armType: string, parentId: string): JsonObject {
  const type = armType.toLowerCase();
  const parent = parentId.toLowerCase().replace(/\/$/, '');
  const value = azure.store
    .list()
    .filter(({ id }) => {
      const parsed = parseArmId(id);
      if (parsed?.type.toLowerCase() !== type) return false;
      return id.toLowerCase().startsWith(`${parent}/`);
    })
    .map(live => responseOf(liveOf(azure, live)));
  return { value };
}

/**
 * The read-only part of a response: what azapi puts in `output` when nothing else is asked for. Of a type whose schema is
 * not known it is the whole response.
 */
export function readOnlyPart(schema: ArmSchema | undefined, response: JsonObject): JsonObject {
  if (!schema) return response;
  const picked: Record<string, Json> = {};
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
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

let keyPair: JsonObject | undefined;

/** A key pair that parses. It is made once a process: no plan may differ from the last for it. */
function simulatedKeyPair(): JsonObject {
  if (keyPair) return keyPair;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const blob = sshRsaBlob(publicKey.export({ format: 'jwk' }));
  return (keyPair = {
    publicKey: `ssh-rsa ${blob} generated-by-azure`,
    privateKey: String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
  });
}

/** An RSA key as OpenSSH writes it: name, exponent and modulus, each with its length (RFC 4253, section 6.6). */
function sshRsaBlob({ e = '', n = '' }: { e?: string; n?: string }): string {
  const positive = (text: string): Buffer => {
    const bytes = Buffer.from(text, 'base64url');
    return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  };
  const parts = [Buffer.from('ssh-rsa'), positive(e), positive(n)].flatMap(part => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return Buffer.concat(parts).toString('base64');
}

/** What an action answers; keys are made up and say so. */
export function actionResponse(resourceId: string, action: string): JsonObject {
  const name = action.toLowerCase();
  if (name === 'generatekeypair') return { ...simulatedKeyPair(), id: resourceId };
  if (!/^list\w*keys$/.test(name)) return {};
  const key = (which: string) => `simulated-${which}-key-${uuidOf(resourceId, which).slice(0, 8)}`;
  const pair = ['primary', 'secondary'].map(key);
  return {
    primaryKey: pair[0] ?? '',
    secondaryKey: pair[1] ?? '',
    primarySharedKey: pair[0] ?? '',
    secondarySharedKey: pair[1] ?? '',
    key1: pair[0] ?? '',
    key2: pair[1] ?? '',
    keys: pair.map((value, i) => ({ keyName: `key${i + 1}`, value, permissions: 'FULL' })),
  };
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

/** Whether a JSON value is an object. */
export function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
